package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The head of one ancillary message; its data follows at SIZE. See
 * <a href="https://man7.org/linux/man-pages/man3/cmsg.3.html">cmsg(3)</a>.
 *
 * <pre>
 *         +----------------+
 *      0  | u64 cmsg_len   |  bytes, this head included
 *      8  | s32 cmsg_level |  SOL_*, IPPROTO_*
 *     12  | s32 cmsg_type  |  SCM_*, IP_* ...
 *     16  +----------------+
 * </pre>
 */
public final class Cmsghdr {
    public static final int SIZE = 16;

    public static final int CMSG_LEN = 0;
    public static final int CMSG_LEVEL = 8;
    public static final int CMSG_TYPE = 12;

    private Cmsghdr() {}

    public static long cmsg_len(ByteBuffer b, int o) {
        return b.getLong(o + CMSG_LEN);
    }

    public static void cmsg_len(ByteBuffer b, int o, long value) {
        b.putLong(o + CMSG_LEN, value);
    }

    public static int cmsg_level(ByteBuffer b, int o) {
        return b.getInt(o + CMSG_LEVEL);
    }

    public static void cmsg_level(ByteBuffer b, int o, int value) {
        b.putInt(o + CMSG_LEVEL, value);
    }

    public static int cmsg_type(ByteBuffer b, int o) {
        return b.getInt(o + CMSG_TYPE);
    }

    public static void cmsg_type(ByteBuffer b, int o, int value) {
        b.putInt(o + CMSG_TYPE, value);
    }

    /** C's CMSG_LEN: what cmsg_len must be for that many bytes of data. */
    public static int cmsg_len(int dataBytes) {
        return SIZE + dataBytes;
    }

    /** C's CMSG_SPACE: the room that many bytes of data take, padding included. */
    public static int cmsg_space(int dataBytes) {
        return SIZE + cmsg_align(dataBytes);
    }

    /** C's CMSG_ALIGN: where the next head may begin. */
    public static int cmsg_align(int bytes) {
        return (bytes + 7) & -8;
    }
}
