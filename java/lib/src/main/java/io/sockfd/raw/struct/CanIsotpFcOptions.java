package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * CAN_ISOTP_RECV_FC. See {@code linux/can/isotp.h}.
 *
 * <pre>
 *         +-----------+
 *      0  | u8 bs     |  frames in a block; 0: no limit
 *      1  | u8 stmin  |  0 to 0x7f milliseconds, 0xf1 to 0xf9 hundreds of microseconds
 *      2  | u8 wftmax |
 *      3  +-----------+
 * </pre>
 */
public final class CanIsotpFcOptions {
    public static final int SIZE = 3;

    public static final int BS = 0;
    public static final int STMIN = 1;
    public static final int WFTMAX = 2;

    private CanIsotpFcOptions() {}

    public static int bs(ByteBuffer b, int o) {
        return Fields.u8(b, o + BS);
    }

    public static void bs(ByteBuffer b, int o, int value) {
        b.put(o + BS, (byte) value);
    }

    public static int stmin(ByteBuffer b, int o) {
        return Fields.u8(b, o + STMIN);
    }

    public static void stmin(ByteBuffer b, int o, int value) {
        b.put(o + STMIN, (byte) value);
    }

    public static int wftmax(ByteBuffer b, int o) {
        return Fields.u8(b, o + WFTMAX);
    }

    public static void wftmax(ByteBuffer b, int o, int value) {
        b.put(o + WFTMAX, (byte) value);
    }
}
