package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * What else to receive: PACKET_ADD_MEMBERSHIP. See
 * <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * <pre>
 *         +------------------+
 *      0  | s32   mr_ifindex |
 *      4  | u16   mr_type    |  PACKET_MR_*
 *      6  | u16   mr_alen    |  bytes of mr_address in use
 *      8  | u8[8] mr_address |
 *     16  +------------------+
 * </pre>
 */
public final class PacketMreq {
    public static final int SIZE = 16;

    public static final int MR_IFINDEX = 0;
    public static final int MR_TYPE = 4;
    public static final int MR_ALEN = 6;
    public static final int MR_ADDRESS = 8;
    public static final int MR_ADDRESS_BYTES = 8;

    private PacketMreq() {}

    public static int mr_ifindex(ByteBuffer b, int o) {
        return b.getInt(o + MR_IFINDEX);
    }

    public static void mr_ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + MR_IFINDEX, value);
    }

    public static int mr_type(ByteBuffer b, int o) {
        return Fields.u16(b, o + MR_TYPE);
    }

    public static void mr_type(ByteBuffer b, int o, int value) {
        b.putShort(o + MR_TYPE, (short) value);
    }

    public static int mr_alen(ByteBuffer b, int o) {
        return Fields.u16(b, o + MR_ALEN);
    }

    public static void mr_alen(ByteBuffer b, int o, int value) {
        b.putShort(o + MR_ALEN, (short) value);
    }

    /** A copy. */
    public static byte[] mr_address(ByteBuffer b, int o) {
        return Fields.bytes(b, o + MR_ADDRESS, MR_ADDRESS_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void mr_address(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + MR_ADDRESS, MR_ADDRESS_BYTES, value);
    }
}
