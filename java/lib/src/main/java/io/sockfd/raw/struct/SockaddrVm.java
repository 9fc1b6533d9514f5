package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * An address between a virtual machine and its host. See
 * <a href="https://man7.org/linux/man-pages/man7/vsock.7.html">vsock(7)</a>.
 *
 * <pre>
 *         +---------------------+
 *      0  | u16   svm_family    |  AF_VSOCK
 *      2  | u16   svm_reserved1 |  0
 *      4  | u32   svm_port      |  host order; VMADDR_PORT_ANY
 *      8  | u32   svm_cid       |  host order; VMADDR_CID_*
 *     12  | u8    svm_flags     |  VMADDR_FLAG_*
 *     13  | u8[3] svm_zero      |  0
 *     16  +---------------------+
 * </pre>
 */
public final class SockaddrVm {
    public static final int SIZE = 16;

    public static final int SVM_FAMILY = 0;
    public static final int SVM_RESERVED1 = 2;
    public static final int SVM_PORT = 4;
    public static final int SVM_CID = 8;
    public static final int SVM_FLAGS = 12;
    public static final int SVM_ZERO = 13;
    public static final int SVM_ZERO_BYTES = 3;

    private SockaddrVm() {}

    public static int svm_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + SVM_FAMILY);
    }

    public static void svm_family(ByteBuffer b, int o, int value) {
        b.putShort(o + SVM_FAMILY, (short) value);
    }

    public static int svm_reserved1(ByteBuffer b, int o) {
        return Fields.u16(b, o + SVM_RESERVED1);
    }

    public static void svm_reserved1(ByteBuffer b, int o, int value) {
        b.putShort(o + SVM_RESERVED1, (short) value);
    }

    public static int svm_port(ByteBuffer b, int o) {
        return b.getInt(o + SVM_PORT);
    }

    public static void svm_port(ByteBuffer b, int o, int value) {
        b.putInt(o + SVM_PORT, value);
    }

    public static int svm_cid(ByteBuffer b, int o) {
        return b.getInt(o + SVM_CID);
    }

    public static void svm_cid(ByteBuffer b, int o, int value) {
        b.putInt(o + SVM_CID, value);
    }

    public static int svm_flags(ByteBuffer b, int o) {
        return Fields.u8(b, o + SVM_FLAGS);
    }

    public static void svm_flags(ByteBuffer b, int o, int value) {
        b.put(o + SVM_FLAGS, (byte) value);
    }

    /** A copy. */
    public static byte[] svm_zero(ByteBuffer b, int o) {
        return Fields.bytes(b, o + SVM_ZERO, SVM_ZERO_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void svm_zero(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + SVM_ZERO, SVM_ZERO_BYTES, value);
    }
}
