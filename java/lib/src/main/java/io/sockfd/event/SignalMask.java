package io.sockfd.event;

import io.sockfd.Errors;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.VirtualThreads;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Which signals a thread does not take: rt_sigprocmask(2) by number, because C's functions know only the process's. */
final class SignalMask {
    static final int SIZE = Long.BYTES;

    /** A fault that meets a blocked signal ends the process, and the JVM lives by faults. */
    private static final long FAULTS = bits(Linux.SIGILL, Linux.SIGTRAP, Linux.SIGBUS, Linux.SIGFPE, Linux.SIGSEGV);

    private static final long UNSTOPPABLE = bits(Linux.SIGKILL, Linux.SIGSTOP);
    private static final long OF_LIBC = bits(32, 33);

    private SignalMask() {}

    private static long bits(int... signals) {
        long bits = 0;
        for (int signal : signals) {
            bits |= Signal.of(signal).bit();
        }
        return bits;
    }

    static long of(Signal... signals) {
        long bits = 0;
        for (Signal signal : signals) {
            bits |= signal.bit();
        }
        return bits;
    }

    /** What no SignalFd ever sees. */
    static long readable(Signal... signals) {
        if (signals.length == 0) {
            throw new IllegalArgumentException("no signals");
        }
        return refuse(UNSTOPPABLE, "the kernel lets nobody block or read it", signals);
    }

    static void block(Signal... signals) throws IOException {
        long ignored = refuse(FAULTS, "the JVM itself needs it, and dies when it is blocked", signals);
        ignored = refuse(OF_LIBC, "the C library keeps it for itself", signals);
        change(Linux.SIG_BLOCK, readable(signals));
    }

    static void unblock(Signal... signals) throws IOException {
        change(Linux.SIG_UNBLOCK, of(signals));
    }

    private static long refuse(long refused, String why, Signal... signals) {
        for (Signal signal : signals) {
            if ((signal.bit() & refused) != 0) {
                throw new IllegalArgumentException(signal + ": " + why);
            }
        }
        return of(signals);
    }

    private static void change(int how, long bits) throws IOException {
        if (VirtualThreads.isCurrent()) {
            throw new IllegalStateException("a virtual thread has no signal mask: that of its carrier, whichever it is"
                    + " now, would change; use a platform thread");
        }
        ByteBuffer set = CallMemory.of(SIZE).putLong(0, bits);
        long result = Libc.get().syscall(Linux.SYS_rt_sigprocmask, how, Memory.address(set), 0, SIZE, 0, 0);
        Errors.check(result, "rt_sigprocmask", "signals 0x" + Long.toHexString(bits));
    }

    /** Whether all threads of the process that are there now block a signal. */
    static boolean isBlockedEverywhere(Signal signal) throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                if ((blockedBy(thread) & signal.bit()) == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long blockedBy(Path thread) throws IOException {
        try {
            for (String line : Files.readAllLines(thread.resolve("status"))) {
                if (line.startsWith("SigBlk:")) {
                    return Long.parseUnsignedLong(
                            line.substring("SigBlk:".length()).trim(), 16);
                }
            }
            throw new IOException(thread + "/status has no SigBlk");
        } catch (NoSuchFileException e) {
            return -1; // it has ended
        } catch (IOException e) {
            if (!Files.exists(thread)) {
                return -1; // ended while it was read: ESRCH
            }
            throw e;
        }
    }
}
