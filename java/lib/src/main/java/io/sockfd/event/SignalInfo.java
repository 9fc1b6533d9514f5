package io.sockfd.event;

import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SignalfdSiginfo;
import java.nio.ByteBuffer;

/**
 * What a {@link SignalFd} read: the signal, and who sent it and why. Reusable: each read replaces what was there. Which of
 * the fields have a meaning depends on the signal and its {@link #code}; the others are 0.
 *
 * <p>Not for several threads at once.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/sigaction.2.html">sigaction(2)</a>
 */
public final class SignalInfo {
    private final ByteBuffer memory = Memory.allocate(SignalfdSiginfo.SIZE);

    /** Nothing yet. */
    public SignalInfo() {}

    /**
     * The bytes, for {@link SignalfdSiginfo}; native order.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</a>
     */
    public ByteBuffer memory() {
        return memory;
    }

    /**
     * The signal.
     *
     * @throws IllegalStateException before the first read
     */
    public Signal signal() {
        int signo = signo();
        if (signo == 0) {
            throw new IllegalStateException("nothing was read yet");
        }
        return Signal.of(signo);
    }

    /** The signal's number, 0 before the first read. */
    public int signo() {
        return SignalfdSiginfo.ssi_signo(memory, 0);
    }

    /** Where it comes from: {@link Linux#SI_USER} (kill), {@link Linux#SI_TKILL}, {@link Linux#SI_QUEUE}, CLD_EXITED … */
    public int code() {
        return SignalfdSiginfo.ssi_code(memory, 0);
    }

    /** The sender, or the child of a SIGCHLD; 0 when it is outside of this process's PID namespace, or the kernel. */
    public int pid() {
        return SignalfdSiginfo.ssi_pid(memory, 0);
    }

    /** The sender's real user, or the child's; unsigned. */
    public long uid() {
        return Integer.toUnsignedLong(SignalfdSiginfo.ssi_uid(memory, 0));
    }

    /** Of a SIGCHLD: the exit status with {@link Linux#CLD_EXITED}, else the signal. */
    public int status() {
        return SignalfdSiginfo.ssi_status(memory, 0);
    }

    /** The value that came with sigqueue(3), as an int. */
    public int intValue() {
        return SignalfdSiginfo.ssi_int(memory, 0);
    }

    /** The value that came with sigqueue(3), as a pointer. */
    public long pointer() {
        return SignalfdSiginfo.ssi_ptr(memory, 0);
    }

    /** Of a SIGIO: the descriptor. */
    public int fd() {
        return SignalfdSiginfo.ssi_fd(memory, 0);
    }

    /** Of a SIGIO: the events, {@code POLLIN} …. */
    public int band() {
        return SignalfdSiginfo.ssi_band(memory, 0);
    }

    /** Of a POSIX timer: its number inside of the kernel. */
    public int timer() {
        return SignalfdSiginfo.ssi_tid(memory, 0);
    }

    /** Of a POSIX timer: expirations that had no signal of their own. */
    public int overrun() {
        return SignalfdSiginfo.ssi_overrun(memory, 0);
    }

    /** Of a SIGCHLD: the child's time in user mode, in clock ticks (usually 100 a second). */
    public long userTime() {
        return SignalfdSiginfo.ssi_utime(memory, 0);
    }

    /** Of a SIGCHLD: the child's time in the kernel, in clock ticks (usually 100 a second). */
    public long systemTime() {
        return SignalfdSiginfo.ssi_stime(memory, 0);
    }

    long address() {
        return Memory.address(memory);
    }

    /** For instance {@code SIGUSR1 (SI_USER) from pid 17, uid 0}. */
    @Override
    public String toString() {
        return signo() == 0
                ? "SignalInfo(nothing)"
                : signal() + " (" + codeName() + ") from pid " + pid() + ", uid " + uid();
    }

    private String codeName() {
        int code = code();
        if (signo() == Linux.SIGCHLD && code >= Linux.CLD_EXITED && code <= Linux.CLD_CONTINUED) {
            return new String[] {"CLD_EXITED", "CLD_KILLED", "CLD_DUMPED", "CLD_TRAPPED", "CLD_STOPPED", "CLD_CONTINUED"
                    }
                    [code - Linux.CLD_EXITED];
        }
        return switch (code) {
            case Linux.SI_USER -> "SI_USER";
            case Linux.SI_QUEUE -> "SI_QUEUE";
            case Linux.SI_TKILL -> "SI_TKILL";
            case Linux.SI_TIMER -> "SI_TIMER";
            case Linux.SI_MESGQ -> "SI_MESGQ";
            case Linux.SI_KERNEL -> "SI_KERNEL";
            default -> "code " + code;
        };
    }
}
