package io.sockfd.benchmarks.operation;

import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Processors;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Event loops on epoll and on io_uring, server and load on a processor each: {@code apart-http}, {@code apart-echo}, and
 * connections that come and go, {@code churn}. On one processor they are in {@link ServerRows}.
 */
public final class EngineRows {
    private static final Pace BUSY = new Pace(5_000, 40, 10, false);
    private static final Pace FAST = new Pace(3_000, 60, 10, false);
    private static final Pace SLOW = new Pace(1_000, 150, 10, false);
    private static final Pace CHURN = new Pace(2_000, 20, 10, false);

    private EngineRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (String protocol : List.of("http", "echo")) {
            rows.add(loop(protocol, 1, 0, BUSY));
            rows.add(loop(protocol, 64, 0, BUSY));
            rows.add(loop(protocol, 512, 0, BUSY));
            rows.add(loop(protocol, 64, 30_000, FAST));
            rows.add(loop(protocol, 64, 10_000, SLOW));
            rows.add(loop(protocol, 512, 10_000, SLOW));
        }
        rows.add(contestants(
                        Row.of("churn", "16", "connect, 64 B there and back, close; 16 connections at once"),
                        "echo",
                        "churn",
                        16,
                        0)
                .metric("CPU time of the server for a connection")
                .paced(CHURN));
        return rows;
    }

    private static Row loop(String protocol, int connections, int rate, Pace pace) {
        String load = rate == 0 ? "busy" : rate / 1000 + "k";
        return contestants(
                        Row.of(
                                "apart-" + protocol,
                                connections + "-" + load,
                                (protocol.equals("http") ? "HTTP hello" : "echo of 64 B") + ", " + connections
                                        + " connections, server and load on a processor each, "
                                        + (rate == 0
                                                ? "requests as fast as they are answered"
                                                : String.format("%,d requests a second", rate))),
                        protocol,
                        protocol,
                        connections,
                        rate)
                .metric(ServerRows.CPU)
                .paced(pace);
    }

    private static Row contestants(Row row, String service, String load, int connections, int rate) {
        return row.with(Who.C, Apart.class, "server", service, load, connections, rate)
                .with(Who.C_URING, Apart.class, "uring", service, load, connections, rate)
                .with(Who.SOCKFD, Apart.class, name(ServerRows.SockfdServer.class), service, load, connections, rate)
                .with(
                        Who.SOCKFD_URING,
                        Apart.class,
                        name(ServerRows.RingServer.class),
                        service,
                        load,
                        connections,
                        rate)
                .with(Who.NETTY_PIPELINE, Apart.class, name(NettyServers.Bare.class), service, load, connections, rate)
                .with(Who.NETTY_URING, Apart.class, name(NettyServers.BareRing.class), service, load, connections, rate)
                .note(Who.SOCKFD, "EventLoop")
                .note(Who.SOCKFD_URING, "EventLoop on Engine.URING")
                .note(Who.NETTY_PIPELINE, "a bare handler, no codec")
                .note(Who.NETTY_URING, "a bare handler, no codec");
    }

    private static String name(Class<?> server) {
        return server.getName();
    }

    /** As {@link ServerRows.Loaded}, on two processors. */
    public static final class Apart extends ServerRows.Loaded {
        public Apart(String main, String argument, String protocol, int connections, int rate)
                throws IOException, UnavailableException, ReflectiveOperationException {
            super(main, argument, protocol, connections, rate, Processors.two());
        }
    }
}
