package io.sockfd;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * A process, held by a descriptor: unlike its number, which the system may give to another process once it has ended, a
 * pidfd always means the same one. It is readable, for poll and epoll, when the process has ended.
 *
 * <p>Made by {@link #open}, or received from a UNIX socket with {@link Message#takePidFd}. All methods may be called from
 * any thread.
 *
 * <pre>{@code
 * try (PidFd process = PidFd.open(pid); Descriptor log = process.getfd(2)) { // its standard error, where ptrace(2) is allowed
 *     process.poll(POLLIN, Duration.ofSeconds(10));
 *     System.out.println(process.hasEnded() ? "has ended" : "still runs");
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>
 */
public final class PidFd extends Descriptor {
    private PidFd(int fd) {
        super(fd, true);
    }

    /**
     * Takes ownership of an open pidfd.
     *
     * @throws IllegalArgumentException when the number is negative
     */
    public static PidFd own(int fd) {
        return new PidFd(fd);
    }

    /**
     * A running process, or one that has ended and was not waited for.
     *
     * @param pid its number in this process's PID namespace, see {@link ProcessHandle#pid}
     * @throws ErrnoException ESRCH when there is no such process, ENOSYS before Linux 5.3, and ENOSYS or EPERM where a
     *     container's seccomp filter refuses the call, for which there is nothing older
     * @throws IllegalArgumentException when the number cannot be a process's
     */
    public static PidFd open(long pid) throws IOException {
        if (pid < 1 || pid > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("not a process: " + pid);
        }
        // by number, because glibc has the function only since 2.36
        long fd = Libc.get().syscall(Linux.SYS_pidfd_open, pid, 0, 0, 0, 0, 0);
        return own((int) Errors.check(fd, "pidfd_open", pid));
    }

    /**
     * A duplicate of a descriptor of that process, close-on-exec, as if it had sent it with SCM_RIGHTS.
     *
     * @param targetFd its number there
     * @throws ErrnoException EPERM unless this process may trace that one (PTRACE_MODE_ATTACH_REALCREDS), EBADF when it
     *     has no such descriptor, ESRCH when it has ended, ENOSYS before Linux 5.6
     * @see <a href="https://man7.org/linux/man-pages/man2/pidfd_getfd.2.html">pidfd_getfd(2)</a>
     */
    public Descriptor getfd(int targetFd) throws IOException {
        int pidfd = enter();
        try {
            long fd = Libc.get().syscall(Linux.SYS_pidfd_getfd, pidfd, targetFd, 0, 0, 0, 0);
            return Descriptor.own((int) Errors.check(fd, "pidfd_getfd", targetFd));
        } finally {
            exit();
        }
    }

    /**
     * Whether the process has ended, without waiting.
     *
     * @throws ErrnoException ENOMEM
     */
    public boolean hasEnded() throws IOException {
        ByteBuffer pollfd = Memory.allocate(Pollfd.SIZE);
        Pollfd.fd(pollfd, 0, enter());
        Pollfd.events(pollfd, 0, Linux.POLLIN);
        try {
            int ready;
            do {
                ready = Libc.get().poll(Memory.address(pollfd), 1, 0);
            } while (ready == -Linux.EINTR); // of a pending signal, though it would not have waited
            return Errors.check(ready, "poll", this) > 0;
        } finally {
            exit();
            Reference.reachabilityFence(pollfd);
        }
    }
}
