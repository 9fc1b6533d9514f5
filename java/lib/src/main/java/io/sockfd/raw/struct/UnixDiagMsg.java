package io.sockfd.raw.struct;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A UNIX socket; attributes follow at SIZE. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <pre>
 *         +---------------------+
 *      0  | u8     udiag_family |  AF_UNIX
 *      1  | u8     udiag_type   |  SOCK_*
 *      2  | u8     udiag_state  |  TCP_*
 *      3  | u8     pad          |
 *      4  | u32    udiag_ino    |
 *      8  | u32[2] udiag_cookie |
 *     16  +---------------------+
 * </pre>
 */
public final class UnixDiagMsg {
    public static final int SIZE = 16;

    public static final int UDIAG_FAMILY = 0;
    public static final int UDIAG_TYPE = 1;
    public static final int UDIAG_STATE = 2;
    public static final int PAD = 3;
    public static final int UDIAG_INO = 4;
    public static final int UDIAG_COOKIE = 8;
    public static final int UDIAG_COOKIE_BYTES = 8;

    private UnixDiagMsg() {}

    public static int udiag_family(ByteBuffer b, int o) {
        return Fields.u8(b, o + UDIAG_FAMILY);
    }

    public static int udiag_type(ByteBuffer b, int o) {
        return Fields.u8(b, o + UDIAG_TYPE);
    }

    public static int udiag_state(ByteBuffer b, int o) {
        return Fields.u8(b, o + UDIAG_STATE);
    }

    public static int pad(ByteBuffer b, int o) {
        return Fields.u8(b, o + PAD);
    }

    public static int udiag_ino(ByteBuffer b, int o) {
        return b.getInt(o + UDIAG_INO);
    }

    public static int udiag_cookie(ByteBuffer b, int o, int index) {
        return b.getInt(o + UDIAG_COOKIE + 4 * Objects.checkIndex(index, UDIAG_COOKIE_BYTES / 4));
    }
}
