package io.sockfd.benchmarks.operation;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Processors;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How it goes on with more of it: {@code many-sockets} in one epoll, {@code many-registrations}, {@code threads}, {@code
 * tcp-large}. Connections are in {@link ServerRows}, smaller sizes in {@link StreamRows}.
 */
public final class ScaleRows {
    private static final int[] MANY = {1, 64, 512, 2048};
    private static final Pace LARGE = new Pace(20, 20, 2, false);
    private static final int SIZE = 64;

    private ScaleRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (int count : MANY) {
            rows.add(
                    Row.of("many-sockets", Integer.toString(count), "look at what is ready: 1 of " + count + " sockets")
                            .at("sockets", count)
                            .with(Who.C, ReadinessRows.CWait.class, count, 1)
                            .with(Who.SOCKFD, ReadinessRows.SockfdWait.class, count, 1)
                            .with(Who.NIO, ReadinessRows.NioWait.class, count, 1, true)
                            .note(Who.NIO, "selectNow with a consumer"));
        }
        for (int count : MANY) {
            rows.add(Row.of(
                            "many-registrations",
                            Integer.toString(count),
                            "watch a socket and no longer, the last of " + count)
                    .at("registrations", count)
                    .with(Who.C, ReadinessRows.CChange.class, false, count - 1)
                    .with(Who.SOCKFD, ReadinessRows.SockfdChange.class, false, count - 1)
                    .with(Who.NIO, ReadinessRows.NioChange.class, false, count - 1)
                    .note(Who.NIO, "and a selectNow for each change"));
        }
        for (int threads = 1; threads <= 2 * Processors.count(); threads *= 2) {
            rows.add(threads(threads));
        }
        for (int size : new int[] {64 * 1024, 256 * 1024, 1024 * 1024}) {
            rows.add(Row.of("tcp-large", Integer.toString(size), "TCP stream, send and receive " + size / 1024 + " KiB")
                    .at("bytes", size)
                    .metric("time for all of it")
                    .paced(LARGE)
                    .with(Who.C, StreamRows.CStream.class, true, size)
                    .with(Who.SOCKFD, StreamRows.SockfdStream.class, true, size)
                    .with(Who.NIO, StreamRows.NioStream.class, true, size, true, true)
                    .with(Who.NETTY, StreamRows.NettyStream.class, true, size));
        }
        return rows;
    }

    private static Row threads(int count) {
        return Row.of(
                        "threads",
                        Integer.toString(count),
                        "UNIX stream, send and receive " + SIZE + " B, " + count
                                + (count == 1 ? " thread" : " threads, each with a pair of its own")
                                + ", all processors")
                .at("threads", count)
                .metric("time for an operation, all threads together")
                .per(count)
                .wide()
                .onAllProcessors()
                .with(Who.C, Parallel.class, count, "C")
                .with(Who.SOCKFD, Parallel.class, count, "sockfd")
                .with(Who.NIO, Parallel.class, count, "nio")
                .with(Who.NETTY, Parallel.class, count, "netty");
    }

    /** So many of a contestant, each on a thread of its own. */
    public static final class Parallel implements Contestant {
        private final List<Contestant> all = new ArrayList<>();
        private final ExecutorService threads;

        public Parallel(int count, String who) throws Exception {
            threads = Executors.newFixedThreadPool(count);
            for (int i = 0; i < count; i++) {
                all.add(
                        switch (who) {
                            case "C" -> new StreamRows.CStream(false, SIZE);
                            case "nio" -> new StreamRows.NioStream(false, SIZE, true, true);
                            case "netty" -> new StreamRows.NettyStream(false, SIZE);
                            default -> new StreamRows.SockfdStream(false, SIZE);
                        });
            }
        }

        @Override
        public long run(int times) throws Exception {
            List<Callable<Long>> work = new ArrayList<>();
            all.forEach(each -> work.add(() -> each.run(times)));
            long sum = 0;
            for (Future<Long> done : threads.invokeAll(work)) {
                sum += done.get();
            }
            return sum;
        }

        @Override
        public void close() throws IOException {
            threads.shutdown();
            for (Contestant each : all) {
                each.close();
            }
        }
    }
}
