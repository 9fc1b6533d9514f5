package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * CAN_ISOTP_LL_OPTS. See {@code linux/can/isotp.h}.
 *
 * <pre>
 *         +-------------+
 *      0  | u8 mtu      |  CAN_MTU, CANFD_MTU
 *      1  | u8 tx_dl    |  bytes
 *      2  | u8 tx_flags |  CANFD_*
 *      3  +-------------+
 * </pre>
 */
public final class CanIsotpLlOptions {
    public static final int SIZE = 3;

    public static final int MTU = 0;
    public static final int TX_DL = 1;
    public static final int TX_FLAGS = 2;

    private CanIsotpLlOptions() {}

    public static int mtu(ByteBuffer b, int o) {
        return Fields.u8(b, o + MTU);
    }

    public static void mtu(ByteBuffer b, int o, int value) {
        b.put(o + MTU, (byte) value);
    }

    public static int tx_dl(ByteBuffer b, int o) {
        return Fields.u8(b, o + TX_DL);
    }

    public static void tx_dl(ByteBuffer b, int o, int value) {
        b.put(o + TX_DL, (byte) value);
    }

    public static int tx_flags(ByteBuffer b, int o) {
        return Fields.u8(b, o + TX_FLAGS);
    }

    public static void tx_flags(ByteBuffer b, int o, int value) {
        b.put(o + TX_FLAGS, (byte) value);
    }
}
