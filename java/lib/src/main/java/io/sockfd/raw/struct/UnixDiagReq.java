package io.sockfd.raw.struct;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Which UNIX sockets to list. See <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <pre>
 *         +-----------------------+
 *      0  | u8     sdiag_family   |  AF_UNIX
 *      1  | u8     sdiag_protocol |  0
 *      2  | u16    pad            |  0
 *      4  | u32    udiag_states   |  mask of 1 &lt;&lt; TCP_*
 *      8  | u32    udiag_ino      |  0: all
 *     12  | u32    udiag_show     |  UDIAG_SHOW_*
 *     16  | u32[2] udiag_cookie   |  -1: any
 *     24  +-----------------------+
 * </pre>
 */
public final class UnixDiagReq {
    public static final int SIZE = 24;

    public static final int SDIAG_FAMILY = 0;
    public static final int SDIAG_PROTOCOL = 1;
    public static final int PAD = 2;
    public static final int UDIAG_STATES = 4;
    public static final int UDIAG_INO = 8;
    public static final int UDIAG_SHOW = 12;
    public static final int UDIAG_COOKIE = 16;
    public static final int UDIAG_COOKIE_BYTES = 8;

    private UnixDiagReq() {}

    public static int sdiag_family(ByteBuffer b, int o) {
        return Fields.u8(b, o + SDIAG_FAMILY);
    }

    public static void sdiag_family(ByteBuffer b, int o, int value) {
        b.put(o + SDIAG_FAMILY, (byte) value);
    }

    public static int sdiag_protocol(ByteBuffer b, int o) {
        return Fields.u8(b, o + SDIAG_PROTOCOL);
    }

    public static void sdiag_protocol(ByteBuffer b, int o, int value) {
        b.put(o + SDIAG_PROTOCOL, (byte) value);
    }

    public static int pad(ByteBuffer b, int o) {
        return Fields.u16(b, o + PAD);
    }

    public static void pad(ByteBuffer b, int o, int value) {
        b.putShort(o + PAD, (short) value);
    }

    public static int udiag_states(ByteBuffer b, int o) {
        return b.getInt(o + UDIAG_STATES);
    }

    public static void udiag_states(ByteBuffer b, int o, int value) {
        b.putInt(o + UDIAG_STATES, value);
    }

    public static int udiag_ino(ByteBuffer b, int o) {
        return b.getInt(o + UDIAG_INO);
    }

    public static void udiag_ino(ByteBuffer b, int o, int value) {
        b.putInt(o + UDIAG_INO, value);
    }

    public static int udiag_show(ByteBuffer b, int o) {
        return b.getInt(o + UDIAG_SHOW);
    }

    public static void udiag_show(ByteBuffer b, int o, int value) {
        b.putInt(o + UDIAG_SHOW, value);
    }

    public static int udiag_cookie(ByteBuffer b, int o, int index) {
        return b.getInt(o + UDIAG_COOKIE + 4 * Objects.checkIndex(index, UDIAG_COOKIE_BYTES / 4));
    }

    public static void udiag_cookie(ByteBuffer b, int o, int index, int value) {
        b.putInt(o + UDIAG_COOKIE + 4 * Objects.checkIndex(index, UDIAG_COOKIE_BYTES / 4), value);
    }
}
