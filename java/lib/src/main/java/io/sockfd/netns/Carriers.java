package io.sockfd.netns;

import io.sockfd.internal.wait.VirtualThreads;
import io.sockfd.raw.Libc;
import io.sockfd.raw.ProcessNamespace;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads that run virtual threads. The JDK makes one when somebody starts or wakes a virtual thread and those that
 * there are have work; it begins in the network namespace of that somebody, and so do the threads that end timed waits,
 * which are made once. So all of them are made before the first thread leaves; and as carriers end after half a minute
 * without work, it is looked for new ones when a body is over.
 */
final class Carriers {
    /** The name of a thread that visits a namespace; one that it makes has this name for a moment. */
    static final String VISITOR = "sockfd-netns";
    /** The kernel's numbers of those that are under way. */
    static final Set<String> VISITORS = ConcurrentHashMap.newKeySet();

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final int FIRST_JAVA = 21;
    private static final int ROUNDS = 100;
    private static final int TURN_MS = 1;
    private static final int PREPARE_MS = 200; // on a busy machine; most often 2
    private static final int ROUND_MS = 20;
    private static final int PREFIX = 15; // what the kernel keeps of a thread's name

    private static final String USUAL = "ForkJoinPool-1-"; // in all JDKs until 25

    private static final AtomicBoolean PREPARED = new AtomicBoolean();

    private Carriers() {}

    /** Has the JDK make the threads that it will need. From a thread that is outside; only the first call does something. */
    static void prepare() {
        if (Runtime.version().feature() >= FIRST_JAVA && PREPARED.compareAndSet(false, true)) {
            try {
                visitAll(PREPARE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // for the body
            }
        }
    }

    /** Those that are in a namespace, by its inode, join that of the process. From a thread that is outside. */
    static void bringHome(long left) throws IOException {
        if (Runtime.version().feature() < FIRST_JAVA) {
            return;
        }
        try {
            for (int i = 0; i < ROUNDS && isAnyIn(left); i++) {
                visitAll(ROUND_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isAnyIn(long id) throws IOException {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                if (isIn(task, id) && isCarrier(task)) {
                    return true;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return false;
    }

    private static boolean isIn(Path task, long id) {
        try {
            return (long) Files.getAttribute(task.resolve("ns/net"), "unix:ino") == id;
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    /** A thread has the kernel's name of the one that made it, until it runs: it may become a carrier. */
    private static boolean isCarrier(Path task) {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            return name.equals(VISITOR) ? !VISITORS.contains(task.getFileName().toString()) : name.equals(Name.OF_ALL);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * As many virtual threads as there may be carriers, each of which holds its own until all have one: so none is left
     * out, and those that there are not yet are made. Where carriers are busy, it gives up after a time.
     */
    private static void visitAll(int patienceMillis) throws InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        int count = Math.max(1, Integer.getInteger("jdk.virtualThreadScheduler.parallelism", processors));
        CountDownLatch visited = new CountDownLatch(count);
        long start = System.nanoTime();
        long patience = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        for (int i = 0; i < count; i++) {
            VirtualThreads.start(() -> {
                ProcessNamespace.join();
                LockSupport.parkNanos(1); // for those who end timed waits; it may go on on another carrier
                ProcessNamespace.join();
                visited.countDown();
                while (visited.getCount() > 0 && System.nanoTime() - start < patience) {
                    Libc.get().poll(0, 0, TURN_MS); // in C, which does not let the carrier go
                }
            });
        }
        boolean unused = visited.await(patienceMillis, TimeUnit.MILLISECONDS); // else the next round looks again
    }

    /** How the kernel calls them. Not in the initializer of the class that asks: the virtual thread would wait for that. */
    private static String findName() {
        if (Runtime.version().feature() < FIRST_JAVA) {
            return USUAL;
        }
        AtomicReference<String> seen = new AtomicReference<>("");
        CountDownLatch told = new CountDownLatch(1);
        VirtualThreads.start(() -> {
            seen.set(Thread.currentThread().toString()); // VirtualThread[#21]/runnable@ForkJoinPool-1-worker-1
            told.countDown();
        });
        try {
            if (!told.await(1, TimeUnit.SECONDS)) {
                return USUAL; // all are busy
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
        String text = String.valueOf(seen.get());
        String carrier = text.substring(text.lastIndexOf('@') + 1);
        return carrier.substring(0, Math.min(PREFIX, carrier.length()));
    }

    /** Asked once, and only when a thread is in doubt. */
    private static final class Name {
        static final String OF_ALL = findName();
    }
}
