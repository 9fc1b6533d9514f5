package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * What a packet's headers cannot say: the ancillary message PACKET_AUXDATA. See
 * <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * <pre>
 *         +------------------+
 *      0  | u32 tp_status    |  TP_STATUS_*
 *      4  | u32 tp_len       |  bytes on the wire
 *      8  | u32 tp_snaplen   |  bytes kept
 *     12  | u16 tp_mac       |  offset of the link header
 *     14  | u16 tp_net       |  offset of the network header
 *     16  | u16 tp_vlan_tci  |  host order
 *     18  | u16 tp_vlan_tpid |  host order
 *     20  +------------------+
 * </pre>
 */
public final class TpacketAuxdata {
    public static final int SIZE = 20;

    public static final int TP_STATUS = 0;
    public static final int TP_LEN = 4;
    public static final int TP_SNAPLEN = 8;
    public static final int TP_MAC = 12;
    public static final int TP_NET = 14;
    public static final int TP_VLAN_TCI = 16;
    public static final int TP_VLAN_TPID = 18;

    private TpacketAuxdata() {}

    public static int tp_status(ByteBuffer b, int o) {
        return b.getInt(o + TP_STATUS);
    }

    public static int tp_len(ByteBuffer b, int o) {
        return b.getInt(o + TP_LEN);
    }

    public static int tp_snaplen(ByteBuffer b, int o) {
        return b.getInt(o + TP_SNAPLEN);
    }

    public static int tp_mac(ByteBuffer b, int o) {
        return Fields.u16(b, o + TP_MAC);
    }

    public static int tp_net(ByteBuffer b, int o) {
        return Fields.u16(b, o + TP_NET);
    }

    public static int tp_vlan_tci(ByteBuffer b, int o) {
        return Fields.u16(b, o + TP_VLAN_TCI);
    }

    public static int tp_vlan_tpid(ByteBuffer b, int o) {
        return Fields.u16(b, o + TP_VLAN_TPID);
    }
}
