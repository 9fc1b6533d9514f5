package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A Bluetooth RFCOMM address. See {@code include/bluetooth.h}.
 *
 * <pre>
 *         +------------------+
 *      0  | u16   rc_family  |  AF_BLUETOOTH
 *      2  | u8[6] rc_bdaddr  |  last octet of the written address first
 *      8  | u8    rc_channel |  1 to 30
 *     10  +------------------+
 * </pre>
 */
public final class SockaddrRc {
    public static final int SIZE = 10;

    public static final int RC_FAMILY = 0;
    public static final int RC_BDADDR = 2;
    public static final int RC_BDADDR_BYTES = 6;
    public static final int RC_CHANNEL = 8;

    private SockaddrRc() {}

    public static int rc_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + RC_FAMILY);
    }

    public static void rc_family(ByteBuffer b, int o, int value) {
        b.putShort(o + RC_FAMILY, (short) value);
    }

    /** A copy. */
    public static byte[] rc_bdaddr(ByteBuffer b, int o) {
        return Fields.bytes(b, o + RC_BDADDR, RC_BDADDR_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void rc_bdaddr(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + RC_BDADDR, RC_BDADDR_BYTES, value);
    }

    public static int rc_channel(ByteBuffer b, int o) {
        return Fields.u8(b, o + RC_CHANNEL);
    }

    public static void rc_channel(ByteBuffer b, int o, int value) {
        b.put(o + RC_CHANNEL, (byte) value);
    }
}
