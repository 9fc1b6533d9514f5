package io.sockfd;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Virtual threads, for code that is compiled for Java 17. */
public final class Virtual {
    private Virtual() {}

    public static boolean available() {
        return Runtime.version().feature() >= 21;
    }

    /** Starts a virtual thread. */
    public static Thread start(Runnable task) {
        try {
            MethodHandle starter = MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
            return (Thread) starter.invokeExact(task);
        } catch (Throwable e) {
            throw new IllegalStateException(
                    "no virtual threads in Java " + Runtime.version().feature(), e);
        }
    }
}
