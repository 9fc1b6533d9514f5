package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A signal read from a signalfd. See <a href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</a>.
 *
 * <pre>
 *         +-------------------+
 *      0  | u32 ssi_signo     |
 *      4  | s32 ssi_errno     |
 *      8  | s32 ssi_code      |
 *     12  | u32 ssi_pid       |
 *     16  | u32 ssi_uid       |
 *     20  | s32 ssi_fd        |
 *     24  | u32 ssi_tid       |
 *     28  | u32 ssi_band      |
 *     32  | u32 ssi_overrun   |
 *     36  | u32 ssi_trapno    |
 *     40  | s32 ssi_status    |
 *     44  | s32 ssi_int       |
 *     48  | u64 ssi_ptr       |
 *     56  | u64 ssi_utime     |  clock ticks
 *     64  | u64 ssi_stime     |  clock ticks
 *     72  | u64 ssi_addr      |
 *     80  | u16 ssi_addr_lsb  |
 *     84  | s32 ssi_syscall   |
 *     88  | u64 ssi_call_addr |
 *     96  | u32 ssi_arch      |
 *    128  +-------------------+
 * </pre>
 */
public final class SignalfdSiginfo {
    public static final int SIZE = 128;

    public static final int SSI_SIGNO = 0;
    public static final int SSI_ERRNO = 4;
    public static final int SSI_CODE = 8;
    public static final int SSI_PID = 12;
    public static final int SSI_UID = 16;
    public static final int SSI_FD = 20;
    public static final int SSI_TID = 24;
    public static final int SSI_BAND = 28;
    public static final int SSI_OVERRUN = 32;
    public static final int SSI_TRAPNO = 36;
    public static final int SSI_STATUS = 40;
    public static final int SSI_INT = 44;
    public static final int SSI_PTR = 48;
    public static final int SSI_UTIME = 56;
    public static final int SSI_STIME = 64;
    public static final int SSI_ADDR = 72;
    public static final int SSI_ADDR_LSB = 80;
    public static final int SSI_SYSCALL = 84;
    public static final int SSI_CALL_ADDR = 88;
    public static final int SSI_ARCH = 96;

    private SignalfdSiginfo() {}

    public static int ssi_signo(ByteBuffer b, int o) {
        return b.getInt(o + SSI_SIGNO);
    }

    public static int ssi_errno(ByteBuffer b, int o) {
        return b.getInt(o + SSI_ERRNO);
    }

    public static int ssi_code(ByteBuffer b, int o) {
        return b.getInt(o + SSI_CODE);
    }

    public static int ssi_pid(ByteBuffer b, int o) {
        return b.getInt(o + SSI_PID);
    }

    public static int ssi_uid(ByteBuffer b, int o) {
        return b.getInt(o + SSI_UID);
    }

    public static int ssi_fd(ByteBuffer b, int o) {
        return b.getInt(o + SSI_FD);
    }

    public static int ssi_tid(ByteBuffer b, int o) {
        return b.getInt(o + SSI_TID);
    }

    public static int ssi_band(ByteBuffer b, int o) {
        return b.getInt(o + SSI_BAND);
    }

    public static int ssi_overrun(ByteBuffer b, int o) {
        return b.getInt(o + SSI_OVERRUN);
    }

    public static int ssi_trapno(ByteBuffer b, int o) {
        return b.getInt(o + SSI_TRAPNO);
    }

    public static int ssi_status(ByteBuffer b, int o) {
        return b.getInt(o + SSI_STATUS);
    }

    public static int ssi_int(ByteBuffer b, int o) {
        return b.getInt(o + SSI_INT);
    }

    public static long ssi_ptr(ByteBuffer b, int o) {
        return b.getLong(o + SSI_PTR);
    }

    public static long ssi_utime(ByteBuffer b, int o) {
        return b.getLong(o + SSI_UTIME);
    }

    public static long ssi_stime(ByteBuffer b, int o) {
        return b.getLong(o + SSI_STIME);
    }

    public static long ssi_addr(ByteBuffer b, int o) {
        return b.getLong(o + SSI_ADDR);
    }

    public static int ssi_addr_lsb(ByteBuffer b, int o) {
        return Fields.u16(b, o + SSI_ADDR_LSB);
    }

    public static int ssi_syscall(ByteBuffer b, int o) {
        return b.getInt(o + SSI_SYSCALL);
    }

    public static long ssi_call_addr(ByteBuffer b, int o) {
        return b.getLong(o + SSI_CALL_ADDR);
    }

    public static int ssi_arch(ByteBuffer b, int o) {
        return b.getInt(o + SSI_ARCH);
    }
}
