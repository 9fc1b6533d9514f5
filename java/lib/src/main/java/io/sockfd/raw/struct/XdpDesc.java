package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A frame in the receive or transmit ring. See {@code linux/if_xdp.h}.
 *
 * <pre>
 *         +-------------+
 *      0  | u64 addr    |  in the umem
 *      8  | u32 len     |  bytes
 *     12  | u32 options |
 *     16  +-------------+
 * </pre>
 */
public final class XdpDesc {
    public static final int SIZE = 16;

    public static final int ADDR = 0;
    public static final int LEN = 8;
    public static final int OPTIONS = 12;

    private XdpDesc() {}

    public static long addr(ByteBuffer b, int o) {
        return b.getLong(o + ADDR);
    }

    public static void addr(ByteBuffer b, int o, long value) {
        b.putLong(o + ADDR, value);
    }

    public static int len(ByteBuffer b, int o) {
        return b.getInt(o + LEN);
    }

    public static void len(ByteBuffer b, int o, int value) {
        b.putInt(o + LEN, value);
    }

    public static int options(ByteBuffer b, int o) {
        return b.getInt(o + OPTIONS);
    }

    public static void options(ByteBuffer b, int o, int value) {
        b.putInt(o + OPTIONS, value);
    }
}
