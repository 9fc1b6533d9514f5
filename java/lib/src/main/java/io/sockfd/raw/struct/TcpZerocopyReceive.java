package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A receive by mapping pages: TCP_ZEROCOPY_RECEIVE. See {@code linux/tcp.h}.
 *
 * <pre>
 *         +---------------------+
 *      0  | u64 address         |  where to map
 *      8  | u32 length          |  bytes; in and out
 *     12  | u32 recv_skip_hint  |  bytes to receive otherwise
 *     16  | u32 inq             |  bytes waiting
 *     20  | s32 err             |
 *     24  | u64 copybuf_address |
 *     32  | s32 copybuf_len     |  in and out
 *     36  | u32 flags           |
 *     40  | u64 msg_control     |
 *     48  | u64 msg_controllen  |
 *     56  | u32 msg_flags       |
 *     60  | u32 reserved        |  0
 *     64  +---------------------+
 * </pre>
 */
public final class TcpZerocopyReceive {
    public static final int SIZE = 64;

    public static final int ADDRESS = 0;
    public static final int LENGTH = 8;
    public static final int RECV_SKIP_HINT = 12;
    public static final int INQ = 16;
    public static final int ERR = 20;
    public static final int COPYBUF_ADDRESS = 24;
    public static final int COPYBUF_LEN = 32;
    public static final int FLAGS = 36;
    public static final int MSG_CONTROL = 40;
    public static final int MSG_CONTROLLEN = 48;
    public static final int MSG_FLAGS = 56;
    public static final int RESERVED = 60;

    private TcpZerocopyReceive() {}

    public static long address(ByteBuffer b, int o) {
        return b.getLong(o + ADDRESS);
    }

    public static void address(ByteBuffer b, int o, long value) {
        b.putLong(o + ADDRESS, value);
    }

    public static int length(ByteBuffer b, int o) {
        return b.getInt(o + LENGTH);
    }

    public static void length(ByteBuffer b, int o, int value) {
        b.putInt(o + LENGTH, value);
    }

    public static int recv_skip_hint(ByteBuffer b, int o) {
        return b.getInt(o + RECV_SKIP_HINT);
    }

    public static void recv_skip_hint(ByteBuffer b, int o, int value) {
        b.putInt(o + RECV_SKIP_HINT, value);
    }

    public static int inq(ByteBuffer b, int o) {
        return b.getInt(o + INQ);
    }

    public static void inq(ByteBuffer b, int o, int value) {
        b.putInt(o + INQ, value);
    }

    public static int err(ByteBuffer b, int o) {
        return b.getInt(o + ERR);
    }

    public static void err(ByteBuffer b, int o, int value) {
        b.putInt(o + ERR, value);
    }

    public static long copybuf_address(ByteBuffer b, int o) {
        return b.getLong(o + COPYBUF_ADDRESS);
    }

    public static void copybuf_address(ByteBuffer b, int o, long value) {
        b.putLong(o + COPYBUF_ADDRESS, value);
    }

    public static int copybuf_len(ByteBuffer b, int o) {
        return b.getInt(o + COPYBUF_LEN);
    }

    public static void copybuf_len(ByteBuffer b, int o, int value) {
        b.putInt(o + COPYBUF_LEN, value);
    }

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putInt(o + FLAGS, value);
    }

    public static long msg_control(ByteBuffer b, int o) {
        return b.getLong(o + MSG_CONTROL);
    }

    public static void msg_control(ByteBuffer b, int o, long value) {
        b.putLong(o + MSG_CONTROL, value);
    }

    public static long msg_controllen(ByteBuffer b, int o) {
        return b.getLong(o + MSG_CONTROLLEN);
    }

    public static void msg_controllen(ByteBuffer b, int o, long value) {
        b.putLong(o + MSG_CONTROLLEN, value);
    }

    public static int msg_flags(ByteBuffer b, int o) {
        return b.getInt(o + MSG_FLAGS);
    }

    public static void msg_flags(ByteBuffer b, int o, int value) {
        b.putInt(o + MSG_FLAGS, value);
    }

    public static int reserved(ByteBuffer b, int o) {
        return b.getInt(o + RESERVED);
    }

    public static void reserved(ByteBuffer b, int o, int value) {
        b.putInt(o + RESERVED, value);
    }
}
