package io.sockfd.raw.struct;

import io.sockfd.raw.Arch;
import java.nio.ByteBuffer;

/**
 * An event and the caller's 64 bits. Packed on x86_64 only: data is at 4 there, at 8 elsewhere. See
 * <a href="https://man7.org/linux/man-pages/man2/epoll_ctl.2.html">epoll_ctl(2)</a>.
 *
 * <pre>
 *         +------------+
 *      0  | u32 events |  EPOLL*
 *    4|8  | u64 data   |
 *   12|16 +------------+
 * </pre>
 */
public final class EpollEvent {
    public static final int SIZE = Arch.current().equals("x86_64") ? 12 : 16;

    public static final int EVENTS = 0;
    public static final int DATA = SIZE - 8;

    private EpollEvent() {}

    public static int events(ByteBuffer b, int o) {
        return b.getInt(o + EVENTS);
    }

    public static void events(ByteBuffer b, int o, int value) {
        b.putInt(o + EVENTS, value);
    }

    public static long data(ByteBuffer b, int o) {
        return b.getLong(o + DATA);
    }

    public static void data(ByteBuffer b, int o, long value) {
        b.putLong(o + DATA, value);
    }
}
