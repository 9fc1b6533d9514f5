package io.sockfd.benchmarks.packet;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.List;

/** {@code packet}: what a frame costs its reader. */
public final class PacketRows {
    private static final String METRIC = "reader's time per frame";

    private PacketRows() {}

    public static List<Row> all() {
        return List.of(
                row("recvfrom", "Packet socket, recvfrom of 64 B frames")
                        .with(Who.C, CReader.class, 1)
                        .with(Who.SOCKFD, SockfdReader.class)
                        .withRaw(RawReader.class),
                row("recvmmsg-32", "Packet socket, recvmmsg of 32 frames of 64 B")
                        .with(Who.C, CReader.class, 32)
                        .with(Who.SOCKFD, SockfdBatchReader.class, 32)
                        .withRaw(RawBatchReader.class, 32),
                rings(row("ring", "Packet socket, ring (TPACKET_V3) of 64 B frames")
                        .with(Who.C, CRing.class)),
                rings(row("ring-to-recvfrom", "Packet socket, ring of 64 B frames against recvfrom in C")
                                .with(Who.C, CReader.class, 1))
                        .note(Who.C, "recvfrom")
                        .quick());
    }

    private static Row rings(Row row) {
        return row.with(Who.SOCKFD, SockfdRing.class)
                .with(Who.FFM, RawRing.class)
                .note(Who.FFM, "no call at all: the same on jni and jnr");
    }

    private static Row row(String variant, String title) {
        return Row.of("packet", variant, title).wide().per(Frames.BURST).metric(METRIC);
    }
}
