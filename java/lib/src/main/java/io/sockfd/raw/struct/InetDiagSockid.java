package io.sockfd.raw.struct;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The four-tuple of an Internet socket. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
 *
 * <pre>
 *         +---------------------+
 *      0  | be16   idiag_sport  |
 *      2  | be16   idiag_dport  |
 *      4  | u8[16] idiag_src    |  4 or 16 bytes in use
 *     20  | u8[16] idiag_dst    |  4 or 16 bytes in use
 *     36  | u32    idiag_if     |  interface index
 *     40  | u32[2] idiag_cookie |  -1: any
 *     48  +---------------------+
 * </pre>
 */
public final class InetDiagSockid {
    public static final int SIZE = 48;

    public static final int IDIAG_SPORT = 0;
    public static final int IDIAG_DPORT = 2;
    public static final int IDIAG_SRC = 4;
    public static final int IDIAG_SRC_BYTES = 16;
    public static final int IDIAG_DST = 20;
    public static final int IDIAG_DST_BYTES = 16;
    public static final int IDIAG_IF = 36;
    public static final int IDIAG_COOKIE = 40;
    public static final int IDIAG_COOKIE_BYTES = 8;

    private InetDiagSockid() {}

    public static int idiag_sport(ByteBuffer b, int o) {
        return Fields.be16(b, o + IDIAG_SPORT);
    }

    public static void idiag_sport(ByteBuffer b, int o, int value) {
        Fields.be16(b, o + IDIAG_SPORT, value);
    }

    public static int idiag_dport(ByteBuffer b, int o) {
        return Fields.be16(b, o + IDIAG_DPORT);
    }

    public static void idiag_dport(ByteBuffer b, int o, int value) {
        Fields.be16(b, o + IDIAG_DPORT, value);
    }

    /** A copy. */
    public static byte[] idiag_src(ByteBuffer b, int o) {
        return Fields.bytes(b, o + IDIAG_SRC, IDIAG_SRC_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void idiag_src(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + IDIAG_SRC, IDIAG_SRC_BYTES, value);
    }

    /** A copy. */
    public static byte[] idiag_dst(ByteBuffer b, int o) {
        return Fields.bytes(b, o + IDIAG_DST, IDIAG_DST_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void idiag_dst(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + IDIAG_DST, IDIAG_DST_BYTES, value);
    }

    public static int idiag_if(ByteBuffer b, int o) {
        return b.getInt(o + IDIAG_IF);
    }

    public static void idiag_if(ByteBuffer b, int o, int value) {
        b.putInt(o + IDIAG_IF, value);
    }

    public static int idiag_cookie(ByteBuffer b, int o, int index) {
        return b.getInt(o + IDIAG_COOKIE + 4 * Objects.checkIndex(index, IDIAG_COOKIE_BYTES / 4));
    }

    public static void idiag_cookie(ByteBuffer b, int o, int index, int value) {
        b.putInt(o + IDIAG_COOKIE + 4 * Objects.checkIndex(index, IDIAG_COOKIE_BYTES / 4), value);
    }
}
