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
            rows.add(batch(count, 64));
        }
        rows.add(batch(32, 1200));
        rows.add(segments(true, false, 8, 1200, true));
        rows.add(segments(true, false, 32, 1200, true));
        rows.add(segments(false, true, 32, 1200, true));
        rows.add(segments(true, true, 8, 1200, true));
        rows.add(segments(true, true, 32, 1200, true).quick());
        rows.add(segments(true, true, 32, 64, true));
        rows.add(segments(true, true, 32, 1200, false));
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

    private static Row batch(int count, int size) {
        return several(
                "udp-batch",
                count + "x" + size,
                "UDP, connected, sendmmsg and recvmmsg of " + datagrams(count) + size + " B",
                new Shape(count, size, true, false, false));
    }

    private static Row segments(boolean gso, boolean gro, int count, int size, boolean connected) {
        String options = gso && gro ? "gso-gro" : gso ? "gso" : "gro";
        Row row = several(
                "udp-" + options + (connected ? "" : "-unconnected"),
                count + "x" + size,
                "UDP" + (connected ? ", connected, " : " with addresses, ")
                        + (gso ? "UDP_SEGMENT" : "sendmmsg") + " and " + (gro ? "UDP_GRO" : "recvmmsg") + " of "
                        + datagrams(count) + size + " B",
                new Shape(count, size, connected, gso, gro));
        return gso ? row : row.note(Who.C, "loopback coalesces nothing: what an idle UDP_GRO costs");
    }

    private static Row several(String operation, String variant, String title, Shape shape) {
        Object[] arguments = {shape.count(), shape.size(), shape.connected(), shape.gso(), shape.gro()};
        Row row = Row.of(operation, variant, title)
                .per(shape.count())
                .with(Who.C, CMessages.class, arguments)
                .with(Who.SOCKFD, SockfdMessages.class, arguments)
                .withRaw(RawMessages.class, arguments);
        singles(row, shape.connected(), shape.size(), shape.count());
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

    private static String datagrams(int count) {
        return count == 1 ? "1 datagram of " : count + " datagrams of ";
    }
}
