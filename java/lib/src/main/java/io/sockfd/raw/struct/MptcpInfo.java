package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The state of an MPTCP connection: MPTCP_INFO. Older kernels return fewer bytes. See {@code linux/mptcp.h}.
 *
 * <pre>
 *         +----------------------------------+
 *      0  | u8  mptcpi_subflows              |
 *      1  | u8  mptcpi_add_addr_signal       |
 *      2  | u8  mptcpi_add_addr_accepted     |
 *      3  | u8  mptcpi_subflows_max          |
 *      4  | u8  mptcpi_add_addr_signal_max   |
 *      5  | u8  mptcpi_add_addr_accepted_max |
 *      8  | u32 mptcpi_flags                 |  MPTCP_INFO_FLAG_*
 *     12  | u32 mptcpi_token                 |
 *     16  | u64 mptcpi_write_seq             |
 *     24  | u64 mptcpi_snd_una               |
 *     32  | u64 mptcpi_rcv_nxt               |
 *     40  | u8  mptcpi_local_addr_used       |
 *     41  | u8  mptcpi_local_addr_max        |
 *     42  | u8  mptcpi_csum_enabled          |
 *     44  | u32 mptcpi_retransmits           |  from here on Linux 6.5
 *     48  | u64 mptcpi_bytes_retrans         |
 *     56  | u64 mptcpi_bytes_sent            |
 *     64  | u64 mptcpi_bytes_received        |
 *     72  | u64 mptcpi_bytes_acked           |
 *     80  | u8  mptcpi_subflows_total        |  Linux 6.7
 *     84  | u32 mptcpi_last_data_sent        |  milliseconds ago; from here on Linux 6.10
 *     88  | u32 mptcpi_last_data_recv        |  milliseconds ago
 *     92  | u32 mptcpi_last_ack_recv         |  milliseconds ago
 *     96  +----------------------------------+
 * </pre>
 */
public final class MptcpInfo {
    public static final int SIZE = 96;

    public static final int MPTCPI_SUBFLOWS = 0;
    public static final int MPTCPI_ADD_ADDR_SIGNAL = 1;
    public static final int MPTCPI_ADD_ADDR_ACCEPTED = 2;
    public static final int MPTCPI_SUBFLOWS_MAX = 3;
    public static final int MPTCPI_ADD_ADDR_SIGNAL_MAX = 4;
    public static final int MPTCPI_ADD_ADDR_ACCEPTED_MAX = 5;
    public static final int MPTCPI_FLAGS = 8;
    public static final int MPTCPI_TOKEN = 12;
    public static final int MPTCPI_WRITE_SEQ = 16;
    public static final int MPTCPI_SND_UNA = 24;
    public static final int MPTCPI_RCV_NXT = 32;
    public static final int MPTCPI_LOCAL_ADDR_USED = 40;
    public static final int MPTCPI_LOCAL_ADDR_MAX = 41;
    public static final int MPTCPI_CSUM_ENABLED = 42;
    public static final int MPTCPI_RETRANSMITS = 44;
    public static final int MPTCPI_BYTES_RETRANS = 48;
    public static final int MPTCPI_BYTES_SENT = 56;
    public static final int MPTCPI_BYTES_RECEIVED = 64;
    public static final int MPTCPI_BYTES_ACKED = 72;
    public static final int MPTCPI_SUBFLOWS_TOTAL = 80;
    public static final int MPTCPI_LAST_DATA_SENT = 84;
    public static final int MPTCPI_LAST_DATA_RECV = 88;
    public static final int MPTCPI_LAST_ACK_RECV = 92;

    private MptcpInfo() {}

    public static int mptcpi_subflows(ByteBuffer b, int o) {
        return Fields.u8(b, o + MPTCPI_SUBFLOWS);
    }

    public static int mptcpi_add_addr_signal(ByteBuffer b, int o) {
        return Fields.u8(b, o + MPTCPI_ADD_ADDR_SIGNAL);
    }

    public static int mptcpi_add_addr_accepted(ByteBuffer b, int o) {
        return Fields.u8(b, o + MPTCPI_ADD_ADDR_ACCEPTED);
    }

    public static int mptcpi_subflows_max(ByteBuffer b, int o) {
        return Fields.u8(b, o + MPTCPI_SUBFLOWS_MAX);
    }

    public static int mptcpi_add_addr_signal_max(ByteBuffer b, int o) {
        return Fields.u8(b, o + MPTCPI_ADD_ADDR_SIGNAL_MAX);
    }

    public static int mptcpi_add_addr_accepted_max(ByteBuffer b, int o) {
        return Fields.u8(b, o + MPTCPI_ADD_ADDR_ACCEPTED_MAX);
    }

    public static int mptcpi_flags(ByteBuffer b, int o) {
        return b.getInt(o + MPTCPI_FLAGS);
    }

    public static int mptcpi_token(ByteBuffer b, int o) {
        return b.getInt(o + MPTCPI_TOKEN);
    }

    public static long mptcpi_write_seq(ByteBuffer b, int o) {
        return b.getLong(o + MPTCPI_WRITE_SEQ);
    }

    public static long mptcpi_snd_una(ByteBuffer b, int o) {
        return b.getLong(o + MPTCPI_SND_UNA);
    }

    public static long mptcpi_rcv_nxt(ByteBuffer b, int o) {
        return b.getLong(o + MPTCPI_RCV_NXT);
    }

    public static int mptcpi_local_addr_used(ByteBuffer b, int o) {
        return Fields.u8(b, o + MPTCPI_LOCAL_ADDR_USED);
    }

    public static int mptcpi_local_addr_max(ByteBuffer b, int o) {
        return Fields.u8(b, o + MPTCPI_LOCAL_ADDR_MAX);
    }

    public static int mptcpi_csum_enabled(ByteBuffer b, int o) {
        return Fields.u8(b, o + MPTCPI_CSUM_ENABLED);
    }

    public static long mptcpi_retransmits(ByteBuffer b, int o) {
        return Fields.u32(b, o + MPTCPI_RETRANSMITS);
    }

    public static long mptcpi_bytes_retrans(ByteBuffer b, int o) {
        return b.getLong(o + MPTCPI_BYTES_RETRANS);
    }

    public static long mptcpi_bytes_sent(ByteBuffer b, int o) {
        return b.getLong(o + MPTCPI_BYTES_SENT);
    }

    public static long mptcpi_bytes_received(ByteBuffer b, int o) {
        return b.getLong(o + MPTCPI_BYTES_RECEIVED);
    }

    public static long mptcpi_bytes_acked(ByteBuffer b, int o) {
        return b.getLong(o + MPTCPI_BYTES_ACKED);
    }

    public static int mptcpi_subflows_total(ByteBuffer b, int o) {
        return Fields.u8(b, o + MPTCPI_SUBFLOWS_TOTAL);
    }

    public static long mptcpi_last_data_sent(ByteBuffer b, int o) {
        return Fields.u32(b, o + MPTCPI_LAST_DATA_SENT);
    }

    public static long mptcpi_last_data_recv(ByteBuffer b, int o) {
        return Fields.u32(b, o + MPTCPI_LAST_DATA_RECV);
    }

    public static long mptcpi_last_ack_recv(ByteBuffer b, int o) {
        return Fields.u32(b, o + MPTCPI_LAST_ACK_RECV);
    }
}
