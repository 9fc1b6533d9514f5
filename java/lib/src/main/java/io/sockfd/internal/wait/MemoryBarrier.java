package io.sockfd.internal.wait;

import io.sockfd.raw.Backend;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;

/**
 * A full memory barrier on every thread of the process that runs, at the cost of the one that asks for it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/membarrier.2.html">membarrier(2)</a>, since Linux 4.14
 */
final class MemoryBarrier {
    private static final boolean AVAILABLE = Backend.isAvailable() && query();

    private MemoryBarrier() {}

    static boolean isAvailable() {
        return AVAILABLE;
    }

    private static boolean query() {
        long commands = call(Linux.MEMBARRIER_CMD_QUERY); // or -errno, of a seccomp filter for instance
        return commands > 0 && (commands & Linux.MEMBARRIER_CMD_PRIVATE_EXPEDITED) != 0;
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
