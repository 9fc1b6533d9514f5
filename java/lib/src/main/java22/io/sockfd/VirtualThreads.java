package io.sockfd;

/** Since Java 21 it can be asked without a method handle. */
final class VirtualThreads {
    private VirtualThreads() {}

    /** Whether the calling thread is a virtual one. */
    static boolean isCurrent() {
        return Thread.currentThread().isVirtual();
    }

    /** Starts one. */
    static Thread start(Runnable task) {
        return Thread.startVirtualThread(task);
    }
}
