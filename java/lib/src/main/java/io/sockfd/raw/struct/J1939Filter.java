package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Messages to receive: SO_J1939_FILTER. See {@code linux/can/j1939.h}.
 *
 * <pre>
 *         +---------------+
 *      0  | u64 name      |
 *      8  | u64 name_mask |
 *     16  | u32 pgn       |
 *     20  | u32 pgn_mask  |
 *     24  | u8  addr      |
 *     25  | u8  addr_mask |
 *     32  +---------------+
 * </pre>
 */
public final class J1939Filter {
    public static final int SIZE = 32;

    public static final int NAME = 0;
    public static final int NAME_MASK = 8;
    public static final int PGN = 16;
    public static final int PGN_MASK = 20;
    public static final int ADDR = 24;
    public static final int ADDR_MASK = 25;

    private J1939Filter() {}

    public static long name(ByteBuffer b, int o) {
        return b.getLong(o + NAME);
    }

    public static void name(ByteBuffer b, int o, long value) {
        b.putLong(o + NAME, value);
    }

    public static long name_mask(ByteBuffer b, int o) {
        return b.getLong(o + NAME_MASK);
    }

    public static void name_mask(ByteBuffer b, int o, long value) {
        b.putLong(o + NAME_MASK, value);
    }

    public static int pgn(ByteBuffer b, int o) {
        return b.getInt(o + PGN);
    }

    public static void pgn(ByteBuffer b, int o, int value) {
        b.putInt(o + PGN, value);
    }

    public static int pgn_mask(ByteBuffer b, int o) {
        return b.getInt(o + PGN_MASK);
    }

    public static void pgn_mask(ByteBuffer b, int o, int value) {
        b.putInt(o + PGN_MASK, value);
    }

    public static int addr(ByteBuffer b, int o) {
        return Fields.u8(b, o + ADDR);
    }

    public static void addr(ByteBuffer b, int o, int value) {
        b.put(o + ADDR, (byte) value);
    }

    public static int addr_mask(ByteBuffer b, int o) {
        return Fields.u8(b, o + ADDR_MASK);
    }

    public static void addr_mask(ByteBuffer b, int o, int value) {
        b.put(o + ADDR_MASK, (byte) value);
    }
}
