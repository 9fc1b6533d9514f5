package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A key of RFC 2385 and whom it is for: TCP_MD5SIG, TCP_MD5SIG_EXT. See
 * <a href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7)</a>.
 *
 * <pre>
 *         +----------------------------------------+
 *      0  | struct sockaddr_storage tcpm_addr      |
 *    128  | u8                      tcpm_flags     |  TCP_MD5SIG_FLAG_*
 *    129  | u8                      tcpm_prefixlen |  bits
 *    130  | u16                     tcpm_keylen    |  bytes; 0 deletes
 *    132  | s32                     tcpm_ifindex   |
 *    136  | u8[80]                  tcpm_key       |
 *    216  +----------------------------------------+
 * </pre>
 */
public final class TcpMd5sig {
    public static final int SIZE = 216;

    public static final int TCPM_ADDR = 0;
    public static final int TCPM_FLAGS = 128;
    public static final int TCPM_PREFIXLEN = 129;
    public static final int TCPM_KEYLEN = 130;
    public static final int TCPM_IFINDEX = 132;
    public static final int TCPM_KEY = 136;
    public static final int TCPM_KEY_BYTES = 80;

    private TcpMd5sig() {}

    public static int tcpm_flags(ByteBuffer b, int o) {
        return Fields.u8(b, o + TCPM_FLAGS);
    }

    public static void tcpm_flags(ByteBuffer b, int o, int value) {
        b.put(o + TCPM_FLAGS, (byte) value);
    }

    public static int tcpm_prefixlen(ByteBuffer b, int o) {
        return Fields.u8(b, o + TCPM_PREFIXLEN);
    }

    public static void tcpm_prefixlen(ByteBuffer b, int o, int value) {
        b.put(o + TCPM_PREFIXLEN, (byte) value);
    }

    public static int tcpm_keylen(ByteBuffer b, int o) {
        return Fields.u16(b, o + TCPM_KEYLEN);
    }

    public static void tcpm_keylen(ByteBuffer b, int o, int value) {
        b.putShort(o + TCPM_KEYLEN, (short) value);
    }

    public static int tcpm_ifindex(ByteBuffer b, int o) {
        return b.getInt(o + TCPM_IFINDEX);
    }

    public static void tcpm_ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + TCPM_IFINDEX, value);
    }

    /** A copy. */
    public static byte[] tcpm_key(ByteBuffer b, int o) {
        return Fields.bytes(b, o + TCPM_KEY, TCPM_KEY_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void tcpm_key(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + TCPM_KEY, TCPM_KEY_BYTES, value);
    }
}
