package io.sockfd.capture;

import java.util.concurrent.CompletableFuture;

/** A call that waits in a thread of its own, until something ends it. */
final class Waiting {
    private static final int TRIES = 5000;

    interface Call {
        Object run() throws Exception;
    }

    private Waiting() {}

    /** Gives what ended the call, once the call waits in ppoll(2). */
    static CompletableFuture<Throwable> in(Call call) throws InterruptedException {
        return in(call, new Thread[1]);
    }

    /** As {@link #in(Call)}; the thread comes back in the array. */
    static CompletableFuture<Throwable> in(Call call, Thread[] thread) throws InterruptedException {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        thread[0] = new Thread(() -> {
            try {
                end.complete(new AssertionError("it returned " + call.run()));
            } catch (Throwable e) {
                end.complete(e);
            }
        });
        thread[0].start();
        for (int i = 0; i < TRIES && !isInside(thread[0]) && !end.isDone(); i++) {
            Thread.sleep(2);
        }
        Thread.sleep(20);
        return end;
    }

    private static boolean isInside(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("ppoll")) {
                return true;
            }
        }
        return false;
    }
}
