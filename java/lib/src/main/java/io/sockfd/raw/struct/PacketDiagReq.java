package io.sockfd.raw.struct;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Which packet sockets to list. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <pre>
 *         +-----------------------+
 *      0  | u8     sdiag_family   |  AF_PACKET
 *      1  | u8     sdiag_protocol |  0
 *      2  | u16    pad            |  0
 *      4  | u32    pdiag_ino      |  0
 *      8  | u32    pdiag_show     |  PACKET_SHOW_*
 *     12  | u32[2] pdiag_cookie   |  -1: any
 *     20  +-----------------------+
 * </pre>
 */
public final class PacketDiagReq {
    public static final int SIZE = 20;

    public static final int SDIAG_FAMILY = 0;
    public static final int SDIAG_PROTOCOL = 1;
    public static final int PAD = 2;
    public static final int PDIAG_INO = 4;
    public static final int PDIAG_SHOW = 8;
    public static final int PDIAG_COOKIE = 12;
    public static final int PDIAG_COOKIE_BYTES = 8;

    private PacketDiagReq() {}

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

    public static int pdiag_ino(ByteBuffer b, int o) {
        return b.getInt(o + PDIAG_INO);
    }

    public static void pdiag_ino(ByteBuffer b, int o, int value) {
        b.putInt(o + PDIAG_INO, value);
    }

    public static int pdiag_show(ByteBuffer b, int o) {
        return b.getInt(o + PDIAG_SHOW);
    }

    public static void pdiag_show(ByteBuffer b, int o, int value) {
        b.putInt(o + PDIAG_SHOW, value);
    }

    public static int pdiag_cookie(ByteBuffer b, int o, int index) {
        return b.getInt(o + PDIAG_COOKIE + 4 * Objects.checkIndex(index, PDIAG_COOKIE_BYTES / 4));
    }

    public static void pdiag_cookie(ByteBuffer b, int o, int index, int value) {
        b.putInt(o + PDIAG_COOKIE + 4 * Objects.checkIndex(index, PDIAG_COOKIE_BYTES / 4), value);
    }
}
