package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * SCTP_PEER_ADDR_PARAMS. See <a href="https://man7.org/linux/man-pages/man7/sctp.7.html">sctp(7)</a>.
 *
 * <pre>
 *         +--------------------------------------------+
 *      0  | s32                     spp_assoc_id       |
 *      4  | struct sockaddr_storage spp_address        |
 *    132  | u32                     spp_hbinterval     |  milliseconds
 *    136  | u16                     spp_pathmaxrxt     |
 *    138  | u32                     spp_pathmtu        |  bytes
 *    142  | u32                     spp_sackdelay      |  milliseconds
 *    146  | u32                     spp_flags          |  SPP_*
 *    150  | u32                     spp_ipv6_flowlabel |
 *    154  | u8                      spp_dscp           |
 *    156  +--------------------------------------------+
 * </pre>
 */
public final class SctpPaddrparams {
    public static final int SIZE = 156;

    public static final int SPP_ASSOC_ID = 0;
    public static final int SPP_ADDRESS = 4;
    public static final int SPP_HBINTERVAL = 132;
    public static final int SPP_PATHMAXRXT = 136;
    public static final int SPP_PATHMTU = 138;
    public static final int SPP_SACKDELAY = 142;
    public static final int SPP_FLAGS = 146;
    public static final int SPP_IPV6_FLOWLABEL = 150;
    public static final int SPP_DSCP = 154;

    private SctpPaddrparams() {}

    public static int spp_assoc_id(ByteBuffer b, int o) {
        return b.getInt(o + SPP_ASSOC_ID);
    }

    public static void spp_assoc_id(ByteBuffer b, int o, int value) {
        b.putInt(o + SPP_ASSOC_ID, value);
    }

    public static int spp_hbinterval(ByteBuffer b, int o) {
        return b.getInt(o + SPP_HBINTERVAL);
    }

    public static void spp_hbinterval(ByteBuffer b, int o, int value) {
        b.putInt(o + SPP_HBINTERVAL, value);
    }

    public static int spp_pathmaxrxt(ByteBuffer b, int o) {
        return Fields.u16(b, o + SPP_PATHMAXRXT);
    }

    public static void spp_pathmaxrxt(ByteBuffer b, int o, int value) {
        b.putShort(o + SPP_PATHMAXRXT, (short) value);
    }

    public static int spp_pathmtu(ByteBuffer b, int o) {
        return b.getInt(o + SPP_PATHMTU);
    }

    public static void spp_pathmtu(ByteBuffer b, int o, int value) {
        b.putInt(o + SPP_PATHMTU, value);
    }

    public static int spp_sackdelay(ByteBuffer b, int o) {
        return b.getInt(o + SPP_SACKDELAY);
    }

    public static void spp_sackdelay(ByteBuffer b, int o, int value) {
        b.putInt(o + SPP_SACKDELAY, value);
    }

    public static int spp_flags(ByteBuffer b, int o) {
        return b.getInt(o + SPP_FLAGS);
    }

    public static void spp_flags(ByteBuffer b, int o, int value) {
        b.putInt(o + SPP_FLAGS, value);
    }

    public static int spp_ipv6_flowlabel(ByteBuffer b, int o) {
        return b.getInt(o + SPP_IPV6_FLOWLABEL);
    }

    public static void spp_ipv6_flowlabel(ByteBuffer b, int o, int value) {
        b.putInt(o + SPP_IPV6_FLOWLABEL, value);
    }

    public static int spp_dscp(ByteBuffer b, int o) {
        return Fields.u8(b, o + SPP_DSCP);
    }

    public static void spp_dscp(ByteBuffer b, int o, int value) {
        b.put(o + SPP_DSCP, (byte) value);
    }
}
