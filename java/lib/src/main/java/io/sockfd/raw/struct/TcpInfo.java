package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The state of a TCP connection: TCP_INFO. Older kernels return fewer bytes; a field beyond the returned length is
 * not there. See <a href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7)</a>.
 *
 * <pre>
 *         +-------------------------------+
 *      0  | u8  tcpi_state                |  TCP_ESTABLISHED ...
 *      1  | u8  tcpi_ca_state             |  TCP_CA_*
 *      2  | u8  tcpi_retransmits          |  unrecovered timeouts
 *      3  | u8  tcpi_probes               |
 *      4  | u8  tcpi_backoff              |
 *      5  | u8  tcpi_options              |  TCPI_OPT_*
 *      6  | u8  tcpi_wscale               |  bit fields tcpi_snd_wscale, tcpi_rcv_wscale
 *      7  | u8  tcpi_flags                |  bit fields tcpi_delivery_rate_app_limited, tcpi_fastopen_client_fail
 *      8  | u32 tcpi_rto                  |  microseconds
 *     12  | u32 tcpi_ato                  |  microseconds
 *     16  | u32 tcpi_snd_mss              |  bytes
 *     20  | u32 tcpi_rcv_mss              |  bytes
 *     24  | u32 tcpi_unacked              |  segments
 *     28  | u32 tcpi_sacked               |  segments
 *     32  | u32 tcpi_lost                 |  segments
 *     36  | u32 tcpi_retrans              |  segments
 *     40  | u32 tcpi_fackets              |  segments
 *     44  | u32 tcpi_last_data_sent       |  milliseconds ago
 *     48  | u32 tcpi_last_ack_sent        |  always 0
 *     52  | u32 tcpi_last_data_recv       |  milliseconds ago
 *     56  | u32 tcpi_last_ack_recv        |  milliseconds ago
 *     60  | u32 tcpi_pmtu                 |  bytes
 *     64  | u32 tcpi_rcv_ssthresh         |  bytes
 *     68  | u32 tcpi_rtt                  |  microseconds
 *     72  | u32 tcpi_rttvar               |  microseconds
 *     76  | u32 tcpi_snd_ssthresh         |  segments
 *     80  | u32 tcpi_snd_cwnd             |  segments
 *     84  | u32 tcpi_advmss               |  bytes
 *     88  | u32 tcpi_reordering           |  segments
 *     92  | u32 tcpi_rcv_rtt              |  microseconds
 *     96  | u32 tcpi_rcv_space            |  bytes
 *    100  | u32 tcpi_total_retrans        |  segments
 *    104  | u64 tcpi_pacing_rate          |  bytes a second
 *    112  | u64 tcpi_max_pacing_rate      |  bytes a second; -1: unlimited
 *    120  | u64 tcpi_bytes_acked          |
 *    128  | u64 tcpi_bytes_received       |
 *    136  | u32 tcpi_segs_out             |
 *    140  | u32 tcpi_segs_in              |
 *    144  | u32 tcpi_notsent_bytes        |
 *    148  | u32 tcpi_min_rtt              |  microseconds
 *    152  | u32 tcpi_data_segs_in         |
 *    156  | u32 tcpi_data_segs_out        |
 *    160  | u64 tcpi_delivery_rate        |  bytes a second
 *    168  | u64 tcpi_busy_time            |  microseconds
 *    176  | u64 tcpi_rwnd_limited         |  microseconds
 *    184  | u64 tcpi_sndbuf_limited       |  microseconds
 *    192  | u32 tcpi_delivered            |  segments
 *    196  | u32 tcpi_delivered_ce         |  segments
 *    200  | u64 tcpi_bytes_sent           |
 *    208  | u64 tcpi_bytes_retrans        |
 *    216  | u32 tcpi_dsack_dups           |
 *    220  | u32 tcpi_reord_seen           |
 *    224  | u32 tcpi_rcv_ooopack          |  segments
 *    228  | u32 tcpi_snd_wnd              |  bytes
 *    232  | u32 tcpi_rcv_wnd              |  bytes; from here on Linux 6.2
 *    236  | u32 tcpi_rehash               |
 *    240  | u16 tcpi_total_rto            |  from here on Linux 6.7
 *    242  | u16 tcpi_total_rto_recoveries |
 *    244  | u32 tcpi_total_rto_time       |  milliseconds
 *    248  | u32 tcpi_received_ce          |  segments; from here on Linux 6.18
 *    252  | u32 tcpi_delivered_e1_bytes   |
 *    256  | u32 tcpi_delivered_e0_bytes   |
 *    260  | u32 tcpi_delivered_ce_bytes   |
 *    264  | u32 tcpi_received_e1_bytes    |
 *    268  | u32 tcpi_received_e0_bytes    |
 *    272  | u32 tcpi_received_ce_bytes    |
 *    276  | u32 tcpi_accecn               |  two u16 in 6.18, bit fields later
 *    280  +-------------------------------+
 * </pre>
 */
