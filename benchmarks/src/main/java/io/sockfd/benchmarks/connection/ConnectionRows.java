package io.sockfd.benchmarks.connection;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.List;

/** {@code connect}. */
public final class ConnectionRows {
    private ConnectionRows() {}

    public static List<Row> all() {
        return List.of(
                row(true, "tcp", "TCP: open, connect, accept, close both ends")
                        .with(Who.JAVA_NET, JavaNetCycle.class)
                        .note(Who.JAVA_NET, "IPv6 socket")
                        .quick(),
                row(false, "unix", "UNIX: open, connect, accept, close both ends")
                        .with(Who.JUNIXSOCKET, JunixCycle.class)
                        .with(Who.JNR_UNIXSOCKET, JnrCycle.class));
    }

    private static Row row(boolean tcp, String variant, String title) {
        return Row.of("connect", variant, title)
                .wide()
                .with(Who.C, CCycle.class, tcp)
                .with(Who.SOCKFD, SockfdCycle.class, tcp)
                .withRaw(RawCycle.class, tcp)
                .with(Who.NIO, NioCycle.class, tcp, true)
                .with(Who.NIO_NONBLOCKING, NioCycle.class, tcp, false)
                .with(Who.NETTY, NettyCycle.class, tcp);
    }
}
