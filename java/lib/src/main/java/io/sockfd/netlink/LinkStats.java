package io.sockfd.netlink;

import io.sockfd.raw.struct.RtnlLinkStats64;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What an interface has counted (IFLA_STATS64), unsigned. Kernels append counters: one that this kernel does not have
 * reads 0. Immutable.
 */
public final class LinkStats {
    private final ByteBuffer bytes = ByteBuffer.allocate(RtnlLinkStats64.SIZE).order(ByteOrder.nativeOrder());

    LinkStats(Attributes attribute) {
        int length = Math.min(attribute.length(), RtnlLinkStats64.SIZE);
        bytes.put(0, attribute.buffer(), attribute.offset(), length);
    }

    /** Packets received. */
    public long rxPackets() {
        return RtnlLinkStats64.rx_packets(bytes, 0);
    }

    /** Packets sent. */
    public long txPackets() {
        return RtnlLinkStats64.tx_packets(bytes, 0);
    }

    /** Bytes received. */
    public long rxBytes() {
        return RtnlLinkStats64.rx_bytes(bytes, 0);
    }

    /** Bytes sent. */
    public long txBytes() {
        return RtnlLinkStats64.tx_bytes(bytes, 0);
    }

    /** Packets received with errors. */
    public long rxErrors() {
        return RtnlLinkStats64.rx_errors(bytes, 0);
    }

    /** Packets not sent because of errors. */
    public long txErrors() {
        return RtnlLinkStats64.tx_errors(bytes, 0);
    }

    /** Packets received and dropped. */
    public long rxDropped() {
        return RtnlLinkStats64.rx_dropped(bytes, 0);
    }

    /** Packets dropped instead of sent. */
    public long txDropped() {
        return RtnlLinkStats64.tx_dropped(bytes, 0);
    }

    /** Multicast packets received. */
    public long multicast() {
        return RtnlLinkStats64.multicast(bytes, 0);
    }

    /** Collisions while sending. */
    public long collisions() {
        return RtnlLinkStats64.collisions(bytes, 0);
    }

    /** A copy of the whole struct, in native order, for {@link RtnlLinkStats64}. */
    public ByteBuffer struct() {
        return ByteBuffer.wrap(bytes.array().clone()).order(ByteOrder.nativeOrder());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinkStats that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "LinkStats[rx " + Long.toUnsignedString(rxBytes()) + " bytes in " + Long.toUnsignedString(rxPackets())
                + " packets, tx " + Long.toUnsignedString(txBytes()) + " bytes in "
                + Long.toUnsignedString(txPackets()) + " packets]";
    }
}
