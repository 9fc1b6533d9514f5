package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A Bluetooth SCO address. See {@code include/bluetooth.h}.
 *
 * <pre>
 *         +------------------+
 *      0  | u16   sco_family |  AF_BLUETOOTH
 *      2  | u8[6] sco_bdaddr |  last octet of the written address first
 *      8  +------------------+
 * </pre>
 */
public final class SockaddrSco {
    public static final int SIZE = 8;

    public static final int SCO_FAMILY = 0;
    public static final int SCO_BDADDR = 2;
    public static final int SCO_BDADDR_BYTES = 6;

    private SockaddrSco() {}

    public static int sco_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + SCO_FAMILY);
    }

    public static void sco_family(ByteBuffer b, int o, int value) {
        b.putShort(o + SCO_FAMILY, (short) value);
    }

    /** A copy. */
    public static byte[] sco_bdaddr(ByteBuffer b, int o) {
        return Fields.bytes(b, o + SCO_BDADDR, SCO_BDADDR_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void sco_bdaddr(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + SCO_BDADDR, SCO_BDADDR_BYTES, value);
    }
}
