package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A CAN interface and, for the transport protocols, the address on the bus. See {@code linux/can.h}.
 *
 * <pre>
 *         +-----------------+
 *      0  | u16 can_family  |  AF_CAN
 *      4  | s32 can_ifindex |  0: every interface
 *      8  | u32 rx_id       |  ISOTP
 *     12  | u32 tx_id       |  ISOTP
 *      8  | u64 name        |  or: J1939
 *     16  | u32 pgn         |  J1939
 *     20  | u8  addr        |  J1939
 *     24  +-----------------+
 * </pre>
 */
public final class SockaddrCan {
    public static final int SIZE = 24;

    public static final int CAN_FAMILY = 0;
    public static final int CAN_IFINDEX = 4;
    public static final int RX_ID = 8;
    public static final int TX_ID = 12;
    public static final int NAME = 8;
    public static final int PGN = 16;
    public static final int ADDR = 20;

    private SockaddrCan() {}

    public static int can_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + CAN_FAMILY);
    }

    public static void can_family(ByteBuffer b, int o, int value) {
        b.putShort(o + CAN_FAMILY, (short) value);
    }

    public static int can_ifindex(ByteBuffer b, int o) {
        return b.getInt(o + CAN_IFINDEX);
    }

    public static void can_ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + CAN_IFINDEX, value);
    }

    public static int rx_id(ByteBuffer b, int o) {
        return b.getInt(o + RX_ID);
    }

    public static void rx_id(ByteBuffer b, int o, int value) {
        b.putInt(o + RX_ID, value);
    }

    public static int tx_id(ByteBuffer b, int o) {
        return b.getInt(o + TX_ID);
    }

    public static void tx_id(ByteBuffer b, int o, int value) {
        b.putInt(o + TX_ID, value);
    }

    public static long name(ByteBuffer b, int o) {
        return b.getLong(o + NAME);
    }

    public static void name(ByteBuffer b, int o, long value) {
        b.putLong(o + NAME, value);
    }

    public static int pgn(ByteBuffer b, int o) {
        return b.getInt(o + PGN);
    }

    public static void pgn(ByteBuffer b, int o, int value) {
        b.putInt(o + PGN, value);
    }

    public static int addr(ByteBuffer b, int o) {
        return Fields.u8(b, o + ADDR);
    }

    public static void addr(ByteBuffer b, int o, int value) {
        b.put(o + ADDR, (byte) value);
    }
}
