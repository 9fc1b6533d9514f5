package io.sockfd;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;

/**
 * A full memory barrier on every thread of the process that runs, at the cost of the one that asks for it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/membarrier.2.html">membarrier(2)</a>, since Linux 4.14
 */
final class MemoryBarrier {
    private static final boolean AVAILABLE =
            (call(Linux.MEMBARRIER_CMD_QUERY) & Linux.MEMBARRIER_CMD_PRIVATE_EXPEDITED) != 0;

    private MemoryBarrier() {}

    /** Negative answers of the kernel, to a seccomp filter for instance, have the bit of no command that we look for. */
    static boolean isAvailable() {
        return AVAILABLE;
    }

    /** False when the kernel does not allow it any more, as after the start of a seccomp filter. */
    static boolean onAllThreads() {
        long result = call(Linux.MEMBARRIER_CMD_PRIVATE_EXPEDITED);
        if (result == -Linux.EPERM) { // the first time; it may take milliseconds
            call(Linux.MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
            result = call(Linux.MEMBARRIER_CMD_PRIVATE_EXPEDITED);
        }
        return result == 0;
    }

    private static long call(int command) {
        return Libc.get().syscall(Linux.SYS_membarrier, command, 0, 0, 0, 0, 0);
    }
}
