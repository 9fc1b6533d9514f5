package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The payload of NLMSG_ERROR. See <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>.
 *
 * <pre>
 *         +-----------------------+
 *      0  | s32             error |  0, or -errno
 *      4  | struct nlmsghdr msg   |  the message that failed
 *     20  +-----------------------+
 * </pre>
 */
public final class Nlmsgerr {
    public static final int SIZE = 20;

    public static final int ERROR = 0;
    public static final int MSG = 4;

    private Nlmsgerr() {}

    public static int error(ByteBuffer b, int o) {
        return b.getInt(o + ERROR);
    }
}
