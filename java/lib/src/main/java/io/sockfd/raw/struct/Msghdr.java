package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A message: address, pieces and ancillary data. See
 * <a href="https://man7.org/linux/man-pages/man2/sendmsg.2.html">sendmsg(2)</a>.
 *
 * <pre>
 *         +--------------------+
 *      0  | ptr msg_name       |  sockaddr, or 0
 *      8  | u32 msg_namelen    |  bytes; in and out
 *     16  | ptr msg_iov        |  struct iovec[]
 *     24  | u64 msg_iovlen     |  elements, at most 1024
 *     32  | ptr msg_control    |  struct cmsghdr ..., or 0
 *     40  | u64 msg_controllen |  bytes; in and out
 *     48  | u32 msg_flags      |  MSG_*, set by recvmsg
 *     56  +--------------------+
 * </pre>
 */
public final class Msghdr {
    public static final int SIZE = 56;

    public static final int MSG_NAME = 0;
    public static final int MSG_NAMELEN = 8;
    public static final int MSG_IOV = 16;
    public static final int MSG_IOVLEN = 24;
    public static final int MSG_CONTROL = 32;
    public static final int MSG_CONTROLLEN = 40;
    public static final int MSG_FLAGS = 48;

    private Msghdr() {}

    public static long msg_name(ByteBuffer b, int o) {
        return b.getLong(o + MSG_NAME);
    }

    public static void msg_name(ByteBuffer b, int o, long value) {
        b.putLong(o + MSG_NAME, value);
    }

    public static int msg_namelen(ByteBuffer b, int o) {
        return b.getInt(o + MSG_NAMELEN);
    }

    public static void msg_namelen(ByteBuffer b, int o, int value) {
        b.putInt(o + MSG_NAMELEN, value);
    }

    public static long msg_iov(ByteBuffer b, int o) {
        return b.getLong(o + MSG_IOV);
    }

    public static void msg_iov(ByteBuffer b, int o, long value) {
        b.putLong(o + MSG_IOV, value);
    }

    public static long msg_iovlen(ByteBuffer b, int o) {
        return b.getLong(o + MSG_IOVLEN);
    }

    public static void msg_iovlen(ByteBuffer b, int o, long value) {
        b.putLong(o + MSG_IOVLEN, value);
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
}
