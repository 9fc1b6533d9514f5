package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A link-layer address. See <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
 *
 * <pre>
 *         +--------------------+
 *      0  | u16   sll_family   |  AF_PACKET
 *      2  | be16  sll_protocol |  ETH_P_*
 *      4  | s32   sll_ifindex  |  0: every interface
 *      8  | u16   sll_hatype   |  ARPHRD_*, set by the kernel
 *     10  | u8    sll_pkttype  |  PACKET_HOST ..., set by the kernel
 *     11  | u8    sll_halen    |  bytes of sll_addr in use
 *     12  | u8[8] sll_addr     |
 *     20  +--------------------+
 * </pre>
 */
public final class SockaddrLl {
    public static final int SIZE = 20;

    public static final int SLL_FAMILY = 0;
    public static final int SLL_PROTOCOL = 2;
    public static final int SLL_IFINDEX = 4;
    public static final int SLL_HATYPE = 8;
    public static final int SLL_PKTTYPE = 10;
    public static final int SLL_HALEN = 11;
    public static final int SLL_ADDR = 12;
    public static final int SLL_ADDR_BYTES = 8;

    private SockaddrLl() {}

    public static int sll_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + SLL_FAMILY);
    }

    public static void sll_family(ByteBuffer b, int o, int value) {
        b.putShort(o + SLL_FAMILY, (short) value);
    }

    public static int sll_protocol(ByteBuffer b, int o) {
        return Fields.be16(b, o + SLL_PROTOCOL);
    }

    public static void sll_protocol(ByteBuffer b, int o, int value) {
        Fields.be16(b, o + SLL_PROTOCOL, value);
    }

    public static int sll_ifindex(ByteBuffer b, int o) {
        return b.getInt(o + SLL_IFINDEX);
    }

    public static void sll_ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + SLL_IFINDEX, value);
    }

    public static int sll_hatype(ByteBuffer b, int o) {
        return Fields.u16(b, o + SLL_HATYPE);
    }

    public static void sll_hatype(ByteBuffer b, int o, int value) {
        b.putShort(o + SLL_HATYPE, (short) value);
    }

    public static int sll_pkttype(ByteBuffer b, int o) {
        return Fields.u8(b, o + SLL_PKTTYPE);
    }

    public static void sll_pkttype(ByteBuffer b, int o, int value) {
        b.put(o + SLL_PKTTYPE, (byte) value);
    }

    public static int sll_halen(ByteBuffer b, int o) {
        return Fields.u8(b, o + SLL_HALEN);
    }

    public static void sll_halen(ByteBuffer b, int o, int value) {
        b.put(o + SLL_HALEN, (byte) value);
    }

    /** A copy. */
    public static byte[] sll_addr(ByteBuffer b, int o) {
        return Fields.bytes(b, o + SLL_ADDR, SLL_ADDR_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void sll_addr(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + SLL_ADDR, SLL_ADDR_BYTES, value);
    }
}
