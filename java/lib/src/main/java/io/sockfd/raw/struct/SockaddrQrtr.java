package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A Qualcomm IPC router address. See {@code linux/qrtr.h}.
 *
 * <pre>
 *         +---------------+
 *      0  | u16 sq_family |  AF_QIPCRTR
 *      4  | u32 sq_node   |
 *      8  | u32 sq_port   |
 *     12  +---------------+
 * </pre>
 */
public final class SockaddrQrtr {
    public static final int SIZE = 12;

    public static final int SQ_FAMILY = 0;
    public static final int SQ_NODE = 4;
    public static final int SQ_PORT = 8;

    private SockaddrQrtr() {}

    public static int sq_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + SQ_FAMILY);
    }

    public static void sq_family(ByteBuffer b, int o, int value) {
        b.putShort(o + SQ_FAMILY, (short) value);
    }

    public static int sq_node(ByteBuffer b, int o) {
        return b.getInt(o + SQ_NODE);
    }

    public static void sq_node(ByteBuffer b, int o, int value) {
        b.putInt(o + SQ_NODE, value);
    }

    public static int sq_port(ByteBuffer b, int o) {
        return b.getInt(o + SQ_PORT);
    }

    public static void sq_port(ByteBuffer b, int o, int value) {
        b.putInt(o + SQ_PORT, value);
    }
}
