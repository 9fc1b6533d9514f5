package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The state of TCP-AO on a connection: TCP_AO_INFO, Linux 6.7. See {@code include/newer_structs.h}.
 *
 * <pre>
 *         +-----------------------+
 *      0  | u32 flags             |  bit fields set_current, set_rnext, ao_required, set_counters, accept_icmps
 *      4  | u16 reserved2         |  0
 *      6  | u8  current_key       |
 *      7  | u8  rnext             |
 *      8  | u64 pkt_good          |
 *     16  | u64 pkt_bad           |
 *     24  | u64 pkt_key_not_found |
 *     32  | u64 pkt_ao_required   |
 *     40  | u64 pkt_dropped_icmp  |
 *     48  +-----------------------+
 * </pre>
 */
public final class TcpAoInfoOpt {
    public static final int SIZE = 48;

    public static final int FLAGS = 0;
    public static final int RESERVED2 = 4;
    public static final int CURRENT_KEY = 6;
    public static final int RNEXT = 7;
    public static final int PKT_GOOD = 8;
    public static final int PKT_BAD = 16;
    public static final int PKT_KEY_NOT_FOUND = 24;
    public static final int PKT_AO_REQUIRED = 32;
    public static final int PKT_DROPPED_ICMP = 40;

    private TcpAoInfoOpt() {}

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

    public static int current_key(ByteBuffer b, int o) {
        return Fields.u8(b, o + CURRENT_KEY);
    }

    public static void current_key(ByteBuffer b, int o, int value) {
        b.put(o + CURRENT_KEY, (byte) value);
    }

    public static int rnext(ByteBuffer b, int o) {
        return Fields.u8(b, o + RNEXT);
    }

    public static void rnext(ByteBuffer b, int o, int value) {
        b.put(o + RNEXT, (byte) value);
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

    public static long pkt_key_not_found(ByteBuffer b, int o) {
        return b.getLong(o + PKT_KEY_NOT_FOUND);
    }

    public static void pkt_key_not_found(ByteBuffer b, int o, long value) {
        b.putLong(o + PKT_KEY_NOT_FOUND, value);
    }

    public static long pkt_ao_required(ByteBuffer b, int o) {
        return b.getLong(o + PKT_AO_REQUIRED);
    }

    public static void pkt_ao_required(ByteBuffer b, int o, long value) {
        b.putLong(o + PKT_AO_REQUIRED, value);
    }

    public static long pkt_dropped_icmp(ByteBuffer b, int o) {
        return b.getLong(o + PKT_DROPPED_ICMP);
    }

    public static void pkt_dropped_icmp(ByteBuffer b, int o, long value) {
        b.putLong(o + PKT_DROPPED_ICMP, value);
    }

    /** 1: current_key is given. */
    public static int set_current(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 0, 1);
    }

    public static void set_current(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 0, value);
    }

    /** 1: rnext is given. */
    public static int set_rnext(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 1, 1);
    }

    public static void set_rnext(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 1, value);
    }

    /** 1: connections without TCP-AO are refused. */
    public static int ao_required(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 2, 1);
    }

    public static void ao_required(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 2, value);
    }

    /** 1: the pkt counters are given. */
    public static int set_counters(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 3, 1);
    }

    public static void set_counters(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 3, value);
    }

    /** 1: ICMP errors are believed. */
    public static int accept_icmps(ByteBuffer b, int o) {
        return Fields.bits(Fields.u8(b, o + FLAGS), 4, 1);
    }

    public static void accept_icmps(ByteBuffer b, int o, int value) {
        Fields.bit(b, o + FLAGS, 4, value);
    }
}
