package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A key, and how to look for it: TCP_AO_GET_KEYS, Linux 6.7. See {@code include/newer_structs.h}.
 *
 * <pre>
 *         +----------------------------------+
 *      0  | struct sockaddr_storage addr     |
 *    128  | u8[64]                  alg_name |  ended by 0
 *    192  | u8[80]                  key      |
 *    272  | u32                     nkeys    |  in: elements of the array; out: keys that matched
 *    276  | u16                     flags    |  bit fields is_current, is_rnext, get_all
 *    278  | u8                      sndid    |
 *    279  | u8                      rcvid    |
 *    280  | u8                      prefix   |  bits
 *    281  | u8                      maclen   |  bytes
 *    282  | u8                      keyflags |  TCP_AO_KEYF_*
 *    283  | u8                      keylen   |  bytes
 *    284  | s32                     ifindex  |
 *    288  | u64                     pkt_good |
 *    296  | u64                     pkt_bad  |
 *    304  +----------------------------------+
 * </pre>
 */
public final class TcpAoGetsockopt {
    public static final int SIZE = 304;

    public static final int ADDR = 0;
    public static final int ALG_NAME = 128;
    public static final int ALG_NAME_BYTES = 64;
    public static final int KEY = 192;
    public static final int KEY_BYTES = 80;
    public static final int NKEYS = 272;
    public static final int FLAGS = 276;
    public static final int SNDID = 278;
    public static final int RCVID = 279;
    public static final int PREFIX = 280;
    public static final int MACLEN = 281;
    public static final int KEYFLAGS = 282;
    public static final int KEYLEN = 283;
    public static final int IFINDEX = 284;
    public static final int PKT_GOOD = 288;
    public static final int PKT_BAD = 296;

    private TcpAoGetsockopt() {}

    /** A copy. */
    public static byte[] alg_name(ByteBuffer b, int o) {
        return Fields.bytes(b, o + ALG_NAME, ALG_NAME_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void alg_name(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + ALG_NAME, ALG_NAME_BYTES, value);
    }

    /** A copy. */
    public static byte[] key(ByteBuffer b, int o) {
        return Fields.bytes(b, o + KEY, KEY_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void key(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + KEY, KEY_BYTES, value);
    }

    public static int nkeys(ByteBuffer b, int o) {
        return b.getInt(o + NKEYS);
    }

    public static void nkeys(ByteBuffer b, int o, int value) {
        b.putInt(o + NKEYS, value);
    }

    public static int flags(ByteBuffer b, int o) {
        return Fields.u16(b, o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putShort(o + FLAGS, (short) value);
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

    public static int prefix(ByteBuffer b, int o) {
        return Fields.u8(b, o + PREFIX);
    }

    public static void prefix(ByteBuffer b, int o, int value) {
        b.put(o + PREFIX, (byte) value);
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

    public static int ifindex(ByteBuffer b, int o) {
        return b.getInt(o + IFINDEX);
    }

    public static void ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + IFINDEX, value);
    }

    public static long pkt_good(ByteBuffer b, int o) {
        return b.getLong(o + PKT_GOOD);
    }

    public static void pkt_good(ByteBuffer b, int o, long value) {
        b.putLong(o + PKT_GOOD, value);
    }

    public static long pkt_bad(ByteBuffer b, int o) {
        return b.getLong(o + PKT_BAD);
    }

    public static void pkt_bad(ByteBuffer b, int o, long value) {
        b.putLong(o + PKT_BAD, value);
    }

    /** 1: the key in use. */
    public static int is_current(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 0, 1);
    }

    public static void is_current(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 0, value);
    }

    /** 1: the key asked for. */
    public static int is_rnext(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 1, 1);
    }

    public static void is_rnext(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 1, value);
    }

    /** 1: look for all keys. */
    public static int get_all(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 2, 1);
    }

    public static void get_all(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 2, value);
    }
}
