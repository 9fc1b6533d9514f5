package io.sockfd.packet;

import io.sockfd.address.HardwareAddress;
import java.nio.ByteBuffer;

/**
 * An Ethernet frame's header, IEEE 802.3. The frame check sequence is not part of a capture.
 *
 * <pre>
 *      0                   6                   12        14
 *     +-------------------+-------------------+---------+----
 *     |    destination    |      source       |  type   | ...
 *     +-------------------+-------------------+---------+----
 * </pre>
 */
public final class Ethernet extends Header<Ethernet> {
    public static final int SIZE = 14;

    /** Types from here on; what is less is the length of an 802.3 frame that continues with LLC. */
    public static final int LEAST_TYPE = 1536;

    private static final int DESTINATION = 0;
    private static final int SOURCE = 6;
    private static final int TYPE = 12;

    public Ethernet() {
        super(SIZE);
    }

    @Override
    String name() {
        return "Ethernet";
    }

    public HardwareAddress destination() {
        return HardwareAddress.of(get(DESTINATION, Ip.MAC));
    }

    /** The 48 bits of the destination. */
    public long destinationAddress() {
        return Bytes.u48(b, offset + DESTINATION);
    }

    /** 6 bytes. */
    public Ethernet destination(HardwareAddress address) {
        return put(DESTINATION, Ip.mac(address));
    }

    /** As {@code aa:bb:cc:dd:ee:ff}. */
    public Ethernet destination(String address) {
        return destination(HardwareAddress.parse(address));
    }

    public HardwareAddress source() {
        return HardwareAddress.of(get(SOURCE, Ip.MAC));
    }

    /** The 48 bits of the source. */
    public long sourceAddress() {
        return Bytes.u48(b, offset + SOURCE);
    }

    /** 6 bytes. */
    public Ethernet source(HardwareAddress address) {
        return put(SOURCE, Ip.mac(address));
    }

    /** As {@code aa:bb:cc:dd:ee:ff}. */
    public Ethernet source(String address) {
        return source(HardwareAddress.parse(address));
    }

    /** An {@code ETH_P_} number, or below {@link #LEAST_TYPE} a length. */
    public int etherType() {
        return u16(TYPE);
    }

    /** An {@code ETH_P_} number. */
    public Ethernet etherType(int type) {
        return put16(TYPE, type, "etherType");
    }

    /** Back to where the other frame came from: its addresses, exchanged. */
    public Ethernet replyTo(Ethernet other) {
        long source = other.sourceAddress();
        Bytes.put48(b, offset + SOURCE, other.destinationAddress());
        Bytes.put48(b, offset + DESTINATION, source);
        return this;
    }

    /** Whether a type is that of a tag of 802.1Q: C-tag, S-tag, or one of those from before the standard. */
    static boolean isTag(int type) {
        return type == 0x8100 || type == 0x88a8 || type == 0x9100 || type == 0x9200;
    }

    static void describe(StringBuilder out, ByteBuffer b, int offset) {
        Ip.textMac(out, b, offset + SOURCE, Ip.MAC).append(" > ");
        Ip.textMac(out, b, offset + DESTINATION, Ip.MAC);
    }
}
