package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The head of a netlink attribute; its payload follows at SIZE. See
 * <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>.
 *
 * <pre>
 *         +--------------+
 *      0  | u16 nla_len  |  bytes, this head included
 *      2  | u16 nla_type |  and NLA_F_*
 *      4  +--------------+
 * </pre>
 */
public final class Nlattr {
    public static final int SIZE = 4;

    public static final int NLA_LEN = 0;
    public static final int NLA_TYPE = 2;

    private Nlattr() {}

    public static int nla_len(ByteBuffer b, int o) {
        return Fields.u16(b, o + NLA_LEN);
    }

    public static void nla_len(ByteBuffer b, int o, int value) {
        b.putShort(o + NLA_LEN, (short) value);
    }

    public static int nla_type(ByteBuffer b, int o) {
        return Fields.u16(b, o + NLA_TYPE);
    }

    public static void nla_type(ByteBuffer b, int o, int value) {
        b.putShort(o + NLA_TYPE, (short) value);
    }
}
