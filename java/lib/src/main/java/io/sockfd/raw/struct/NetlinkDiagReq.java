package io.sockfd.raw.struct;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Which netlink sockets to list. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <pre>
 *         +-----------------------+
 *      0  | u8     sdiag_family   |  AF_NETLINK
 *      1  | u8     sdiag_protocol |  NETLINK_*, NDIAG_PROTO_ALL
 *      2  | u16    pad            |  0
 *      4  | u32    ndiag_ino      |  0
 *      8  | u32    ndiag_show     |  NDIAG_SHOW_*
 *     12  | u32[2] ndiag_cookie   |  -1: any
 *     20  +-----------------------+
 * </pre>
 */
public final class NetlinkDiagReq {
    public static final int SIZE = 20;

    public static final int SDIAG_FAMILY = 0;
    public static final int SDIAG_PROTOCOL = 1;
    public static final int PAD = 2;
    public static final int NDIAG_INO = 4;
    public static final int NDIAG_SHOW = 8;
    public static final int NDIAG_COOKIE = 12;
    public static final int NDIAG_COOKIE_BYTES = 8;

    private NetlinkDiagReq() {}

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

    public static int ndiag_ino(ByteBuffer b, int o) {
        return b.getInt(o + NDIAG_INO);
    }

    public static void ndiag_ino(ByteBuffer b, int o, int value) {
        b.putInt(o + NDIAG_INO, value);
    }

    public static int ndiag_show(ByteBuffer b, int o) {
        return b.getInt(o + NDIAG_SHOW);
    }

    public static void ndiag_show(ByteBuffer b, int o, int value) {
        b.putInt(o + NDIAG_SHOW, value);
    }

    public static int ndiag_cookie(ByteBuffer b, int o, int index) {
        return b.getInt(o + NDIAG_COOKIE + 4 * Objects.checkIndex(index, NDIAG_COOKIE_BYTES / 4));
    }

    public static void ndiag_cookie(ByteBuffer b, int o, int index, int value) {
        b.putInt(o + NDIAG_COOKIE + 4 * Objects.checkIndex(index, NDIAG_COOKIE_BYTES / 4), value);
    }
}
