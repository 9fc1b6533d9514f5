package io.sockfd.benchmarks;

import io.sockfd.benchmarks.operation.BatchRows;
import io.sockfd.benchmarks.operation.BrokenRows;
import io.sockfd.benchmarks.operation.CallRows;
import io.sockfd.benchmarks.operation.CommandRows;
import io.sockfd.benchmarks.operation.ConnectionRows;
import io.sockfd.benchmarks.operation.DatagramRows;
import io.sockfd.benchmarks.operation.EngineRows;
import io.sockfd.benchmarks.operation.FanOutRows;
import io.sockfd.benchmarks.operation.GatherRows;
import io.sockfd.benchmarks.operation.IcmpRows;
import io.sockfd.benchmarks.operation.KindRows;
import io.sockfd.benchmarks.operation.LatencyRows;
import io.sockfd.benchmarks.operation.NetlinkRows;
import io.sockfd.benchmarks.operation.NettyNioRows;
import io.sockfd.benchmarks.operation.NioRows;
import io.sockfd.benchmarks.operation.OptionRows;
import io.sockfd.benchmarks.operation.PacketRows;
import io.sockfd.benchmarks.operation.ReadinessRows;
import io.sockfd.benchmarks.operation.RefusedRows;
import io.sockfd.benchmarks.operation.RightsRows;
import io.sockfd.benchmarks.operation.RingRows;
import io.sockfd.benchmarks.operation.ScaleRows;
import io.sockfd.benchmarks.operation.ServerRows;
import io.sockfd.benchmarks.operation.StartRows;
import io.sockfd.benchmarks.operation.StreamRows;
import io.sockfd.benchmarks.operation.VirtualRows;
import io.sockfd.benchmarks.operation.WouldBlockRows;
import io.sockfd.benchmarks.operation.XdpRows;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** All rows, in the order of the table. */
public final class Operations {
    private static final List<Row> ROWS = Stream.of(
                    CallRows.all(),
                    KindRows.all(),
                    StreamRows.all(),
                    GatherRows.all(),
                    DatagramRows.all(),
                    BatchRows.all(),
                    FanOutRows.all(),
                    ReadinessRows.all(),
                    NioRows.all(),
                    NettyNioRows.all(),
                    ConnectionRows.all(),
                    WouldBlockRows.all(),
                    RefusedRows.all(),
                    BrokenRows.all(),
                    OptionRows.all(),
                    RightsRows.all(),
                    LatencyRows.all(),
                    ServerRows.all(),
                    EngineRows.all(),
                    VirtualRows.all(),
                    ScaleRows.all(),
                    PacketRows.all(),
                    RingRows.all(),
                    XdpRows.all(),
                    IcmpRows.all(),
                    NetlinkRows.all(),
                    StartRows.all(),
                    CommandRows.all())
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
