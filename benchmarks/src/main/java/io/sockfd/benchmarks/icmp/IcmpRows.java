package io.sockfd.benchmarks.icmp;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.List;

/** {@code icmp}. */
public final class IcmpRows {
    private IcmpRows() {}

    public static List<Row> all() {
        return List.of(Row.of("icmp", "echo", "Raw ICMP, echo request of 64 B on loopback and its reply")
                .with(Who.C, CEcho.class)
                .with(Who.SOCKFD, SockfdEcho.class)
                .withRaw(RawEcho.class)
                .with(Who.JAVA_NET, JavaNetEcho.class)
                .note(Who.JAVA_NET, "InetAddress.isReachable: a new socket for each, and its own request"));
    }
}
