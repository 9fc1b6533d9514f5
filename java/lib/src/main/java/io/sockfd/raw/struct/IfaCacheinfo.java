package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * How long an address lives: IFA_CACHEINFO. See
 * <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>.
 *
 * <pre>
 *         +------------------+
 *      0  | u32 ifa_prefered |  seconds, -1 for ever
 *      4  | u32 ifa_valid    |  seconds, -1 for ever
 *      8  | u32 cstamp       |  created, 1/100 s since boot
 *     12  | u32 tstamp       |  changed, 1/100 s since boot
 *     16  +------------------+
 * </pre>
 */
public final class IfaCacheinfo {
    public static final int SIZE = 16;

    public static final int IFA_PREFERED = 0;
    public static final int IFA_VALID = 4;
    public static final int CSTAMP = 8;
    public static final int TSTAMP = 12;

    private IfaCacheinfo() {}

    public static long ifa_prefered(ByteBuffer b, int o) {
        return Fields.u32(b, o + IFA_PREFERED);
    }

    public static void ifa_prefered(ByteBuffer b, int o, long value) {
        b.putInt(o + IFA_PREFERED, (int) value);
    }

    public static long ifa_valid(ByteBuffer b, int o) {
        return Fields.u32(b, o + IFA_VALID);
    }

    public static void ifa_valid(ByteBuffer b, int o, long value) {
        b.putInt(o + IFA_VALID, (int) value);
    }

    public static long cstamp(ByteBuffer b, int o) {
        return Fields.u32(b, o + CSTAMP);
    }

    public static void cstamp(ByteBuffer b, int o, long value) {
        b.putInt(o + CSTAMP, (int) value);
    }

    public static long tstamp(ByteBuffer b, int o) {
        return Fields.u32(b, o + TSTAMP);
    }

    public static void tstamp(ByteBuffer b, int o, long value) {
        b.putInt(o + TSTAMP, (int) value);
    }
}
