package io.sockfd.benchmarks.datagram;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.ArrayList;
import java.util.List;

/** {@code udp}, {@code udp-connected}, {@code udp-batch}, {@code udp-gso}, {@code udp-gro}, {@code udp-gso-gro}. */
public final class DatagramRows {
    private static final String SINGLES = "one datagram at a time: it has no calls for more";

    private DatagramRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.add(single(false, 64).quick());
        rows.add(single(false, 1200));
        rows.add(single(true, 64));
        rows.add(single(true, 1200));
        for (int count : new int[] {1, 8, 32, 64}) {
            rows.add(batch(new Shape(count, 64, true, false, false, false)));
        }
        rows.add(batch(new Shape(32, 1200, true, false, false, false)));
        rows.add(gso(new Shape(8, 1200, true, true, false, false)));
        rows.add(gso(new Shape(32, 1200, true, true, false, false)));
        rows.add(gro(new Shape(32, 1200, true, false, false, true)));
        rows.add(gsoGro(new Shape(8, 1200, true, true, false, true)));
        rows.add(gsoGro(new Shape(32, 1200, true, true, false, true)).quick());
        rows.add(gsoGro(new Shape(32, 64, true, true, false, true)));
        rows.add(several(
                "udp-gso-gro-option",
                "UDP, connected, UDP_SEGMENT as the socket's option, and UDP_GRO",
                new Shape(32, 1200, true, true, true, true)));
        rows.add(several(
                        "udp-gso-gro-unconnected",
                        "UDP with addresses, UDP_SEGMENT and UDP_GRO",
                        new Shape(32, 1200, false, true, false, true))
                .with(Who.NETTY_PIPELINE, NettyPipelineSegments.class, 32, 1200)
                .note(Who.NETTY_PIPELINE, "UDP_SEGMENT and UDP_GRO, too; its loop is turned by the measuring thread"));
        return rows;
    }

    private static Row single(boolean connected, int size) {
        Row row = Row.of(
                        connected ? "udp-connected" : "udp",
                        Integer.toString(size),
                        connected
                                ? "UDP, connected, send and receive " + size + " B"
                                : "UDP, sendto and recvfrom with addresses, " + size + " B")
                .with(Who.C, CDatagram.class, connected, size)
                .with(Who.SOCKFD, SockfdDatagram.class, connected, size)
                .withRaw(RawDatagram.class, connected, size);
        return singles(row, connected, size, 1);
    }

    private static Row batch(Shape shape) {
        return several("udp-batch", "UDP, connected, sendmmsg and recvmmsg", shape);
    }

    private static Row gso(Shape shape) {
        return several("udp-gso", "UDP, connected, UDP_SEGMENT and recvmmsg", shape);
    }

    private static Row gro(Shape shape) {
        return several("udp-gro", "UDP, connected, sendmmsg and UDP_GRO", shape)
                .note(Who.C, "loopback coalesces nothing by itself: what an idle UDP_GRO costs");
    }

    private static Row gsoGro(Shape shape) {
        return several("udp-gso-gro", "UDP, connected, UDP_SEGMENT and UDP_GRO", shape);
    }

    private static Row several(String operation, String title, Shape shape) {
        int count = shape.count();
        int size = shape.size();
        Object[] arguments = {count, size, shape.connected(), shape.gso(), shape.option(), shape.gro()};
        Row row = Row.of(operation, count + "x" + size, title + ", " + count + " x " + size + " B")
                .per(count)
                .with(Who.C, CMessages.class, arguments)
                .with(Who.SOCKFD, SockfdMessages.class, arguments)
                .withRaw(RawMessages.class, arguments);
        singles(row, shape.connected(), size, count);
        for (Who who : row.who()) {
            if (!who.ours() && who != Who.C) {
                row.note(who, SINGLES);
            }
        }
        return row;
    }

    private static Row singles(Row row, boolean connected, int size, int burst) {
        return row.with(Who.NIO, NioDatagram.class, connected, size, burst, true)
                .with(Who.NIO_NONBLOCKING, NioDatagram.class, connected, size, burst, false)
                .with(Who.JAVA_NET, JavaNetDatagram.class, connected, size, burst)
                .note(Who.JAVA_NET, "over an IPv6 socket where there is IPv6, by arrays")
                .with(Who.NETTY, NettyDatagram.class, connected, size, burst);
    }
}
