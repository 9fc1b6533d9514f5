package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A key of RFC 5925 and whom it is for: TCP_AO_ADD_KEY, Linux 6.7. See {@code include/newer_structs.h}.
 *
 * <pre>
 *         +-----------------------------------+
 *      0  | struct sockaddr_storage addr      |
 *    128  | u8[64]                  alg_name  |  "hmac(sha1)", "cmac(aes128)" ..., ended by 0
 *    192  | s32                     ifindex   |  with TCP_AO_KEYF_IFINDEX
 *    196  | u32                     flags     |  bit fields set_current, set_rnext
 *    200  | u16                     reserved2 |  0
 *    202  | u8                      prefix    |  bits
 *    203  | u8                      sndid     |
 *    204  | u8                      rcvid     |
 *    205  | u8                      maclen    |  bytes; 0: 12
 *    206  | u8                      keyflags  |  TCP_AO_KEYF_*
 *    207  | u8                      keylen    |  bytes
 *    208  | u8[80]                  key       |
 *    288  +-----------------------------------+
 * </pre>
 */
public final class TcpAoAdd {
    public static final int SIZE = 288;

    public static final int ADDR = 0;
    public static final int ALG_NAME = 128;
    public static final int ALG_NAME_BYTES = 64;
    public static final int IFINDEX = 192;
    public static final int FLAGS = 196;
    public static final int RESERVED2 = 200;
    public static final int PREFIX = 202;
    public static final int SNDID = 203;
    public static final int RCVID = 204;
    public static final int MACLEN = 205;
    public static final int KEYFLAGS = 206;
    public static final int KEYLEN = 207;
    public static final int KEY = 208;
    public static final int KEY_BYTES = 80;

    private TcpAoAdd() {}

    /** A copy. */
    public static byte[] alg_name(ByteBuffer b, int o) {
        return Fields.bytes(b, o + ALG_NAME, ALG_NAME_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void alg_name(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + ALG_NAME, ALG_NAME_BYTES, value);
    }

    public static int ifindex(ByteBuffer b, int o) {
        return b.getInt(o + IFINDEX);
    }

    public static void ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + IFINDEX, value);
    }

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putInt(o + FLAGS, value);
    }

    public static int reserved2(ByteBuffer b, int o) {
        return Fields.u16(b, o + RESERVED2);
    }

    public static void reserved2(ByteBuffer b, int o, int value) {
        b.putShort(o + RESERVED2, (short) value);
    }

    public static int prefix(ByteBuffer b, int o) {
        return Fields.u8(b, o + PREFIX);
    }

    public static void prefix(ByteBuffer b, int o, int value) {
        b.put(o + PREFIX, (byte) value);
    }

    public static int sndid(ByteBuffer b, int o) {
        return Fields.u8(b, o + SNDID);
    }

    public static void sndid(ByteBuffer b, int o, int value) {
        b.put(o + SNDID, (byte) value);
    }

    public static int rcvid(ByteBuffer b, int o) {
        return Fields.u8(b, o + RCVID);
    }

    public static void rcvid(ByteBuffer b, int o, int value) {
        b.put(o + RCVID, (byte) value);
    }

    public static int maclen(ByteBuffer b, int o) {
        return Fields.u8(b, o + MACLEN);
    }

    public static void maclen(ByteBuffer b, int o, int value) {
        b.put(o + MACLEN, (byte) value);
    }

    public static int keyflags(ByteBuffer b, int o) {
        return Fields.u8(b, o + KEYFLAGS);
    }

    public static void keyflags(ByteBuffer b, int o, int value) {
        b.put(o + KEYFLAGS, (byte) value);
    }

    public static int keylen(ByteBuffer b, int o) {
        return Fields.u8(b, o + KEYLEN);
    }

    public static void keylen(ByteBuffer b, int o, int value) {
        b.put(o + KEYLEN, (byte) value);
    }

    /** A copy. */
    public static byte[] key(ByteBuffer b, int o) {
        return Fields.bytes(b, o + KEY, KEY_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void key(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + KEY, KEY_BYTES, value);
    }

    /** 1: use the key at once. */
    public static int set_current(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 0, 1);
    }

    public static void set_current(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 0, value);
    }

    /** 1: ask the peer to use it. */
    public static int set_rnext(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 1, 1);
    }

    public static void set_rnext(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 1, value);
    }
}
