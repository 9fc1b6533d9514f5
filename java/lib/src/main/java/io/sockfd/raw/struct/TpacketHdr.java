package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The head of a frame in a ring of version 1. See
 * <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * <pre>
 *         +----------------+
 *      0  | u64 tp_status  |  TP_STATUS_*
 *      8  | u32 tp_len     |  bytes on the wire
 *     12  | u32 tp_snaplen |  bytes kept
 *     16  | u16 tp_mac     |  offset of the link header
 *     18  | u16 tp_net     |  offset of the network header
 *     20  | u32 tp_sec     |
 *     24  | u32 tp_usec    |
 *     32  +----------------+
 * </pre>
 */
public final class TpacketHdr {
    public static final int SIZE = 32;

    public static final int TP_STATUS = 0;
    public static final int TP_LEN = 8;
    public static final int TP_SNAPLEN = 12;
    public static final int TP_MAC = 16;
    public static final int TP_NET = 18;
    public static final int TP_SEC = 20;
    public static final int TP_USEC = 24;

    private TpacketHdr() {}

    public static long tp_status(ByteBuffer b, int o) {
        return b.getLong(o + TP_STATUS);
    }

    public static void tp_status(ByteBuffer b, int o, long value) {
        b.putLong(o + TP_STATUS, value);
    }

    public static int tp_len(ByteBuffer b, int o) {
        return b.getInt(o + TP_LEN);
    }

    public static void tp_len(ByteBuffer b, int o, int value) {
        b.putInt(o + TP_LEN, value);
    }

    public static int tp_snaplen(ByteBuffer b, int o) {
        return b.getInt(o + TP_SNAPLEN);
    }

    public static void tp_snaplen(ByteBuffer b, int o, int value) {
        b.putInt(o + TP_SNAPLEN, value);
    }

    public static int tp_mac(ByteBuffer b, int o) {
        return Fields.u16(b, o + TP_MAC);
    }

    public static void tp_mac(ByteBuffer b, int o, int value) {
        b.putShort(o + TP_MAC, (short) value);
    }

    public static int tp_net(ByteBuffer b, int o) {
        return Fields.u16(b, o + TP_NET);
    }

    public static void tp_net(ByteBuffer b, int o, int value) {
        b.putShort(o + TP_NET, (short) value);
    }

    public static long tp_sec(ByteBuffer b, int o) {
        return Fields.u32(b, o + TP_SEC);
    }

    public static void tp_sec(ByteBuffer b, int o, long value) {
        b.putInt(o + TP_SEC, (int) value);
    }

    public static int tp_usec(ByteBuffer b, int o) {
        return b.getInt(o + TP_USEC);
    }

    public static void tp_usec(ByteBuffer b, int o, int value) {
        b.putInt(o + TP_USEC, value);
    }
}
