package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * What io_uring_setup is asked for, and answers. See
 * <a href="https://man7.org/linux/man-pages/man2/io_uring_setup.2.html">io_uring_setup(2)</a>.
 *
 * <pre>
 *         +-----------------------------------------+
 *      0  | u32                      sq_entries     |
 *      4  | u32                      cq_entries     |
 *      8  | u32                      flags          |  IORING_SETUP_*
 *     12  | u32                      sq_thread_cpu  |
 *     16  | u32                      sq_thread_idle |  milliseconds
 *     20  | u32                      features       |  IORING_FEAT_*
 *     24  | u32                      wq_fd          |
 *     40  | struct io_sqring_offsets sq_off         |
 *     80  | struct io_cqring_offsets cq_off         |
 *    120  +-----------------------------------------+
 * </pre>
 */
public final class IoUringParams {
    public static final int SIZE = 120;

    public static final int SQ_ENTRIES = 0;
    public static final int CQ_ENTRIES = 4;
    public static final int FLAGS = 8;
    public static final int SQ_THREAD_CPU = 12;
    public static final int SQ_THREAD_IDLE = 16;
    public static final int FEATURES = 20;
    public static final int WQ_FD = 24;
    public static final int SQ_OFF = 40;
    public static final int CQ_OFF = 80;

    private IoUringParams() {}

    public static int sq_entries(ByteBuffer b, int o) {
        return b.getInt(o + SQ_ENTRIES);
    }

    public static void sq_entries(ByteBuffer b, int o, int value) {
        b.putInt(o + SQ_ENTRIES, value);
    }

    public static int cq_entries(ByteBuffer b, int o) {
        return b.getInt(o + CQ_ENTRIES);
    }

    public static void cq_entries(ByteBuffer b, int o, int value) {
        b.putInt(o + CQ_ENTRIES, value);
    }

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putInt(o + FLAGS, value);
    }

    public static int sq_thread_cpu(ByteBuffer b, int o) {
        return b.getInt(o + SQ_THREAD_CPU);
    }

    public static void sq_thread_cpu(ByteBuffer b, int o, int value) {
        b.putInt(o + SQ_THREAD_CPU, value);
    }

    public static int sq_thread_idle(ByteBuffer b, int o) {
        return b.getInt(o + SQ_THREAD_IDLE);
    }

    public static void sq_thread_idle(ByteBuffer b, int o, int value) {
        b.putInt(o + SQ_THREAD_IDLE, value);
    }

    public static int features(ByteBuffer b, int o) {
        return b.getInt(o + FEATURES);
    }

    public static void features(ByteBuffer b, int o, int value) {
        b.putInt(o + FEATURES, value);
    }

    public static int wq_fd(ByteBuffer b, int o) {
        return b.getInt(o + WQ_FD);
    }

    public static void wq_fd(ByteBuffer b, int o, int value) {
        b.putInt(o + WQ_FD, value);
    }
}
