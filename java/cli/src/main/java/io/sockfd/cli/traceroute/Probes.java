package io.sockfd.cli.traceroute;

import io.sockfd.cli.Interruption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends some probes ahead, so that hops that do not answer cost their time only once. */
final class Probes implements AutoCloseable {
    private final Probe probe;
    private final int atOnce;
    private final int queries;
    private final int most;
    private final List<Future<Answer>> futures = new ArrayList<>();
    private final ExecutorService threads;
    private CountDownLatch lastSent = new CountDownLatch(0);

    Probes(Probe probe, int atOnce, int queries, int most) {
        this.probe = probe;
        this.atOnce = atOnce;
        this.queries = queries;
        this.most = most;
        threads = Executors.newFixedThreadPool(atOnce, work -> {
            Thread thread = new Thread(work, "probe");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * What came of a probe; null when the command was interrupted first.
     *
     * @param hop from 0 on
     * @param query of that hop, from 0 on
     * @param first the TTL of hop 0
     */
    @Nullable
    Answer answer(int hop, int query, int first, Interruption interruption) throws IOException {
        int wanted = hop * queries + query;
        int all = (most - first + 1) * queries;
        while (futures.size() < Math.min(all, wanted + atOnce)) {
            int number = futures.size();
            futures.add(inTurn(first + number / queries, number));
        }
        Future<Answer> future = futures.get(wanted);
        while (!interruption.asked()) {
            try {
                return future.get(Interruption.GLANCE_NANOS, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // not yet: look whether somebody lost patience
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failed) {
                    throw failed;
                } else if (e.getCause() instanceof RuntimeException failed) {
                    throw failed;
                }
                throw new IOException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return null;
    }

    /** They leave in order: routers limit their answers, and it is the nearest hops that are asked for first. */
    private Future<Answer> inTurn(int ttl, int number) {
        CountDownLatch before = lastSent;
        CountDownLatch sent = new CountDownLatch(1);
        lastSent = sent;
        return threads.submit(() -> {
            before.await();
            try {
                return probe.send(ttl, number, sent::countDown);
            } finally {
                sent.countDown();
            }
        });
    }

    /** Ends the probes that are still waiting. */
    @Override
    public void close() {
        List<Runnable> ignored = threads.shutdownNow();
    }
}
