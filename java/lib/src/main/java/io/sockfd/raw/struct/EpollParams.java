package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * How an epoll instance polls the network devices itself before it waits: EPIOCSPARAMS and EPIOCGPARAMS, Linux 6.9. The
 * byte of padding must be zero. See <a href="https://man7.org/linux/man-pages/man2/ioctl_eventpoll.2.html">ioctl_eventpoll(2)</a>.
 *
 * <pre>
 *         +----------------------+
 *      0  | u32 busy_poll_usecs  |  microseconds
 *      4  | u16 busy_poll_budget |  packets
 *      6  | u8  prefer_busy_poll |  0 or 1
 *      8  +----------------------+
 * </pre>
 */
public final class EpollParams {
    public static final int SIZE = 8;

    public static final int BUSY_POLL_USECS = 0;
    public static final int BUSY_POLL_BUDGET = 4;
    public static final int PREFER_BUSY_POLL = 6;

    private EpollParams() {}

    public static int busy_poll_usecs(ByteBuffer b, int o) {
        return b.getInt(o + BUSY_POLL_USECS);
    }

    public static void busy_poll_usecs(ByteBuffer b, int o, int value) {
        b.putInt(o + BUSY_POLL_USECS, value);
    }

    public static int busy_poll_budget(ByteBuffer b, int o) {
        return Fields.u16(b, o + BUSY_POLL_BUDGET);
    }

    public static void busy_poll_budget(ByteBuffer b, int o, int value) {
        b.putShort(o + BUSY_POLL_BUDGET, (short) value);
    }

    public static int prefer_busy_poll(ByteBuffer b, int o) {
        return Fields.u8(b, o + PREFER_BUSY_POLL);
    }

    public static void prefer_busy_poll(ByteBuffer b, int o, int value) {
        b.put(o + PREFER_BUSY_POLL, (byte) value);
    }
}
