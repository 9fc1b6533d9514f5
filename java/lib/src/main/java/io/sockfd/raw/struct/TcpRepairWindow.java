package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The windows to restore: TCP_REPAIR_WINDOW. See {@code linux/tcp.h}.
 *
 * <pre>
 *         +----------------+
 *      0  | u32 snd_wl1    |
 *      4  | u32 snd_wnd    |
 *      8  | u32 max_window |
 *     12  | u32 rcv_wnd    |
 *     16  | u32 rcv_wup    |
 *     20  +----------------+
 * </pre>
 */
public final class TcpRepairWindow {
    public static final int SIZE = 20;

    public static final int SND_WL1 = 0;
    public static final int SND_WND = 4;
    public static final int MAX_WINDOW = 8;
    public static final int RCV_WND = 12;
    public static final int RCV_WUP = 16;

    private TcpRepairWindow() {}

    public static int snd_wl1(ByteBuffer b, int o) {
        return b.getInt(o + SND_WL1);
    }

    public static void snd_wl1(ByteBuffer b, int o, int value) {
        b.putInt(o + SND_WL1, value);
    }

    public static int snd_wnd(ByteBuffer b, int o) {
        return b.getInt(o + SND_WND);
    }

    public static void snd_wnd(ByteBuffer b, int o, int value) {
        b.putInt(o + SND_WND, value);
    }

    public static int max_window(ByteBuffer b, int o) {
        return b.getInt(o + MAX_WINDOW);
    }

    public static void max_window(ByteBuffer b, int o, int value) {
        b.putInt(o + MAX_WINDOW, value);
    }

    public static int rcv_wnd(ByteBuffer b, int o) {
        return b.getInt(o + RCV_WND);
    }

    public static void rcv_wnd(ByteBuffer b, int o, int value) {
        b.putInt(o + RCV_WND, value);
    }

    public static int rcv_wup(ByteBuffer b, int o) {
        return b.getInt(o + RCV_WUP);
    }

    public static void rcv_wup(ByteBuffer b, int o, int value) {
        b.putInt(o + RCV_WUP, value);
    }
}
