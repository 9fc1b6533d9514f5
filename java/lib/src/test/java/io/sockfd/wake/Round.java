package io.sockfd.wake;

import io.sockfd.WithErrno;
import io.sockfd.wake.Waits.Wait;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One thread that waits once, and what ends it. */
final class Round {
    /** What ends a wait, and what the call then throws. */
    enum Ending {
        CLOSE(AsynchronousCloseException.class),
        INTERRUPT(ClosedByInterruptException.class),
        TIMEOUT(SocketTimeoutException.class),
        /** It waits for ever, and is given a timeout meanwhile. */
        SHORTENED(SocketTimeoutException.class);

        final Class<? extends IOException> thrown;

        Ending(Class<? extends IOException> thrown) {
            this.thrown = thrown;
        }

        boolean isTimeout() {
            return this == TIMEOUT || this == SHORTENED;
        }

        /** A poll has a time of its own, and splice(2) waits for its target with the time of its source. */
        boolean reaches(Wait wait) {
            return this != SHORTENED || !(wait.isPoll() || wait.name().equals("spliceTo, target"));
        }
    }

    static final Duration TIMEOUT = Duration.ofMillis(20);
    /**
     * Before Java 22, Thread.interrupt looks for a channel that blocks the thread and sets the interrupt status only then: a
     * thread that begins to block in between notices neither.
     */
    private static final boolean LOSES_INTERRUPTS = Runtime.version().feature() < 22;

    private static final long STUCK_S = 20;

    private final Wait wait;
    private final Ending ending;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long lastCall;
    private volatile long end;
    private volatile boolean interrupted;
    private volatile @Nullable Throwable thrown;

    Round(Wait wait, Ending ending) {
        this.wait = wait;
        this.ending = ending;
    }

    /**
     * Runs it.
     *
     * @param delayMillis after the call, before it is ended
     * @return nanoseconds from the close, the interrupt or the deadline to the exception; negative when the close came
     *     before the wait
     * @throws AssertionError when it ended in another way
     */
    long run(Threads threads, long delayMillis) throws IOException, InterruptedException {
        try (Fixture fixture = wait.open()) {
            if (ending == Ending.TIMEOUT) {
                fixture.timeout(TIMEOUT);
            }
            Thread thread = threads.start(() -> waitOn(fixture));
            await(started, "start");
            if (delayMillis > 0 && ending != Ending.TIMEOUT) {
                TimeUnit.MILLISECONDS.sleep(delayMillis);
            }
            long cause = end(fixture, thread);
            awaitEnd(thread);
            thread.join();
            return judge(fixture, ending == Ending.TIMEOUT ? lastCall + TIMEOUT.toNanos() : cause);
        }
    }

    private void waitOn(Fixture fixture) {
        started.countDown();
        try {
            while (true) {
                lastCall = System.nanoTime();
                wait.on(fixture);
            }
        } catch (Throwable e) {
            end = System.nanoTime();
            interrupted = Thread.interrupted();
            thrown = e;
        }
        ended.countDown();
    }

    private long end(Fixture fixture, Thread thread) throws IOException {
        long cause = System.nanoTime();
        switch (ending) {
            case CLOSE -> fixture.socket().close();
            case INTERRUPT -> thread.interrupt();
            case TIMEOUT -> {}
            case SHORTENED -> {
                fixture.timeout(TIMEOUT);
                return cause + TIMEOUT.toNanos();
            }
        }
        return cause;
    }

    private void awaitEnd(Thread thread) throws InterruptedException {
        if (ending == Ending.INTERRUPT && LOSES_INTERRUPTS && !ended.await(1, TimeUnit.SECONDS)) {
            thread.interrupt();
        }
        if (!ended.await(STUCK_S, TimeUnit.SECONDS)) {
            AssertionError stuck =
                    new AssertionError("no end within " + STUCK_S + " s, interrupted " + thread.isInterrupted());
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        }
    }

    private void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(STUCK_S, TimeUnit.SECONDS)) {
            throw new AssertionError("no " + what + " within " + STUCK_S + " s");
        }
    }

    private long judge(Fixture fixture, long cause) {
        Throwable e = thrown;
        boolean early = e != null && cameBefore(e, fixture);
        if (e == null || !(early || isExpected(e))) {
            throw new AssertionError("threw " + e + " instead of " + ending.thrown.getSimpleName(), e);
        }
        if (!early && fixture.socket().isOpen() != ending.isTimeout()) {
            throw new AssertionError("afterwards it is " + fixture.socket());
        }
        if (interrupted != (ending == Ending.INTERRUPT)) {
            throw new AssertionError("afterwards the thread's interrupt status is " + interrupted);
        }
        long latency = end - cause;
        if (latency < 0) {
            throw new AssertionError("ended " + -latency / 1000 + " us too early");
        }
        return early ? -1 : latency;
    }

    /** A timeout is a subclass, which has an errno, of what the JDK's sockets throw; the others are the very classes. */
    private boolean isExpected(Throwable e) {
        return ending.isTimeout()
                ? e instanceof SocketTimeoutException && (e instanceof WithErrno || wait.isPoll())
                : e.getClass() == ending.thrown;
    }

    /** Closed between two calls, or interrupted while it read the file: that closes the file. */
    private boolean cameBefore(Throwable e, Fixture fixture) {
        return switch (ending) {
            case CLOSE -> e.getClass() == ClosedChannelException.class;
            case INTERRUPT ->
                wait.readsFile() && isExpected(e) && fixture.socket().isOpen();
            case TIMEOUT, SHORTENED -> false;
        };
    }
}
