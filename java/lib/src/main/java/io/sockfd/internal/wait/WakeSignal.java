package io.sockfd.internal.wait;

import io.sockfd.raw.Backend;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The signal by which the JDK's own channels end a blocking system call of another thread: its handler does nothing, so
 * that all a signal does is EINTR. Without a function in C of our own there is no better handler.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/tgkill.2.html">tgkill(2)</a>
 */
final class WakeSignal {
    private static final int NUMBER = 64 - 2; // as its NativeThread.c has it: __SIGRTMAX - 2
    private static final int SIGSET_SIZE = Long.BYTES;
    private static final long SIG_DFL = 0;
    private static final long SIG_IGN = 1;
    private static final int KERNEL_SIGACTION_SIZE = 4 * Long.BYTES; // the handler comes first

    private WakeSignal() {}

    /** The calling platform thread, for {@link #send}. */
    static int thread() {
        return call(Linux.SYS_gettid, 0, 0, 0, 0);
    }

    /** Sends it to a thread of this process; false when that is not possible. */
    static boolean send(int thread) {
        return Handler.IS_THERE && call(Linux.SYS_tgkill, call(Linux.SYS_getpid, 0, 0, 0, 0), thread, NUMBER, 0) == 0;
    }

    /** The thread of this process that is in a system call with these first two arguments, or 0: see proc_pid_syscall(5). */
    static int threadIn(int fd, long address) {
        String arguments = " 0x" + Integer.toHexString(fd) + " 0x" + Long.toHexString(address) + " ";
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                if (isIn(thread, arguments)) {
                    return Integer.parseInt(thread.getFileName().toString());
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return 0; // no proc(5)
        }
        return 0;
    }

    private static boolean isIn(Path thread, String arguments) {
        try {
            return Files.readString(thread.resolve("syscall")).contains(arguments);
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    private static int call(int number, long a, long b, long c, long d) {
        return (int) Libc.get().syscall(number, a, b, c, d, 0, 0);
    }

    /** Looked for by the first that sends, because without a handler the signal ends the process. */
    private static final class Handler {
        static final boolean IS_THERE = Backend.isAvailable() && install();

        private static boolean install() {
            try {
                Class.forName("sun.nio.ch.NativeThread", true, null); // its initializer installs the handler
            } catch (ClassNotFoundException | LinkageError e) {
                return false;
            }
            ByteBuffer now = Memory.allocate(KERNEL_SIGACTION_SIZE);
            try {
                int result = call(Linux.SYS_rt_sigaction, NUMBER, 0, Memory.address(now), SIGSET_SIZE);
                long handler = now.getLong(0);
                return result == 0 && handler != SIG_DFL && handler != SIG_IGN;
            } finally {
                Reference.reachabilityFence(now);
            }
        }
    }
}
