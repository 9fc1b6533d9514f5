package io.sockfd.benchmarks.server;

import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.ArrayList;
import java.util.List;

/** {@code server-echo}, {@code server-http}: an event loop; {@code virtual}, {@code virtual-rate}: virtual threads. */
public final class ServerRows {
    private static final int RATE = 10_000;
    private static final Pace PACE = new Pace(500, 300, 4, false);
    private static final Pace CLOSED = new Pace(20_000, 15, 10, false);
    private static final String CPU = "CPU time of the server for a request";

    private ServerRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (String protocol : List.of("echo", "http")) {
            for (int connections : new int[] {1, 64, 512}) {
                Row row = loop(protocol, connections);
                rows.add(protocol.equals("http") && connections == 64 ? row.quick() : row);
            }
        }
        for (int connections : new int[] {1, 1000, 10_000}) {
            rows.add(virtual("virtual", connections, RATE, "10,000 requests a second")
                    .metric(CPU)
                    .paced(PACE));
            rows.add(virtual("virtual-rate", connections, 0, "as many requests as there are answers")
                    .metric("time for a request, all connections together")
                    .paced(CLOSED));
        }
        return rows;
    }

    private static Row loop(String protocol, int connections) {
        return Row.of(
                        "server-" + protocol,
                        Integer.toString(connections),
                        (protocol.equals("http") ? "HTTP hello" : "echo of 64 B") + " on one thread, " + connections
                                + " connections, 10,000 requests a second")
                .with(Who.C, Served.class, "", protocol, protocol, connections, RATE)
                .with(Who.SOCKFD, Served.class, SockfdServer.class.getName(), protocol, protocol, connections, RATE)
                .with(
                        Who.NIO_NONBLOCKING,
                        Served.class,
                        NioServer.class.getName(),
                        protocol,
                        protocol,
                        connections,
                        RATE)
                .with(
                        Who.NETTY_PIPELINE,
                        Served.class,
                        NettyServer.class.getName(),
                        protocol,
                        protocol,
                        connections,
                        RATE)
                .note(Who.SOCKFD, "EventLoop")
                .note(Who.NIO_NONBLOCKING, "Selector")
                .note(
                        Who.NETTY_PIPELINE,
                        protocol.equals("http") ? "its HTTP codec parses all of the request" : "pipeline")
                .metric(CPU)
                .paced(PACE);
    }

    private static Row virtual(String operation, int connections, int rate, String load) {
        String name = VirtualServer.class.getName();
        return Row.of(
                        operation,
                        Integer.toString(connections),
                        "echo of 64 B on " + connections + " virtual threads, one processor, " + load)
                .with(Who.C, Served.class, "", "echo", "echo", connections, rate)
                .with(Who.SOCKFD, Served.class, name, "sockfd", "echo", connections, rate)
                .with(Who.NIO, Served.class, name, "nio", "echo", connections, rate)
                .note(Who.C, "no threads: an epoll loop");
    }
}
