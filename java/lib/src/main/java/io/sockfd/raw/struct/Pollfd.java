package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A descriptor to wait for. See <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>.
 *
 * <pre>
 *         +-------------+
 *      0  | s32 fd      |  negative: ignored
 *      4  | u16 events  |  POLL*
 *      6  | u16 revents |  POLL*, set by poll
 *      8  +-------------+
 * </pre>
 */
public final class Pollfd {
    public static final int SIZE = 8;

    public static final int FD = 0;
    public static final int EVENTS = 4;
    public static final int REVENTS = 6;

    private Pollfd() {}

    public static int fd(ByteBuffer b, int o) {
        return b.getInt(o + FD);
    }

    public static void fd(ByteBuffer b, int o, int value) {
        b.putInt(o + FD, value);
    }

    public static int events(ByteBuffer b, int o) {
        return Fields.u16(b, o + EVENTS);
    }

    public static void events(ByteBuffer b, int o, int value) {
        b.putShort(o + EVENTS, (short) value);
    }

    public static int revents(ByteBuffer b, int o) {
        return Fields.u16(b, o + REVENTS);
    }

    public static void revents(ByteBuffer b, int o, int value) {
        b.putShort(o + REVENTS, (short) value);
    }
}
