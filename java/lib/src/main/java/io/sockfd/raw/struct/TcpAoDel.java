package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A key to delete: TCP_AO_DEL_KEY, Linux 6.7. See {@code include/newer_structs.h}.
 *
 * <pre>
 *         +-------------------------------------+
 *      0  | struct sockaddr_storage addr        |
 *    128  | s32                     ifindex     |  with TCP_AO_KEYF_IFINDEX
 *    132  | u32                     flags       |  bit fields set_current, set_rnext, del_async
 *    136  | u16                     reserved2   |  0
 *    138  | u8                      prefix      |  bits
 *    139  | u8                      sndid       |
 *    140  | u8                      rcvid       |
 *    141  | u8                      current_key |  with set_current
 *    142  | u8                      rnext       |  with set_rnext
 *    143  | u8                      keyflags    |  TCP_AO_KEYF_*
 *    144  +-------------------------------------+
 * </pre>
 */
public final class TcpAoDel {
    public static final int SIZE = 144;

    public static final int ADDR = 0;
    public static final int IFINDEX = 128;
    public static final int FLAGS = 132;
    public static final int RESERVED2 = 136;
    public static final int PREFIX = 138;
    public static final int SNDID = 139;
    public static final int RCVID = 140;
    public static final int CURRENT_KEY = 141;
    public static final int RNEXT = 142;
    public static final int KEYFLAGS = 143;

    private TcpAoDel() {}

    public static int ifindex(ByteBuffer b, int o) {
        return b.getInt(o + IFINDEX);
    }

    public static void ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + IFINDEX, value);
    }

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putInt(o + FLAGS, value);
    }

    public static int reserved2(ByteBuffer b, int o) {
        return Fields.u16(b, o + RESERVED2);
    }

    public static void reserved2(ByteBuffer b, int o, int value) {
        b.putShort(o + RESERVED2, (short) value);
    }

    public static int prefix(ByteBuffer b, int o) {
        return Fields.u8(b, o + PREFIX);
    }

    public static void prefix(ByteBuffer b, int o, int value) {
        b.put(o + PREFIX, (byte) value);
    }

    public static int sndid(ByteBuffer b, int o) {
        return Fields.u8(b, o + SNDID);
    }

    public static void sndid(ByteBuffer b, int o, int value) {
        b.put(o + SNDID, (byte) value);
    }

    public static int rcvid(ByteBuffer b, int o) {
        return Fields.u8(b, o + RCVID);
    }

    public static void rcvid(ByteBuffer b, int o, int value) {
        b.put(o + RCVID, (byte) value);
    }

    public static int current_key(ByteBuffer b, int o) {
        return Fields.u8(b, o + CURRENT_KEY);
    }

    public static void current_key(ByteBuffer b, int o, int value) {
        b.put(o + CURRENT_KEY, (byte) value);
    }

    public static int rnext(ByteBuffer b, int o) {
        return Fields.u8(b, o + RNEXT);
    }

    public static void rnext(ByteBuffer b, int o, int value) {
        b.put(o + RNEXT, (byte) value);
    }

    public static int keyflags(ByteBuffer b, int o) {
        return Fields.u8(b, o + KEYFLAGS);
    }

    public static void keyflags(ByteBuffer b, int o, int value) {
        b.put(o + KEYFLAGS, (byte) value);
    }

    /** 1: current_key takes over. */
    public static int set_current(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 0, 1);
    }

    public static void set_current(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 0, value);
    }

    /** 1: rnext takes over. */
    public static int set_rnext(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 1, 1);
    }

    public static void set_rnext(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 1, value);
    }

    /** 1: for a listening socket, without waiting for its users. */
    public static int del_async(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 2, 1);
    }

    public static void del_async(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 2, value);
    }
}
