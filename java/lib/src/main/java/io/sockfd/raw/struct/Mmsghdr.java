package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * One message of a batch. See <a href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</a>.
 *
 * <pre>
 *         +-----------------------+
 *      0  | struct msghdr msg_hdr |
 *     56  | u32           msg_len |  bytes sent or received
 *     64  +-----------------------+
 * </pre>
 */
public final class Mmsghdr {
    public static final int SIZE = 64;

    public static final int MSG_HDR = 0;
    public static final int MSG_LEN = 56;

    private Mmsghdr() {}

    public static int msg_len(ByteBuffer b, int o) {
        return b.getInt(o + MSG_LEN);
    }

    public static void msg_len(ByteBuffer b, int o, int value) {
        b.putInt(o + MSG_LEN, value);
    }
}
