package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Which Internet sockets to list. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <pre>
 *         +----------------------------------------+
 *      0  | u8                      sdiag_family   |  AF_INET, AF_INET6
 *      1  | u8                      sdiag_protocol |  IPPROTO_*
 *      2  | u8                      idiag_ext      |  mask of 1 &lt;&lt; (INET_DIAG_* - 1)
 *      3  | u8                      pad            |
 *      4  | u32                     idiag_states   |  mask of 1 &lt;&lt; TCP_*
 *      8  | struct inet_diag_sockid id             |
 *     56  +----------------------------------------+
 * </pre>
 */
public final class InetDiagReqV2 {
    public static final int SIZE = 56;

    public static final int SDIAG_FAMILY = 0;
    public static final int SDIAG_PROTOCOL = 1;
    public static final int IDIAG_EXT = 2;
    public static final int PAD = 3;
    public static final int IDIAG_STATES = 4;
    public static final int ID = 8;

    private InetDiagReqV2() {}

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

    public static int idiag_ext(ByteBuffer b, int o) {
        return Fields.u8(b, o + IDIAG_EXT);
    }

    public static void idiag_ext(ByteBuffer b, int o, int value) {
        b.put(o + IDIAG_EXT, (byte) value);
    }

    public static int pad(ByteBuffer b, int o) {
        return Fields.u8(b, o + PAD);
    }

    public static void pad(ByteBuffer b, int o, int value) {
        b.put(o + PAD, (byte) value);
    }

    public static int idiag_states(ByteBuffer b, int o) {
        return b.getInt(o + IDIAG_STATES);
    }

    public static void idiag_states(ByteBuffer b, int o, int value) {
        b.putInt(o + IDIAG_STATES, value);
    }
}
