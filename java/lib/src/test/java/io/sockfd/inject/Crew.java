package io.sockfd.inject;

import io.sockfd.Virtual;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The threads and the resources of one run of a program. The first failure, in whatever thread, closes all that it has,
 * so that the others end, too.
 */
final class Crew {
    private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(20);

    /** What one thread does. */
    interface Task {
        void run() throws Exception;
    }

    /** All guarded by this. */
    private final List<AutoCloseable> resources = new ArrayList<>();

    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private boolean closed;

    /** To be closed at the end, the last one first. */
    synchronized <T extends AutoCloseable> T own(T resource) {
        resources.add(resource);
        return resource;
    }

    Thread platform(Task task) {
        Thread thread = new Thread(() -> guarded(task), "crew");
        synchronized (this) {
            threads.add(thread);
        }
        thread.start();
        return thread;
    }

    Thread virtual(Task task) {
        Thread thread = Virtual.start(() -> guarded(task));
        synchronized (this) {
            threads.add(thread);
        }
        return thread;
    }

    void guarded(Task task) {
        try {
            task.run();
        } catch (Throwable e) {
            boolean isFirst;
            synchronized (this) {
                isFirst = failures.isEmpty();
                failures.add(e);
            }
            if (isFirst) {
                closeAll();
            }
        }
    }

    private void closeAll() {
        List<AutoCloseable> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(resources);
            resources.clear();
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            try {
                all.get(i).close();
            } catch (Exception e) {
                synchronized (this) {
                    failures.add(e);
                }
            }
        }
    }

    /** Waits for all threads of this program, in the order of their start; they must end by themselves. */
    void join() throws InterruptedException {
        for (Thread thread : threads()) {
            thread.join(PATIENCE_MS);
            if (thread.isAlive()) {
                throw new AssertionError("still waits: " + List.of(thread.getStackTrace()));
            }
        }
    }

    private synchronized List<Thread> threads() {
        return List.copyOf(threads);
    }

    /** Runs the program to its end, and gives what went wrong, the first failure first. */
    static List<Throwable> run(Program program) throws InterruptedException {
        Crew crew = new Crew();
        crew.guarded(() -> {
            program.run(crew);
            crew.join();
        });
        crew.closeAll();
        crew.join();
        crew.closeAll(); // what a thread made meanwhile
        synchronized (crew) {
            return List.copyOf(crew.failures);
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
