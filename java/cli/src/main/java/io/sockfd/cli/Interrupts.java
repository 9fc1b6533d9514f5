package io.sockfd.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a command does when it is interrupted (SIGINT, SIGTERM): it is asked to end, and the process lives until it has said
 * what it has to say, by {@link #end}. The exit status is then 130 or 143.
 *
 * <pre>{@code
 * Interrupts interrupts = Interrupts.by(() -> loop.stop(Duration.ZERO));
 * try { loop.run(); } finally { summary(); interrupts.end(); }
 * }</pre>
 */
public final class Interrupts {
    private static final int PATIENCE_SECONDS = 3;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private Interrupts(Runnable stop) {
        hook = new Thread(() -> {
            stop.run();
            try {
                boolean unused = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // the process ends anyway
            }
        });
    }

    /** Asks by {@code stop}, which is called on another thread. */
    public static Interrupts by(Runnable stop) {
        Interrupts interrupts = new Interrupts(stop);
        Runtime.getRuntime().addShutdownHook(interrupts.hook);
        return interrupts;
    }

    /** All is said. */
    public void end() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it runs
        }
    }
}
