package io.sockfd.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a command does when it is interrupted (SIGINT, SIGTERM): it is asked to end, and the process lives until it has said
 * what it has to say, by {@link #close}. The exit status is then 130 or 143.
 *
 * <pre>{@code
 * try (Interrupts interrupts = Interrupts.by(loop::stop)) { work(); summary(); }
 * }</pre>
 */
public final class Interrupts implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 3;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean interrupted;

    private Interrupts(Runnable end) {
        hook = new Thread(() -> {
            interrupted = true;
            end.run();
            try {
                boolean unused = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // the process ends anyway
            }
        });
    }

    /** Asks by {@code end}, which is called on another thread. */
    public static Interrupts by(Runnable end) {
        Interrupts interrupts = new Interrupts(end);
        Runtime.getRuntime().addShutdownHook(interrupts.hook);
        return interrupts;
    }

    public boolean happened() {
        return interrupted;
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it runs
        }
    }
}
