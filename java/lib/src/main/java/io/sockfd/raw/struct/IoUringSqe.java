package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A submission. The meaning of the overlaid fields depends on opcode. See
 * <a href="https://man7.org/linux/man-pages/man2/io_uring_enter.2.html">io_uring_enter(2)</a>.
 *
 * <pre>
 *         +-------------------+
 *      0  | u8  opcode        |  IORING_OP_*
 *      1  | u8  flags         |  IOSQE_*
 *      2  | u16 ioprio        |  priority, or flags of send and receive
 *      4  | s32 fd            |
 *      8  | u64 off           |
 *      8  | u64 addr2         |  or
 *      8  | u32 cmd_op        |  or
 *     16  | u64 addr          |
 *     16  | u64 splice_off_in |  or
 *     24  | u32 len           |
 *     28  | u32 msg_flags     |
 *     28  | u32 accept_flags  |  or
 *     28  | u32 poll32_events |  or: with its 16-bit halves swapped on big-endian machines
 *     28  | u32 timeout_flags |  or
 *     28  | u32 cancel_flags  |  or
 *     28  | u32 splice_flags  |  or
 *     32  | u64 user_data     |
 *     40  | u16 buf_index     |
 *     40  | u16 buf_group     |  or
 *     42  | u16 personality   |
 *     44  | s32 splice_fd_in  |
 *     44  | u32 file_index    |  or
 *     44  | u16 addr_len      |  or
 *     48  | u64 addr3         |
 *     64  +-------------------+
 * </pre>
 */
public final class IoUringSqe {
    public static final int SIZE = 64;

    public static final int OPCODE = 0;
    public static final int FLAGS = 1;
    public static final int IOPRIO = 2;
    public static final int FD = 4;
    public static final int OFF = 8;
    public static final int ADDR2 = 8;
    public static final int CMD_OP = 8;
    public static final int ADDR = 16;
    public static final int SPLICE_OFF_IN = 16;
    public static final int LEN = 24;
    public static final int MSG_FLAGS = 28;
    public static final int ACCEPT_FLAGS = 28;
    public static final int POLL32_EVENTS = 28;
    public static final int TIMEOUT_FLAGS = 28;
    public static final int CANCEL_FLAGS = 28;
    public static final int SPLICE_FLAGS = 28;
    public static final int USER_DATA = 32;
    public static final int BUF_INDEX = 40;
    public static final int BUF_GROUP = 40;
    public static final int PERSONALITY = 42;
    public static final int SPLICE_FD_IN = 44;
    public static final int FILE_INDEX = 44;
    public static final int ADDR_LEN = 44;
    public static final int ADDR3 = 48;

    private IoUringSqe() {}

    public static int opcode(ByteBuffer b, int o) {
        return Fields.u8(b, o + OPCODE);
    }

    public static void opcode(ByteBuffer b, int o, int value) {
        b.put(o + OPCODE, (byte) value);
    }

