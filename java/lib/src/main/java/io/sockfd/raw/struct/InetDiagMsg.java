package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * An Internet socket; attributes follow at SIZE. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <pre>
 *         +---------------------------------------+
 *      0  | u8                      idiag_family  |  AF_INET, AF_INET6
 *      1  | u8                      idiag_state   |  TCP_*
 *      2  | u8                      idiag_timer   |
 *      3  | u8                      idiag_retrans |
 *      4  | struct inet_diag_sockid id            |
 *     52  | u32                     idiag_expires |  milliseconds
 *     56  | u32                     idiag_rqueue  |  bytes, or connections waiting
 *     60  | u32                     idiag_wqueue  |  bytes, or the backlog
 *     64  | u32                     idiag_uid     |
 *     68  | u32                     idiag_inode   |
 *     72  +---------------------------------------+
 * </pre>
 */
public final class InetDiagMsg {
    public static final int SIZE = 72;

    public static final int IDIAG_FAMILY = 0;
    public static final int IDIAG_STATE = 1;
    public static final int IDIAG_TIMER = 2;
    public static final int IDIAG_RETRANS = 3;
    public static final int ID = 4;
    public static final int IDIAG_EXPIRES = 52;
    public static final int IDIAG_RQUEUE = 56;
    public static final int IDIAG_WQUEUE = 60;
    public static final int IDIAG_UID = 64;
    public static final int IDIAG_INODE = 68;

    private InetDiagMsg() {}

    public static int idiag_family(ByteBuffer b, int o) {
        return Fields.u8(b, o + IDIAG_FAMILY);
    }

    public static int idiag_state(ByteBuffer b, int o) {
        return Fields.u8(b, o + IDIAG_STATE);
    }

    public static int idiag_timer(ByteBuffer b, int o) {
        return Fields.u8(b, o + IDIAG_TIMER);
    }

    public static int idiag_retrans(ByteBuffer b, int o) {
        return Fields.u8(b, o + IDIAG_RETRANS);
    }

    public static long idiag_expires(ByteBuffer b, int o) {
        return Fields.u32(b, o + IDIAG_EXPIRES);
    }

    public static long idiag_rqueue(ByteBuffer b, int o) {
        return Fields.u32(b, o + IDIAG_RQUEUE);
    }

    public static long idiag_wqueue(ByteBuffer b, int o) {
        return Fields.u32(b, o + IDIAG_WQUEUE);
    }

    public static int idiag_uid(ByteBuffer b, int o) {
        return b.getInt(o + IDIAG_UID);
    }

    public static int idiag_inode(ByteBuffer b, int o) {
        return b.getInt(o + IDIAG_INODE);
    }
}
