package io.sockfd.wake;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** The two kinds of threads; the virtual ones by reflection, because the tests are compiled for Java 17. */
enum Threads {
    PLATFORM,
    VIRTUAL;

    private static final @Nullable Method START = find();

    private static @Nullable Method find() {
        try {
            return Runtime.version().feature() < 21
                    ? null // 19 and 20 have it as a preview
                    : Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    boolean exist() {
        return this == PLATFORM || START != null;
    }

    Thread start(Runnable task) {
        if (this == VIRTUAL && START != null) {
            try {
                return (Thread) START.invoke(null, task);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("no virtual thread", e);
            }
        }
        Thread thread = new Thread(task, "waits");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
