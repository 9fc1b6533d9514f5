package io.sockfd.event;

import static io.sockfd.raw.Linux.SFD_CLOEXEC;
import static io.sockfd.raw.Linux.SFD_NONBLOCK;

import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Signals as a descriptor: readable, for poll and epoll, while one of a set is pending.
 *
 * <p><b>Only a blocked signal is ever pending</b>, and each thread has a mask of its own. That decides what works in a JVM:
 *
 * <ul>
 *   <li>A signal sent to the <b>process</b> (kill(2), the terminal, SIGCHLD) goes to any thread that does not block it, and
 *       the JVM's own threads block none by themselves. So it must be blocked before the JVM starts, by who starts it;
 *       all threads inherit that. {@link #isBlockedEverywhere} tells whether it is so. With GNU coreutils: {@code env
 *       --block-signal=USR1 java …}.
 *   <li>HotSpot, seen with 17 and 25, unblocks some of them again: SIGHUP, SIGINT and SIGTERM in all threads and SIGQUIT
 *       in one, unless it is started with {@code -Xrs}; SIGUSR2, SIGILL, SIGBUS, SIGFPE and SIGSEGV always; with 17 also
 *       62, by which the JDK's channels wake their threads. SIGUSR1, SIGCHLD, SIGALRM, SIGWINCH, SIGURG, SIGIO, SIGPIPE
 *       and all other real-time signals stay blocked.
 *   <li>A signal sent to one <b>thread</b> (tgkill(2)) needs to be blocked there only: {@link #block}. It is then read by
 *       that thread and by no other, in poll and epoll too, and so never by a virtual thread.
 *   <li>Processes started with {@link ProcessBuilder} inherit the mask of the thread that starts them in JDK 17, and block
 *       nothing in JDK 25.
 * </ul>
 *
 * <p>Waiting ends by {@link #close} from any thread ({@link java.nio.channels.AsynchronousCloseException}), by an
 * interrupt, which closes ({@link java.nio.channels.ClosedByInterruptException}), and by the timeout, which is no
 * exception. A virtual thread parks. Reading allocates nothing.
 *
 * <pre>{@code
 * SignalFd.block(Signal.of(SIGUSR1)); // for this thread
 * try (SignalFd signals = SignalFd.open(Signal.of(SIGUSR1))) {
 *     SignalInfo info = new SignalInfo();
 *     if (signals.read(info, Duration.ofSeconds(10))) {
 *         System.out.println(info);
 *     }
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</a>
 */
public final class SignalFd extends EventSource {
    private static final int SIGSET = 128; // C's sigset_t, of which the kernel takes the first eight bytes

    private SignalFd(int fd) {
        super(fd);
    }

    /**
     * A descriptor for these signals. It blocks none of them.
     *
     * @throws IllegalArgumentException for no signal, and for SIGKILL and SIGSTOP
     * @throws ErrnoException EMFILE, ENFILE
     */
    public static SignalFd open(Signal... signals) throws IOException {
        return new SignalFd(signalfd(-1, SignalMask.readable(signals)));
    }

    /**
     * Reads these signals from now on, and no others.
     *
     * @throws IllegalArgumentException for no signal, and for SIGKILL and SIGSTOP
     */
    public void signals(Signal... signals) throws IOException {
        long mask = SignalMask.readable(signals);
        int fd = enter();
        try {
            int ignored = signalfd(fd, mask);
        } finally {
            exit();
        }
    }

    private static int signalfd(int fd, long mask) throws IOException {
        ByteBuffer set = CallMemory.of(SIGSET);
        for (int i = 0; i < SIGSET; i += Long.BYTES) {
            set.putLong(i, i == 0 ? mask : 0);
        }
        return Errors.check(
                LIBC.signalfd(fd, Memory.address(set), SFD_CLOEXEC | SFD_NONBLOCK),
                "signalfd",
                "signals 0x" + Long.toHexString(mask));
    }

    /** As {@link #read(SignalInfo, Duration)}, for ever. */
    public void read(SignalInfo into) throws IOException {
        boolean ignored = read(into, null);
    }

    /** As {@link #read(SignalInfo, Duration)} without waiting; the form for an epoll loop. */
    public boolean tryRead(SignalInfo into) throws IOException {
        return read(into, Duration.ZERO);
    }

    /**
     * Waits until one of the signals is pending, for the process or for the calling thread, and takes it: the lowest
     * number first. A signal below the real-time ones is pending once however often it was sent; those queue.
     *
     * @param timeout null for ever, zero not to wait
     * @return false when the time was over first
     * @throws java.nio.channels.ClosedChannelException after {@link #close}
     */
    public boolean read(SignalInfo into, @Nullable Duration timeout) throws IOException {
        try {
            return read(into.address(), into.memory().capacity(), timeout);
        } finally {
            Reference.reachabilityFence(into); // the kernel writes there
        }
    }

    // ---- the mask ------------------------------------------------------------------------------------------------

    /**
     * Blocks signals in the calling thread, which must be a platform thread, and in those that it starts from now on. The
     * JVM sends itself SIGUSR2, to suspend threads, and 62 for its channels: better leave these two.
     *
     * @throws IllegalArgumentException for SIGKILL and SIGSTOP; for SIGSEGV and the other signals of faults, without which
     *     the JVM dies; for those that the C library keeps for itself (32, 33)
     * @throws IllegalStateException on a virtual thread, which has no mask: its carrier has, and it changes its carrier
     * @see <a href="https://man7.org/linux/man-pages/man2/sigprocmask.2.html">rt_sigprocmask(2)</a>
     */
    public static void block(Signal... signals) throws IOException {
        SignalMask.block(signals);
    }

    /**
     * Unblocks signals in the calling thread. A pending one is delivered at once, and does what it does: SIGUSR1, for one,
     * ends the JVM.
     *
     * @throws IllegalStateException on a virtual thread
     */
    public static void unblock(Signal... signals) throws IOException {
        SignalMask.unblock(signals);
    }

    /**
     * Whether every thread of this process blocks a signal, so that one sent to the process stays pending and can be read.
     * Reads /proc/self/task.
     */
    public static boolean isBlockedEverywhere(Signal signal) throws IOException {
        return SignalMask.isBlockedEverywhere(signal);
    }
}