public final class TcpInfo {
    public static final int SIZE = 280;

    public static final int TCPI_STATE = 0;
    public static final int TCPI_CA_STATE = 1;
    public static final int TCPI_RETRANSMITS = 2;
    public static final int TCPI_PROBES = 3;
    public static final int TCPI_BACKOFF = 4;
    public static final int TCPI_OPTIONS = 5;
    public static final int TCPI_WSCALE = 6;
    public static final int TCPI_FLAGS = 7;
    public static final int TCPI_RTO = 8;
    public static final int TCPI_ATO = 12;
    public static final int TCPI_SND_MSS = 16;
    public static final int TCPI_RCV_MSS = 20;
    public static final int TCPI_UNACKED = 24;
    public static final int TCPI_SACKED = 28;
    public static final int TCPI_LOST = 32;
    public static final int TCPI_RETRANS = 36;
    public static final int TCPI_FACKETS = 40;
    public static final int TCPI_LAST_DATA_SENT = 44;
    public static final int TCPI_LAST_ACK_SENT = 48;
    public static final int TCPI_LAST_DATA_RECV = 52;
    public static final int TCPI_LAST_ACK_RECV = 56;
    public static final int TCPI_PMTU = 60;
    public static final int TCPI_RCV_SSTHRESH = 64;
    public static final int TCPI_RTT = 68;
    public static final int TCPI_RTTVAR = 72;
    public static final int TCPI_SND_SSTHRESH = 76;
    public static final int TCPI_SND_CWND = 80;
    public static final int TCPI_ADVMSS = 84;
    public static final int TCPI_REORDERING = 88;
    public static final int TCPI_RCV_RTT = 92;
    public static final int TCPI_RCV_SPACE = 96;
    public static final int TCPI_TOTAL_RETRANS = 100;
    public static final int TCPI_PACING_RATE = 104;
    public static final int TCPI_MAX_PACING_RATE = 112;
    public static final int TCPI_BYTES_ACKED = 120;
    public static final int TCPI_BYTES_RECEIVED = 128;
    public static final int TCPI_SEGS_OUT = 136;
    public static final int TCPI_SEGS_IN = 140;
    public static final int TCPI_NOTSENT_BYTES = 144;
    public static final int TCPI_MIN_RTT = 148;
    public static final int TCPI_DATA_SEGS_IN = 152;
    public static final int TCPI_DATA_SEGS_OUT = 156;
    public static final int TCPI_DELIVERY_RATE = 160;
    public static final int TCPI_BUSY_TIME = 168;
    public static final int TCPI_RWND_LIMITED = 176;
    public static final int TCPI_SNDBUF_LIMITED = 184;
    public static final int TCPI_DELIVERED = 192;
    public static final int TCPI_DELIVERED_CE = 196;
    public static final int TCPI_BYTES_SENT = 200;
    public static final int TCPI_BYTES_RETRANS = 208;
    public static final int TCPI_DSACK_DUPS = 216;
    public static final int TCPI_REORD_SEEN = 220;
    public static final int TCPI_RCV_OOOPACK = 224;
    public static final int TCPI_SND_WND = 228;
    public static final int TCPI_RCV_WND = 232;
    public static final int TCPI_REHASH = 236;
    public static final int TCPI_TOTAL_RTO = 240;
    public static final int TCPI_TOTAL_RTO_RECOVERIES = 242;
    public static final int TCPI_TOTAL_RTO_TIME = 244;
    public static final int TCPI_RECEIVED_CE = 248;
    public static final int TCPI_DELIVERED_E1_BYTES = 252;
    public static final int TCPI_DELIVERED_E0_BYTES = 256;
    public static final int TCPI_DELIVERED_CE_BYTES = 260;
    public static final int TCPI_RECEIVED_E1_BYTES = 264;
    public static final int TCPI_RECEIVED_E0_BYTES = 268;
    public static final int TCPI_RECEIVED_CE_BYTES = 272;
    public static final int TCPI_ACCECN = 276;

