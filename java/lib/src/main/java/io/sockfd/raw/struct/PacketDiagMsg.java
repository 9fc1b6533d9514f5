package io.sockfd.raw.struct;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A packet socket; attributes follow at SIZE. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <pre>
 *         +---------------------+
 *      0  | u8     pdiag_family |  AF_PACKET
 *      1  | u8     pdiag_type   |  SOCK_*
 *      2  | u16    pdiag_num    |  ETH_P_*, host order
 *      4  | u32    pdiag_ino    |
 *      8  | u32[2] pdiag_cookie |
 *     16  +---------------------+
 * </pre>
 */
public final class PacketDiagMsg {
    public static final int SIZE = 16;

    public static final int PDIAG_FAMILY = 0;
    public static final int PDIAG_TYPE = 1;
    public static final int PDIAG_NUM = 2;
    public static final int PDIAG_INO = 4;
    public static final int PDIAG_COOKIE = 8;
    public static final int PDIAG_COOKIE_BYTES = 8;

    private PacketDiagMsg() {}

    public static int pdiag_family(ByteBuffer b, int o) {
        return Fields.u8(b, o + PDIAG_FAMILY);
    }

    public static int pdiag_type(ByteBuffer b, int o) {
        return Fields.u8(b, o + PDIAG_TYPE);
    }

    public static int pdiag_num(ByteBuffer b, int o) {
        return Fields.u16(b, o + PDIAG_NUM);
    }

    public static int pdiag_ino(ByteBuffer b, int o) {
        return b.getInt(o + PDIAG_INO);
    }

    public static int pdiag_cookie(ByteBuffer b, int o, int index) {
        return b.getInt(o + PDIAG_COOKIE + 4 * Objects.checkIndex(index, PDIAG_COOKIE_BYTES / 4));
    }
}
