package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * One instruction of classic BPF. See <a href="https://man7.org/linux/man-pages/man2/bpf.2.html">bpf(2)</a>.
 *
 * <pre>
 *         +----------+
 *      0  | u16 code |  BPF_*
 *      2  | u8  jt   |  instructions to skip if true
 *      3  | u8  jf   |  instructions to skip if false
 *      4  | u32 k    |
 *      8  +----------+
 * </pre>
 */
public final class SockFilter {
    public static final int SIZE = 8;

    public static final int CODE = 0;
    public static final int JT = 2;
    public static final int JF = 3;
    public static final int K = 4;

    private SockFilter() {}

    public static int code(ByteBuffer b, int o) {
        return Fields.u16(b, o + CODE);
    }

    public static void code(ByteBuffer b, int o, int value) {
        b.putShort(o + CODE, (short) value);
    }

    public static int jt(ByteBuffer b, int o) {
        return Fields.u8(b, o + JT);
    }

    public static void jt(ByteBuffer b, int o, int value) {
        b.put(o + JT, (byte) value);
    }

    public static int jf(ByteBuffer b, int o) {
        return Fields.u8(b, o + JF);
    }

    public static void jf(ByteBuffer b, int o, int value) {
        b.put(o + JF, (byte) value);
    }

    public static int k(ByteBuffer b, int o) {
        return b.getInt(o + K);
    }

    public static void k(ByteBuffer b, int o, int value) {
        b.putInt(o + K, value);
    }
}
