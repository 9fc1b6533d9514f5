package io.sockfd.benchmarks;

import io.sockfd.benchmarks.call.CallRows;
import io.sockfd.benchmarks.connection.ConnectionRows;
import io.sockfd.benchmarks.datagram.DatagramRows;
import io.sockfd.benchmarks.failure.FailureRows;
import io.sockfd.benchmarks.gather.GatherRows;
import io.sockfd.benchmarks.icmp.IcmpRows;
import io.sockfd.benchmarks.latency.LatencyRows;
import io.sockfd.benchmarks.netlink.NetlinkRows;
import io.sockfd.benchmarks.option.OptionRows;
import io.sockfd.benchmarks.packet.PacketRows;
import io.sockfd.benchmarks.readiness.ReadinessRows;
import io.sockfd.benchmarks.rights.RightsRows;
import io.sockfd.benchmarks.server.ServerRows;
import io.sockfd.benchmarks.start.StartRows;
import io.sockfd.benchmarks.stream.StreamRows;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** All rows, in the order of the table. */
public final class Operations {
    private static final List<Row> ROWS = Stream.of(
                    CallRows.all(),
                    StreamRows.all(),
                    GatherRows.all(),
                    DatagramRows.all(),
                    ReadinessRows.all(),
                    ConnectionRows.all(),
                    FailureRows.all(),
                    OptionRows.all(),
                    RightsRows.all(),
                    LatencyRows.all(),
                    ServerRows.all(),
                    PacketRows.all(),
                    IcmpRows.all(),
                    NetlinkRows.all(),
                    StartRows.all())
            .flatMap(List::stream)
            .toList();

    private Operations() {}

    public static List<Row> all() {
        return ROWS;
    }

    /** The row with this {@link Row#id}. */
    public static Row row(String id) {
        return ROWS.stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no row " + id));
    }

    /**
     * The rows of some operations ({@code unix}) and some single ones ({@code unix/64}); all rows for an empty list.
     *
     * @throws IllegalArgumentException when something has no row
     */
    public static List<Row> named(Collection<String> wanted) {
        for (String name : wanted) {
            if (ROWS.stream().noneMatch(row -> row.isNamed(name))) {
                throw new IllegalArgumentException("there is no operation or row " + name);
            }
        }
        return ROWS.stream()
                .filter(row -> wanted.isEmpty() || wanted.stream().anyMatch(row::isNamed))
                .toList();
    }
}