    public static int flags(ByteBuffer b, int o) {
        return Fields.u8(b, o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.put(o + FLAGS, (byte) value);
    }

    public static int ioprio(ByteBuffer b, int o) {
        return Fields.u16(b, o + IOPRIO);
    }

    public static void ioprio(ByteBuffer b, int o, int value) {
        b.putShort(o + IOPRIO, (short) value);
    }

    public static int fd(ByteBuffer b, int o) {
        return b.getInt(o + FD);
    }

    public static void fd(ByteBuffer b, int o, int value) {
        b.putInt(o + FD, value);
    }

    public static long off(ByteBuffer b, int o) {
        return b.getLong(o + OFF);
    }

    public static void off(ByteBuffer b, int o, long value) {
        b.putLong(o + OFF, value);
    }

    public static long addr2(ByteBuffer b, int o) {
        return b.getLong(o + ADDR2);
    }

    public static void addr2(ByteBuffer b, int o, long value) {
        b.putLong(o + ADDR2, value);
    }

    public static int cmd_op(ByteBuffer b, int o) {
        return b.getInt(o + CMD_OP);
    }

    public static void cmd_op(ByteBuffer b, int o, int value) {
        b.putInt(o + CMD_OP, value);
    }

    public static long addr(ByteBuffer b, int o) {
        return b.getLong(o + ADDR);
    }

    public static void addr(ByteBuffer b, int o, long value) {
        b.putLong(o + ADDR, value);
    }

    public static long splice_off_in(ByteBuffer b, int o) {
        return b.getLong(o + SPLICE_OFF_IN);
    }

    public static void splice_off_in(ByteBuffer b, int o, long value) {
        b.putLong(o + SPLICE_OFF_IN, value);
    }

    public static int len(ByteBuffer b, int o) {
        return b.getInt(o + LEN);
    }

    public static void len(ByteBuffer b, int o, int value) {
        b.putInt(o + LEN, value);
    }

    public static int msg_flags(ByteBuffer b, int o) {
        return b.getInt(o + MSG_FLAGS);
    }

    public static void msg_flags(ByteBuffer b, int o, int value) {
        b.putInt(o + MSG_FLAGS, value);
    }

    public static int accept_flags(ByteBuffer b, int o) {
        return b.getInt(o + ACCEPT_FLAGS);
    }

    public static void accept_flags(ByteBuffer b, int o, int value) {
        b.putInt(o + ACCEPT_FLAGS, value);
    }

    public static int poll32_events(ByteBuffer b, int o) {
        return b.getInt(o + POLL32_EVENTS);
    }

    public static void poll32_events(ByteBuffer b, int o, int value) {
        b.putInt(o + POLL32_EVENTS, value);
    }

    public static int timeout_flags(ByteBuffer b, int o) {
        return b.getInt(o + TIMEOUT_FLAGS);
    }

    public static void timeout_flags(ByteBuffer b, int o, int value) {
        b.putInt(o + TIMEOUT_FLAGS, value);
    }

    public static int cancel_flags(ByteBuffer b, int o) {
        return b.getInt(o + CANCEL_FLAGS);
    }

    public static void cancel_flags(ByteBuffer b, int o, int value) {
        b.putInt(o + CANCEL_FLAGS, value);
    }

    public static int splice_flags(ByteBuffer b, int o) {
        return b.getInt(o + SPLICE_FLAGS);
    }

    public static void splice_flags(ByteBuffer b, int o, int value) {
        b.putInt(o + SPLICE_FLAGS, value);
    }

    public static long user_data(ByteBuffer b, int o) {
        return b.getLong(o + USER_DATA);
    }

    public static void user_data(ByteBuffer b, int o, long value) {
        b.putLong(o + USER_DATA, value);
    }

    public static int buf_index(ByteBuffer b, int o) {
        return Fields.u16(b, o + BUF_INDEX);
    }

    public static void buf_index(ByteBuffer b, int o, int value) {
        b.putShort(o + BUF_INDEX, (short) value);
    }

    public static int buf_group(ByteBuffer b, int o) {
        return Fields.u16(b, o + BUF_GROUP);
    }

    public static void buf_group(ByteBuffer b, int o, int value) {
        b.putShort(o + BUF_GROUP, (short) value);
    }

    public static int personality(ByteBuffer b, int o) {
        return Fields.u16(b, o + PERSONALITY);
    }

    public static void personality(ByteBuffer b, int o, int value) {
        b.putShort(o + PERSONALITY, (short) value);
    }

    public static int splice_fd_in(ByteBuffer b, int o) {
        return b.getInt(o + SPLICE_FD_IN);
    }

    public static void splice_fd_in(ByteBuffer b, int o, int value) {
        b.putInt(o + SPLICE_FD_IN, value);
    }

    public static int file_index(ByteBuffer b, int o) {
        return b.getInt(o + FILE_INDEX);
    }

    public static void file_index(ByteBuffer b, int o, int value) {
        b.putInt(o + FILE_INDEX, value);
    }

    public static int addr_len(ByteBuffer b, int o) {
        return Fields.u16(b, o + ADDR_LEN);
    }

    public static void addr_len(ByteBuffer b, int o, int value) {
        b.putShort(o + ADDR_LEN, (short) value);
    }

    public static long addr3(ByteBuffer b, int o) {
        return b.getLong(o + ADDR3);
    }

    public static void addr3(ByteBuffer b, int o, long value) {
        b.putLong(o + ADDR3, value);
    }
}
