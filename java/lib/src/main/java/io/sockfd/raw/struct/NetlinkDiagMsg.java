package io.sockfd.raw.struct;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A netlink socket; attributes follow at SIZE. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <pre>
 *         +-------------------------+
 *      0  | u8     ndiag_family     |  AF_NETLINK
 *      1  | u8     ndiag_type       |  SOCK_*
 *      2  | u8     ndiag_protocol   |  NETLINK_*
 *      3  | u8     ndiag_state      |  NETLINK_CONNECTED, NETLINK_UNCONNECTED
 *      4  | u32    ndiag_portid     |
 *      8  | u32    ndiag_dst_portid |
 *     12  | u32    ndiag_dst_group  |
 *     16  | u32    ndiag_ino        |  0 for the kernel's own
 *     20  | u32[2] ndiag_cookie     |
 *     28  +-------------------------+
 * </pre>
 */
public final class NetlinkDiagMsg {
    public static final int SIZE = 28;

    public static final int NDIAG_FAMILY = 0;
    public static final int NDIAG_TYPE = 1;
    public static final int NDIAG_PROTOCOL = 2;
    public static final int NDIAG_STATE = 3;
    public static final int NDIAG_PORTID = 4;
    public static final int NDIAG_DST_PORTID = 8;
    public static final int NDIAG_DST_GROUP = 12;
    public static final int NDIAG_INO = 16;
    public static final int NDIAG_COOKIE = 20;
    public static final int NDIAG_COOKIE_BYTES = 8;

    private NetlinkDiagMsg() {}

    public static int ndiag_family(ByteBuffer b, int o) {
        return Fields.u8(b, o + NDIAG_FAMILY);
    }

    public static int ndiag_type(ByteBuffer b, int o) {
        return Fields.u8(b, o + NDIAG_TYPE);
    }

    public static int ndiag_protocol(ByteBuffer b, int o) {
        return Fields.u8(b, o + NDIAG_PROTOCOL);
    }

    public static int ndiag_state(ByteBuffer b, int o) {
        return Fields.u8(b, o + NDIAG_STATE);
    }

    public static int ndiag_portid(ByteBuffer b, int o) {
        return b.getInt(o + NDIAG_PORTID);
    }

    public static int ndiag_dst_portid(ByteBuffer b, int o) {
        return b.getInt(o + NDIAG_DST_PORTID);
    }

    public static int ndiag_dst_group(ByteBuffer b, int o) {
        return b.getInt(o + NDIAG_DST_GROUP);
    }

    public static int ndiag_ino(ByteBuffer b, int o) {
        return b.getInt(o + NDIAG_INO);
    }

    public static int ndiag_cookie(ByteBuffer b, int o, int index) {
        return b.getInt(o + NDIAG_COOKIE + 4 * Objects.checkIndex(index, NDIAG_COOKIE_BYTES / 4));
    }
}
