package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * An entry of the error queue: IP_RECVERR, IPV6_RECVERR, zero-copy completions. The offender's sockaddr follows at
 * SIZE. See <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>.
 *
 * <pre>
 *         +---------------+
 *      0  | u32 ee_errno  |
 *      4  | u8  ee_origin |  SO_EE_ORIGIN_*
 *      5  | u8  ee_type   |  ICMP type
 *      6  | u8  ee_code   |  ICMP code
 *      7  | u8  ee_pad    |
 *      8  | u32 ee_info   |  MTU, or the first completed send
 *     12  | u32 ee_data   |  the last completed send
 *     16  +---------------+
 * </pre>
 */
public final class SockExtendedErr {
    public static final int SIZE = 16;

    public static final int EE_ERRNO = 0;
    public static final int EE_ORIGIN = 4;
    public static final int EE_TYPE = 5;
    public static final int EE_CODE = 6;
    public static final int EE_PAD = 7;
    public static final int EE_INFO = 8;
    public static final int EE_DATA = 12;

    private SockExtendedErr() {}

    public static int ee_errno(ByteBuffer b, int o) {
        return b.getInt(o + EE_ERRNO);
    }

    public static int ee_origin(ByteBuffer b, int o) {
        return Fields.u8(b, o + EE_ORIGIN);
    }

    public static int ee_type(ByteBuffer b, int o) {
        return Fields.u8(b, o + EE_TYPE);
    }

    public static int ee_code(ByteBuffer b, int o) {
        return Fields.u8(b, o + EE_CODE);
    }

    public static int ee_pad(ByteBuffer b, int o) {
        return Fields.u8(b, o + EE_PAD);
    }

    public static int ee_info(ByteBuffer b, int o) {
        return b.getInt(o + EE_INFO);
    }

    public static int ee_data(ByteBuffer b, int o) {
        return b.getInt(o + EE_DATA);
    }
}
