package io.sockfd.benchmarks.gather;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.ArrayList;
import java.util.List;

/** {@code gather}, {@code message}. */
public final class GatherRows {
    private static final int SIZE = 64;

    private GatherRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (boolean tcp : new boolean[] {false, true}) {
            for (int count : new int[] {2, 8, 64}) {
                Row row = row("gather", tcp, count, "buffer arrays")
                        .with(Who.SOCKFD, SockfdGather.class, tcp, count, SIZE);
                rows.add(!tcp && count == 8 ? row.quick() : row);
            }
        }
        for (int count : new int[] {2, 8, 64}) {
            rows.add(
                    row("message", false, count, "messages").with(Who.SOCKFD, SockfdMessage.class, false, count, SIZE));
        }
        return rows;
    }

    private static Row row(String operation, boolean tcp, int count, String api) {
        String socket = tcp ? "TCP" : "UNIX";
        Row row = Row.of(
                        operation,
                        (tcp ? "tcp-" : "unix-") + count,
                        socket + " stream, send and receive " + count + " buffers of " + SIZE + " B, " + api)
                .with(Who.C, CGather.class, tcp, count, SIZE)
                .withRaw(RawGather.class, tcp, count, SIZE)
                .with(Who.NIO, NioGather.class, tcp, count, SIZE, true)
                .with(Who.NIO_NONBLOCKING, NioGather.class, tcp, count, SIZE, false)
                .with(Who.NETTY, NettyGather.class, tcp, count, SIZE)
                .note(Who.NETTY, "gathers, but receives into one buffer: it has no scattering read");
        return tcp
                ? row
                : row.with(Who.JUNIXSOCKET, JunixGather.class, count, SIZE)
                        .note(Who.JUNIXSOCKET, "one call for each buffer")
                        .with(Who.JNR_UNIXSOCKET, JnrGather.class, count, SIZE)
                        .note(Who.JNR_UNIXSOCKET, "one call for each buffer, which copies through its own array");
    }
}
