package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * SCTP_GET_PEER_ADDR_INFO. See <a href="https://man7.org/linux/man-pages/man7/sctp.7.html">sctp(7)</a>.
 *
 * <pre>
 *         +-----------------------------------------+
 *      0  | s32                     spinfo_assoc_id |
 *      4  | struct sockaddr_storage spinfo_address  |
 *    132  | s32                     spinfo_state    |  SCTP_ACTIVE ...
 *    136  | u32                     spinfo_cwnd     |  bytes
 *    140  | u32                     spinfo_srtt     |  milliseconds
 *    144  | u32                     spinfo_rto      |  milliseconds
 *    148  | u32                     spinfo_mtu      |  bytes
 *    152  +-----------------------------------------+
 * </pre>
 */
public final class SctpPaddrinfo {
    public static final int SIZE = 152;

    public static final int SPINFO_ASSOC_ID = 0;
    public static final int SPINFO_ADDRESS = 4;
    public static final int SPINFO_STATE = 132;
    public static final int SPINFO_CWND = 136;
    public static final int SPINFO_SRTT = 140;
    public static final int SPINFO_RTO = 144;
    public static final int SPINFO_MTU = 148;

    private SctpPaddrinfo() {}

    public static int spinfo_assoc_id(ByteBuffer b, int o) {
        return b.getInt(o + SPINFO_ASSOC_ID);
    }

    public static int spinfo_state(ByteBuffer b, int o) {
        return b.getInt(o + SPINFO_STATE);
    }

    public static long spinfo_cwnd(ByteBuffer b, int o) {
        return Fields.u32(b, o + SPINFO_CWND);
    }

    public static long spinfo_srtt(ByteBuffer b, int o) {
        return Fields.u32(b, o + SPINFO_SRTT);
    }

    public static long spinfo_rto(ByteBuffer b, int o) {
        return Fields.u32(b, o + SPINFO_RTO);
    }

    public static long spinfo_mtu(ByteBuffer b, int o) {
        return Fields.u32(b, o + SPINFO_MTU);
    }
}
