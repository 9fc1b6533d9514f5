package io.sockfd.benchmarks.latency;

import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.List;
import java.util.Locale;

/** {@code round-trip}: 64 bytes there and back, both ends on one processor. */
public final class LatencyRows {
    private static final int SIZE = 64;
    private static final Pace PACE = new Pace(100, 60, 1, true);

    private LatencyRows() {}

    public static List<Row> all() {
        return List.of(
                row("tcp", false).quick(), row("unix", false), row("udp", false), row("tcp", true), row("unix", true));
    }

    private static Row row(String family, boolean ours) {
        Row row = Row.of(
                        "round-trip",
                        family + "-" + SIZE + (ours ? "-sockfd" : ""),
                        family.toUpperCase(Locale.ROOT) + " round trip, " + SIZE + " B, "
                                + (ours ? "sockfd" : "a C program") + " at the other end, both on one processor")
                .with(Who.C, CPing.class, family, ours, SIZE)
                .with(Who.SOCKFD, SockfdPing.class, family, ours, SIZE)
                .with(Who.SOCKFD_EPOLL, SockfdEpollPing.class, family, ours, SIZE)
                .withRaw(RawPing.class, family, ours, SIZE)
                .with(Who.NIO, ChannelPing.class, "nio", family, ours, SIZE)
                .with(Who.NIO_NONBLOCKING, NioSelectorPing.class, family, ours, SIZE)
                .note(Who.SOCKFD, "can be ended by close, interrupt and timeout: waits in ppoll, raw in recv")
                .note(Who.NIO_NONBLOCKING, "with a Selector")
                .metric("median round trip")
                .paced(PACE);
        switch (family) {
            case "tcp" -> row.with(Who.JAVA_NET, JavaNetPing.class, ours, SIZE);
            case "udp" -> row.with(Who.JAVA_NET, JavaNetDatagramPing.class, ours, SIZE);
            default ->
                row.with(Who.JUNIXSOCKET, ChannelPing.class, "junixsocket", family, ours, SIZE)
                        .with(Who.JNR_UNIXSOCKET, ChannelPing.class, "jnr-unixsocket", family, ours, SIZE);
        }
        return family.equals("udp") ? row : row.with(Who.NETTY_PIPELINE, NettyPing.class, family, ours, SIZE);
    }
}
