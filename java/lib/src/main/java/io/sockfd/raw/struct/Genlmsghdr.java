package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The head of a generic netlink message. See {@code linux/genetlink.h}.
 *
 * <pre>
 *         +--------------+
 *      0  | u8  cmd      |
 *      1  | u8  version  |
 *      2  | u16 reserved |  0
 *      4  +--------------+
 * </pre>
 */
public final class Genlmsghdr {
    public static final int SIZE = 4;

    public static final int CMD = 0;
    public static final int VERSION = 1;
    public static final int RESERVED = 2;

    private Genlmsghdr() {}

    public static int cmd(ByteBuffer b, int o) {
        return Fields.u8(b, o + CMD);
    }

    public static void cmd(ByteBuffer b, int o, int value) {
        b.put(o + CMD, (byte) value);
    }

    public static int version(ByteBuffer b, int o) {
        return Fields.u8(b, o + VERSION);
    }

    public static void version(ByteBuffer b, int o, int value) {
        b.put(o + VERSION, (byte) value);
    }

    public static int reserved(ByteBuffer b, int o) {
        return Fields.u16(b, o + RESERVED);
    }

    public static void reserved(ByteBuffer b, int o, int value) {
        b.putShort(o + RESERVED, (short) value);
    }
}
