package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The head of a netlink message; its payload follows at SIZE. See
 * <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>.
 *
 * <pre>
 *         +-----------------+
 *      0  | u32 nlmsg_len   |  bytes, this head included
 *      4  | u16 nlmsg_type  |  NLMSG_*, RTM_* ...
 *      6  | u16 nlmsg_flags |  NLM_F_*
 *      8  | u32 nlmsg_seq   |
 *     12  | u32 nlmsg_pid   |  port id of the sender
 *     16  +-----------------+
 * </pre>
 */
public final class Nlmsghdr {
    public static final int SIZE = 16;

    public static final int NLMSG_LEN = 0;
    public static final int NLMSG_TYPE = 4;
    public static final int NLMSG_FLAGS = 6;
    public static final int NLMSG_SEQ = 8;
    public static final int NLMSG_PID = 12;

    private Nlmsghdr() {}

    public static int nlmsg_len(ByteBuffer b, int o) {
        return b.getInt(o + NLMSG_LEN);
    }

    public static void nlmsg_len(ByteBuffer b, int o, int value) {
        b.putInt(o + NLMSG_LEN, value);
    }

    public static int nlmsg_type(ByteBuffer b, int o) {
        return Fields.u16(b, o + NLMSG_TYPE);
    }

    public static void nlmsg_type(ByteBuffer b, int o, int value) {
        b.putShort(o + NLMSG_TYPE, (short) value);
    }

    public static int nlmsg_flags(ByteBuffer b, int o) {
        return Fields.u16(b, o + NLMSG_FLAGS);
    }

    public static void nlmsg_flags(ByteBuffer b, int o, int value) {
        b.putShort(o + NLMSG_FLAGS, (short) value);
    }

    public static int nlmsg_seq(ByteBuffer b, int o) {
        return b.getInt(o + NLMSG_SEQ);
    }

    public static void nlmsg_seq(ByteBuffer b, int o, int value) {
        b.putInt(o + NLMSG_SEQ, value);
    }

    public static int nlmsg_pid(ByteBuffer b, int o) {
        return b.getInt(o + NLMSG_PID);
    }

    public static void nlmsg_pid(ByteBuffer b, int o, int value) {
        b.putInt(o + NLMSG_PID, value);
    }
}
