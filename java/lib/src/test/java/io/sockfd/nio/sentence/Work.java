package io.sockfd.nio.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Virtual;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Code on a thread of its own, and how it ended. */
final class Work {
    private static final long PATIENCE_MS = 10_000;
    private static final int SAME_STACKS = 3;

    /** What is run. */
    @FunctionalInterface
    interface Code {
        void run() throws Exception;
    }

    private final Thread thread;
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile @Nullable Throwable thrown;
    private volatile boolean interruptedAtTheEnd;

    Work(Code code, boolean virtual) {
        Runnable task = () -> {
            begun.countDown();
            try {
                code.run();
            } catch (Throwable e) {
                thrown = e;
            }
            interruptedAtTheEnd = Thread.currentThread().isInterrupted();
        };
        if (virtual && Virtual.available()) {
            thread = Virtual.start(task);
        } else {
            thread = new Thread(task, "sentence");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Returns when the thread seems to wait: its stack was the same several times.
     */
    void awaitWaiting() throws InterruptedException {
        assertTrue(begun.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
        StackTraceElement[] last = {};
        int same = 0;
        for (int i = 0; i < 500 && same < SAME_STACKS && thread.isAlive(); i++) {
            Thread.sleep(5);
            StackTraceElement[] stack = thread.getStackTrace();
            same = stack.length > 0 && Arrays.equals(stack, last) ? same + 1 : 0;
            last = stack;
        }
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Waits for the end, whatever it is. */
    Work end() throws InterruptedException {
        thread.join(PATIENCE_MS);
        if (thread.isAlive()) {
            AssertionError stuck = new AssertionError("still there after " + PATIENCE_MS + " ms");
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        }
        return this;
    }

    /** Waits for an end without an exception. */
    void done() throws Exception {
        end();
        Throwable e = thrown;
        if (e instanceof Exception exception) {
            throw exception;
        } else if (e instanceof Error error) {
            throw error;
        }
    }

    /** Waits for an end by an exception of this class. */
    Work ends(Class<? extends Throwable> by) throws InterruptedException {
        end();
        Throwable e = thrown;
        assertNotNull(e, "ended without an exception");
        if (!by.isInstance(e)) {
            throw new AssertionError("ended by " + e + " instead of " + by, e);
        }
        return this;
    }

    Work andIsInterrupted(boolean expected) {
        assertEquals(expected, interruptedAtTheEnd, "interrupt status at the end");
        return this;
    }
}