    private TcpInfo() {}

    public static int tcpi_state(ByteBuffer b, int o) {
        return Fields.u8(b, o + TCPI_STATE);
    }

    public static int tcpi_ca_state(ByteBuffer b, int o) {
        return Fields.u8(b, o + TCPI_CA_STATE);
    }

    public static int tcpi_retransmits(ByteBuffer b, int o) {
        return Fields.u8(b, o + TCPI_RETRANSMITS);
    }

    public static int tcpi_probes(ByteBuffer b, int o) {
        return Fields.u8(b, o + TCPI_PROBES);
    }

    public static int tcpi_backoff(ByteBuffer b, int o) {
        return Fields.u8(b, o + TCPI_BACKOFF);
    }

    public static int tcpi_options(ByteBuffer b, int o) {
        return Fields.u8(b, o + TCPI_OPTIONS);
    }

    public static int tcpi_wscale(ByteBuffer b, int o) {
        return Fields.u8(b, o + TCPI_WSCALE);
    }

    public static int tcpi_flags(ByteBuffer b, int o) {
        return Fields.u8(b, o + TCPI_FLAGS);
    }

    public static long tcpi_rto(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RTO);
    }

    public static long tcpi_ato(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_ATO);
    }

    public static long tcpi_snd_mss(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_SND_MSS);
    }

    public static long tcpi_rcv_mss(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RCV_MSS);
    }

    public static long tcpi_unacked(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_UNACKED);
    }

    public static long tcpi_sacked(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_SACKED);
    }

    public static long tcpi_lost(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_LOST);
    }

    public static long tcpi_retrans(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RETRANS);
    }

    public static long tcpi_fackets(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_FACKETS);
    }

    public static long tcpi_last_data_sent(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_LAST_DATA_SENT);
    }

    public static long tcpi_last_ack_sent(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_LAST_ACK_SENT);
    }

    public static long tcpi_last_data_recv(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_LAST_DATA_RECV);
    }

    public static long tcpi_last_ack_recv(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_LAST_ACK_RECV);
    }

    public static long tcpi_pmtu(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_PMTU);
    }

    public static long tcpi_rcv_ssthresh(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RCV_SSTHRESH);
    }

    public static long tcpi_rtt(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RTT);
    }

    public static long tcpi_rttvar(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RTTVAR);
    }

    public static long tcpi_snd_ssthresh(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_SND_SSTHRESH);
    }

    public static long tcpi_snd_cwnd(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_SND_CWND);
    }

    public static long tcpi_advmss(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_ADVMSS);
    }

    public static long tcpi_reordering(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_REORDERING);
    }

    public static long tcpi_rcv_rtt(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RCV_RTT);
    }

    public static long tcpi_rcv_space(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RCV_SPACE);
    }

    public static long tcpi_total_retrans(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_TOTAL_RETRANS);
    }

    public static long tcpi_pacing_rate(ByteBuffer b, int o) {
        return b.getLong(o + TCPI_PACING_RATE);
    }

    public static long tcpi_max_pacing_rate(ByteBuffer b, int o) {
        return b.getLong(o + TCPI_MAX_PACING_RATE);
    }

    public static long tcpi_bytes_acked(ByteBuffer b, int o) {
        return b.getLong(o + TCPI_BYTES_ACKED);
    }

    public static long tcpi_bytes_received(ByteBuffer b, int o) {
        return b.getLong(o + TCPI_BYTES_RECEIVED);
    }

    public static long tcpi_segs_out(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_SEGS_OUT);
    }

    public static long tcpi_segs_in(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_SEGS_IN);
    }

    public static long tcpi_notsent_bytes(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_NOTSENT_BYTES);
    }

    public static long tcpi_min_rtt(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_MIN_RTT);
    }

    public static long tcpi_data_segs_in(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_DATA_SEGS_IN);
    }

    public static long tcpi_data_segs_out(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_DATA_SEGS_OUT);
    }

    public static long tcpi_delivery_rate(ByteBuffer b, int o) {
        return b.getLong(o + TCPI_DELIVERY_RATE);
    }

    public static long tcpi_busy_time(ByteBuffer b, int o) {
        return b.getLong(o + TCPI_BUSY_TIME);
    }

    public static long tcpi_rwnd_limited(ByteBuffer b, int o) {
        return b.getLong(o + TCPI_RWND_LIMITED);
    }

    public static long tcpi_sndbuf_limited(ByteBuffer b, int o) {
        return b.getLong(o + TCPI_SNDBUF_LIMITED);
    }

    public static long tcpi_delivered(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_DELIVERED);
    }

    public static long tcpi_delivered_ce(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_DELIVERED_CE);
    }

    public static long tcpi_bytes_sent(ByteBuffer b, int o) {
        return b.getLong(o + TCPI_BYTES_SENT);
    }

    public static long tcpi_bytes_retrans(ByteBuffer b, int o) {
        return b.getLong(o + TCPI_BYTES_RETRANS);
    }

    public static long tcpi_dsack_dups(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_DSACK_DUPS);
    }

    public static long tcpi_reord_seen(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_REORD_SEEN);
    }

    public static long tcpi_rcv_ooopack(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RCV_OOOPACK);
    }

    public static long tcpi_snd_wnd(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_SND_WND);
    }

    public static long tcpi_rcv_wnd(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RCV_WND);
    }

    public static long tcpi_rehash(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_REHASH);
    }

    public static int tcpi_total_rto(ByteBuffer b, int o) {
        return Fields.u16(b, o + TCPI_TOTAL_RTO);
    }

    public static int tcpi_total_rto_recoveries(ByteBuffer b, int o) {
        return Fields.u16(b, o + TCPI_TOTAL_RTO_RECOVERIES);
    }

    public static long tcpi_total_rto_time(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_TOTAL_RTO_TIME);
    }

    public static long tcpi_received_ce(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RECEIVED_CE);
    }

    public static long tcpi_delivered_e1_bytes(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_DELIVERED_E1_BYTES);
    }

    public static long tcpi_delivered_e0_bytes(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_DELIVERED_E0_BYTES);
    }

    public static long tcpi_delivered_ce_bytes(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_DELIVERED_CE_BYTES);
    }

    public static long tcpi_received_e1_bytes(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RECEIVED_E1_BYTES);
    }

    public static long tcpi_received_e0_bytes(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RECEIVED_E0_BYTES);
    }

    public static long tcpi_received_ce_bytes(ByteBuffer b, int o) {
        return Fields.u32(b, o + TCPI_RECEIVED_CE_BYTES);
    }

    public static int tcpi_accecn(ByteBuffer b, int o) {
        return b.getInt(o + TCPI_ACCECN);
    }

    /** The peer's window scale, 0 to 14. */
    public static int tcpi_snd_wscale(ByteBuffer b, int o) {
        return Fields.bits(tcpi_wscale(b, o), 0, 4);
    }

    /** Our window scale, 0 to 14. */
    public static int tcpi_rcv_wscale(ByteBuffer b, int o) {
        return Fields.bits(tcpi_wscale(b, o), 4, 4);
    }

    /** 1 when tcpi_delivery_rate was limited by the application, else 0. */
    public static int tcpi_delivery_rate_app_limited(ByteBuffer b, int o) {
        return Fields.bits(tcpi_flags(b, o), 0, 1);
    }

    /** Why Fast Open failed for this client: TFO_*. */
    public static int tcpi_fastopen_client_fail(ByteBuffer b, int o) {
        return Fields.bits(tcpi_flags(b, o), 1, 2);
    }
}
