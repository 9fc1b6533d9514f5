package io.sockfd.internal.wait;

/** Since Java 21 it can be asked without a method handle. */
public final class VirtualThreads {
    private VirtualThreads() {}

    /** Whether the calling thread is a virtual one. */
    public static boolean isCurrent() {
        return Thread.currentThread().isVirtual();
    }

    /** Starts one. */
    public static Thread start(Runnable task) {
        return Thread.startVirtualThread(task);
    }
}
