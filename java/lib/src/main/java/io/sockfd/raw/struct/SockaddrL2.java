package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A Bluetooth L2CAP address. See {@code include/bluetooth.h}.
 *
 * <p>In memory the {@code le} fields are little-endian; the accessors take and give host order.
 *
 * <pre>
 *         +----------------------+
 *      0  | u16   l2_family      |  AF_BLUETOOTH
 *      2  | le16  l2_psm         |
 *      4  | u8[6] l2_bdaddr      |  last octet of the written address first
 *     10  | le16  l2_cid         |
 *     12  | u8    l2_bdaddr_type |  BDADDR_*
 *     14  +----------------------+
 * </pre>
 */
public final class SockaddrL2 {
    public static final int SIZE = 14;

    public static final int L2_FAMILY = 0;
    public static final int L2_PSM = 2;
    public static final int L2_BDADDR = 4;
    public static final int L2_BDADDR_BYTES = 6;
    public static final int L2_CID = 10;
    public static final int L2_BDADDR_TYPE = 12;

    private SockaddrL2() {}

    public static int l2_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + L2_FAMILY);
    }

    public static void l2_family(ByteBuffer b, int o, int value) {
        b.putShort(o + L2_FAMILY, (short) value);
    }

    public static int l2_psm(ByteBuffer b, int o) {
        return Fields.le16(b, o + L2_PSM);
    }

    public static void l2_psm(ByteBuffer b, int o, int value) {
        Fields.le16(b, o + L2_PSM, value);
    }

    /** A copy. */
    public static byte[] l2_bdaddr(ByteBuffer b, int o) {
        return Fields.bytes(b, o + L2_BDADDR, L2_BDADDR_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void l2_bdaddr(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + L2_BDADDR, L2_BDADDR_BYTES, value);
    }

    public static int l2_cid(ByteBuffer b, int o) {
        return Fields.le16(b, o + L2_CID);
    }

    public static void l2_cid(ByteBuffer b, int o, int value) {
        Fields.le16(b, o + L2_CID, value);
    }

    public static int l2_bdaddr_type(ByteBuffer b, int o) {
        return Fields.u8(b, o + L2_BDADDR_TYPE);
    }

    public static void l2_bdaddr_type(ByteBuffer b, int o, int value) {
        b.put(o + L2_BDADDR_TYPE, (byte) value);
    }
}
