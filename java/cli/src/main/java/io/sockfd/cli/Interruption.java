package io.sockfd.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C (and SIGTERM) asks a command to come to its end instead of ending the process: the command looks at {@link
 * #asked}, or is stopped, prints its summary, and may name its exit status, which is 130 or 143 otherwise.
 *
 * <pre>{@code
 * try (Interruption interruption = new Interruption()) {
 *     while (!interruption.asked()) { ... }
 *     return interruption.end(status);
 * }
 * }</pre>
 */
public final class Interruption implements AutoCloseable {
    /** How long a wait may be, at most, until the next look at {@link #asked}. */
    public static final long GLANCE_NANOS = 100_000_000;

    /** What a shell shows for SIGINT. */
    public static final int STATUS = 130;

    private static final long PATIENCE_SECONDS = 3;
    private static final int NONE = -1;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onShutdown, "interruption");
    private final Runnable stop;
    private volatile boolean asked;
    private volatile int status = NONE;

    /** For a command that looks. */
    public Interruption() {
        this(() -> {});
    }

    /** For a command that is stopped by {@code stop}, which is called on another thread. */
    public Interruption(Runnable stop) {
        this.stop = stop;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the command is to come to its end. */
    public boolean asked() {
        return asked;
    }

    /** Gives the status back, which is the one of the process also after Ctrl-C. */
    public int end(int exitStatus) {
        status = exitStatus;
        return exitStatus;
    }

    private void onShutdown() {
        asked = true;
        stop.run();
        try {
            boolean ended = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (ended && status != NONE) {
                Runtime.getRuntime().halt(status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command is at its end. */
    @Override
    public void close() {
        over.countDown();
        try {
            boolean ignored = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending
        }
    }
}
