package io.sockfd.raw;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.FutureTask;

/**
 * The network namespace of the process, which is that of its first thread. A thread inherits the namespace of the thread
 * that starts it, and keeps it alive: what a library starts for the whole process belongs here, whoever happens to be the
 * first to need it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/network_namespaces.7.html">network_namespaces(7)</a>
 */
public final class ProcessNamespace {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final ByteBuffer PROCESS = path("/proc/self/ns/net");
    private static final ByteBuffer THREAD = path("/proc/thread-self/ns/net");
    private static final int STATX_INO = 0x100;
    private static final int STATX_SIZE = 256;
    private static final int STX_INO = 32;

    private ProcessNamespace() {}

    private static ByteBuffer path(String path) {
        byte[] bytes = (path + '\0').getBytes(StandardCharsets.US_ASCII);
        return Memory.allocate(bytes.length).put(0, bytes);
    }

    /**
     * The calling thread joins the process's network namespace, if it is in another one; a virtual thread's carrier does.
     * Nothing happens where that cannot be found out (no /proc, the first thread has ended) or is not allowed.
     */
    public static void join() {
        if (isElsewhere()) {
            int fd = LIBC.openat(Linux.AT_FDCWD, Memory.address(PROCESS), Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
            if (fd >= 0) {
                LIBC.setns(fd, Linux.CLONE_NEWNET);
                LIBC.close(fd);
            }
        }
    }

    /** A {@link Cleaner} whose thread is in the process's network namespace. */
    public static Cleaner cleaner() {
        if (!isElsewhere()) {
            return Cleaner.create();
        }
        // the thread that runs a Cleaner is the JDK's; it is where the thread was that made it
        FutureTask<Cleaner> made = new FutureTask<>(() -> {
            join();
            return Cleaner.create();
        });
        new Thread(null, made, "sockfd-cleaner-maker", 0, false).start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return Objects.requireNonNull(made.get());
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (java.util.concurrent.ExecutionException e) {
                    throw new IllegalStateException("no thread for a Cleaner", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isElsewhere() {
        if (!Backend.isAvailable()) {
            return false; // whoever wants a socket is told why
        }
        ByteBuffer statx = Memory.allocate(STATX_SIZE);
        long process = inode(PROCESS, statx);
        long thread = inode(THREAD, statx);
        return process != 0 && thread != 0 && process != thread;
    }

    /** Of all namespaces, because they are files of one file system; 0 when it cannot be found out. */
    private static long inode(ByteBuffer path, ByteBuffer statx) {
        long result = LIBC.syscall(
                Linux.SYS_statx, Linux.AT_FDCWD, Memory.address(path), 0, STATX_INO, Memory.address(statx), 0);
        return result < 0 ? 0 : statx.getLong(STX_INO);
    }
}
