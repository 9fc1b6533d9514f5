package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A result of getaddrinfo, or the hints for it. See
 * <a href="https://man7.org/linux/man-pages/man3/getaddrinfo.3.html">getaddrinfo(3)</a>.
 *
 * <pre>
 *         +------------------+
 *      0  | s32 ai_flags     |  AI_*
 *      4  | s32 ai_family    |  AF_*
 *      8  | s32 ai_socktype  |  SOCK_*
 *     12  | s32 ai_protocol  |  IPPROTO_*
 *     16  | u32 ai_addrlen   |  bytes
 *     24  | ptr ai_addr      |  sockaddr
 *     32  | ptr ai_canonname |  string, or 0
 *     40  | ptr ai_next      |  struct addrinfo, or 0
 *     48  +------------------+
 * </pre>
 */
public final class Addrinfo {
    public static final int SIZE = 48;

    public static final int AI_FLAGS = 0;
    public static final int AI_FAMILY = 4;
    public static final int AI_SOCKTYPE = 8;
    public static final int AI_PROTOCOL = 12;
    public static final int AI_ADDRLEN = 16;
    public static final int AI_ADDR = 24;
    public static final int AI_CANONNAME = 32;
    public static final int AI_NEXT = 40;

    private Addrinfo() {}

    public static int ai_flags(ByteBuffer b, int o) {
        return b.getInt(o + AI_FLAGS);
    }

    public static void ai_flags(ByteBuffer b, int o, int value) {
        b.putInt(o + AI_FLAGS, value);
    }

    public static int ai_family(ByteBuffer b, int o) {
        return b.getInt(o + AI_FAMILY);
    }

    public static void ai_family(ByteBuffer b, int o, int value) {
        b.putInt(o + AI_FAMILY, value);
    }

    public static int ai_socktype(ByteBuffer b, int o) {
        return b.getInt(o + AI_SOCKTYPE);
    }

    public static void ai_socktype(ByteBuffer b, int o, int value) {
        b.putInt(o + AI_SOCKTYPE, value);
    }

    public static int ai_protocol(ByteBuffer b, int o) {
        return b.getInt(o + AI_PROTOCOL);
    }

    public static void ai_protocol(ByteBuffer b, int o, int value) {
        b.putInt(o + AI_PROTOCOL, value);
    }

    public static int ai_addrlen(ByteBuffer b, int o) {
        return b.getInt(o + AI_ADDRLEN);
    }

    public static void ai_addrlen(ByteBuffer b, int o, int value) {
        b.putInt(o + AI_ADDRLEN, value);
    }

    public static long ai_addr(ByteBuffer b, int o) {
        return b.getLong(o + AI_ADDR);
    }

    public static void ai_addr(ByteBuffer b, int o, long value) {
        b.putLong(o + AI_ADDR, value);
    }

    public static long ai_canonname(ByteBuffer b, int o) {
        return b.getLong(o + AI_CANONNAME);
    }

    public static void ai_canonname(ByteBuffer b, int o, long value) {
        b.putLong(o + AI_CANONNAME, value);
    }

    public static long ai_next(ByteBuffer b, int o) {
        return b.getLong(o + AI_NEXT);
    }

    public static void ai_next(ByteBuffer b, int o, long value) {
        b.putLong(o + AI_NEXT, value);
    }
}
