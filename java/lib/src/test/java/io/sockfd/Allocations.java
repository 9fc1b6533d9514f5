package io.sockfd;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Counts what the current thread allocates. */
public final class Allocations {
    private static final MethodHandle COUNTER = counter();

    private Allocations() {}

    /** The bytes that the thread has allocated so far; asking allocates none. */
    public static long soFar() {
        try {
            return (long) COUNTER.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** com.sun.management.ThreadMXBean, by name: the module under test does not read jdk.management. */
    private static MethodHandle counter() {
        try {
            Object bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            return MethodHandles.publicLookup()
                    .findVirtual(
                            Class.forName("com.sun.management.ThreadMXBean"),
                            "getCurrentThreadAllocatedBytes",
                            MethodType.methodType(long.class))
                    .bindTo(bean);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
