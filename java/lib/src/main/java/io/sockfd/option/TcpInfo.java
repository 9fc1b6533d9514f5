package io.sockfd.option;

import static io.sockfd.raw.struct.TcpInfo.SIZE;
import static io.sockfd.raw.struct.TcpInfo.tcpi_accecn;
import static io.sockfd.raw.struct.TcpInfo.tcpi_advmss;
import static io.sockfd.raw.struct.TcpInfo.tcpi_ato;
import static io.sockfd.raw.struct.TcpInfo.tcpi_backoff;
import static io.sockfd.raw.struct.TcpInfo.tcpi_busy_time;
import static io.sockfd.raw.struct.TcpInfo.tcpi_bytes_acked;
import static io.sockfd.raw.struct.TcpInfo.tcpi_bytes_received;
import static io.sockfd.raw.struct.TcpInfo.tcpi_bytes_retrans;
import static io.sockfd.raw.struct.TcpInfo.tcpi_bytes_sent;
import static io.sockfd.raw.struct.TcpInfo.tcpi_ca_state;
import static io.sockfd.raw.struct.TcpInfo.tcpi_data_segs_in;
import static io.sockfd.raw.struct.TcpInfo.tcpi_data_segs_out;
import static io.sockfd.raw.struct.TcpInfo.tcpi_delivered;
import static io.sockfd.raw.struct.TcpInfo.tcpi_delivered_ce;
import static io.sockfd.raw.struct.TcpInfo.tcpi_delivered_ce_bytes;
import static io.sockfd.raw.struct.TcpInfo.tcpi_delivered_e0_bytes;
import static io.sockfd.raw.struct.TcpInfo.tcpi_delivered_e1_bytes;
import static io.sockfd.raw.struct.TcpInfo.tcpi_delivery_rate;
import static io.sockfd.raw.struct.TcpInfo.tcpi_delivery_rate_app_limited;
import static io.sockfd.raw.struct.TcpInfo.tcpi_dsack_dups;
import static io.sockfd.raw.struct.TcpInfo.tcpi_fackets;
import static io.sockfd.raw.struct.TcpInfo.tcpi_fastopen_client_fail;
import static io.sockfd.raw.struct.TcpInfo.tcpi_last_ack_recv;
import static io.sockfd.raw.struct.TcpInfo.tcpi_last_ack_sent;
import static io.sockfd.raw.struct.TcpInfo.tcpi_last_data_recv;
import static io.sockfd.raw.struct.TcpInfo.tcpi_last_data_sent;
import static io.sockfd.raw.struct.TcpInfo.tcpi_lost;
import static io.sockfd.raw.struct.TcpInfo.tcpi_max_pacing_rate;
import static io.sockfd.raw.struct.TcpInfo.tcpi_min_rtt;
import static io.sockfd.raw.struct.TcpInfo.tcpi_notsent_bytes;
import static io.sockfd.raw.struct.TcpInfo.tcpi_options;
import static io.sockfd.raw.struct.TcpInfo.tcpi_pacing_rate;
import static io.sockfd.raw.struct.TcpInfo.tcpi_pmtu;
import static io.sockfd.raw.struct.TcpInfo.tcpi_probes;
import static io.sockfd.raw.struct.TcpInfo.tcpi_rcv_mss;
import static io.sockfd.raw.struct.TcpInfo.tcpi_rcv_ooopack;
import static io.sockfd.raw.struct.TcpInfo.tcpi_rcv_rtt;
import static io.sockfd.raw.struct.TcpInfo.tcpi_rcv_space;
import static io.sockfd.raw.struct.TcpInfo.tcpi_rcv_ssthresh;
import static io.sockfd.raw.struct.TcpInfo.tcpi_rcv_wnd;
import static io.sockfd.raw.struct.TcpInfo.tcpi_rcv_wscale;
import static io.sockfd.raw.struct.TcpInfo.tcpi_received_ce;
import static io.sockfd.raw.struct.TcpInfo.tcpi_received_ce_bytes;
import static io.sockfd.raw.struct.TcpInfo.tcpi_received_e0_bytes;
import static io.sockfd.raw.struct.TcpInfo.tcpi_received_e1_bytes;
import static io.sockfd.raw.struct.TcpInfo.tcpi_rehash;
import static io.sockfd.raw.struct.TcpInfo.tcpi_reord_seen;
import static io.sockfd.raw.struct.TcpInfo.tcpi_reordering;
import static io.sockfd.raw.struct.TcpInfo.tcpi_retrans;
import static io.sockfd.raw.struct.TcpInfo.tcpi_retransmits;
import static io.sockfd.raw.struct.TcpInfo.tcpi_rto;
import static io.sockfd.raw.struct.TcpInfo.tcpi_rtt;
import static io.sockfd.raw.struct.TcpInfo.tcpi_rttvar;
import static io.sockfd.raw.struct.TcpInfo.tcpi_rwnd_limited;
import static io.sockfd.raw.struct.TcpInfo.tcpi_sacked;
import static io.sockfd.raw.struct.TcpInfo.tcpi_segs_in;
import static io.sockfd.raw.struct.TcpInfo.tcpi_segs_out;
import static io.sockfd.raw.struct.TcpInfo.tcpi_snd_cwnd;
import static io.sockfd.raw.struct.TcpInfo.tcpi_snd_mss;
import static io.sockfd.raw.struct.TcpInfo.tcpi_snd_ssthresh;
import static io.sockfd.raw.struct.TcpInfo.tcpi_snd_wnd;
import static io.sockfd.raw.struct.TcpInfo.tcpi_snd_wscale;
import static io.sockfd.raw.struct.TcpInfo.tcpi_sndbuf_limited;
import static io.sockfd.raw.struct.TcpInfo.tcpi_state;
import static io.sockfd.raw.struct.TcpInfo.tcpi_total_retrans;
import static io.sockfd.raw.struct.TcpInfo.tcpi_total_rto;
import static io.sockfd.raw.struct.TcpInfo.tcpi_total_rto_recoveries;
import static io.sockfd.raw.struct.TcpInfo.tcpi_total_rto_time;
import static io.sockfd.raw.struct.TcpInfo.tcpi_unacked;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * TCP_INFO: the state of a connection, as of when it was read. Kernels append fields: one that this kernel does not
 * have is empty, which is not the same as 0. Immutable.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7)</a>
 */
public final class TcpInfo {
    static final Codec<TcpInfo> CODEC = Codecs.decoding(TcpInfo.class, SIZE, (b, length) -> new TcpInfo(b, 0, length));

    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
    private final int length;

    /** Copies the struct; what newer kernels append is not looked at. */
    TcpInfo(ByteBuffer b, int at, int length) {
        this.length = length;
        bytes.put(0, b, at, Math.min(length, SIZE));
    }

    /**
     * Reads the struct where it lies, for instance in a message of sock_diag(7).
     *
     * @param b in native byte order
     * @param at where it begins
     * @param length how much of it there is; 0 and more
     */
    public static TcpInfo of(ByteBuffer b, int at, int length) {
        return new TcpInfo(b, at, length);
    }

    private OptionalLong since(int end, long value) {
        return length >= end ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /** The bytes that the kernel returned: which fields it has. */
    public int length() {
        return length;
    }

    /** The state as a number: TCP_ESTABLISHED … */
    public int state() {
        return tcpi_state(bytes, 0);
    }

    /** What congestion control is doing: TCP_CA_OPEN … */
    public int caState() {
        return tcpi_ca_state(bytes, 0);
    }

    /** Timeouts of the oldest segment that is not acknowledged. */
    public int retransmits() {
        return tcpi_retransmits(bytes, 0);
    }

    /** Window or keepalive probes without an answer. */
    public int probes() {
        return tcpi_probes(bytes, 0);
    }

    /** How often the timeout was doubled. */
    public int backoff() {
        return tcpi_backoff(bytes, 0);
    }

    /** TCPI_OPT_TIMESTAMPS, SACK, WSCALE, ECN, SYN_DATA … */
    public int options() {
        return tcpi_options(bytes, 0);
    }

    /** The peer's window scale, in bits. */
    public int sndWscale() {
        return tcpi_snd_wscale(bytes, 0);
    }

    /** The own window scale, in bits. */
    public int rcvWscale() {
        return tcpi_rcv_wscale(bytes, 0);
    }

    /** 1 when the delivery rate was limited by the application. */
    public int deliveryRateAppLimited() {
        return tcpi_delivery_rate_app_limited(bytes, 0);
    }

    /** Why fast open failed: TFO_COOKIE_UNAVAILABLE … */
    public int fastopenClientFail() {
        return tcpi_fastopen_client_fail(bytes, 0);
    }

    /** The retransmission timeout, in microseconds. */
    public long rtoMicros() {
        return tcpi_rto(bytes, 0);
    }

    /** The timeout of delayed ACKs, in microseconds. */
    public long atoMicros() {
        return tcpi_ato(bytes, 0);
    }

    /** The largest segment to send, in bytes. */
    public long sndMss() {
        return tcpi_snd_mss(bytes, 0);
    }

    /** The largest segment received, as estimated, in bytes. */
    public long rcvMss() {
        return tcpi_rcv_mss(bytes, 0);
    }

    /** Segments sent and not acknowledged; of a listener, connections that wait for accept. */
    public long unacked() {
        return tcpi_unacked(bytes, 0);
    }

    /** Segments that SACK acknowledged; of a listener, its backlog. */
    public long sacked() {
        return tcpi_sacked(bytes, 0);
    }

    /** Segments that are taken for lost. */
    public long lost() {
        return tcpi_lost(bytes, 0);
    }

    /** Segments sent again and not acknowledged. */
    public long retrans() {
        return tcpi_retrans(bytes, 0);
    }

    /** Always 0 since Linux 4.15. */
    public long fackets() {
        return tcpi_fackets(bytes, 0);
    }

    /** Since data was last sent, in milliseconds. */
    public long lastDataSentMillis() {
        return tcpi_last_data_sent(bytes, 0);
    }

    /** Always 0. */
    public long lastAckSentMillis() {
        return tcpi_last_ack_sent(bytes, 0);
    }

    /** Since data last came, in milliseconds. */
    public long lastDataRecvMillis() {
        return tcpi_last_data_recv(bytes, 0);
    }

    /** Since an ACK last came, in milliseconds. */
    public long lastAckRecvMillis() {
        return tcpi_last_ack_recv(bytes, 0);
    }

    /** The path's MTU, in bytes. */
    public long pmtu() {
        return tcpi_pmtu(bytes, 0);
    }

    /** How far the receive window may grow, in bytes. */
    public long rcvSsthresh() {
        return tcpi_rcv_ssthresh(bytes, 0);
    }

    /** The smoothed round trip time, in microseconds. */
    public long rttMicros() {
        return tcpi_rtt(bytes, 0);
    }

    /** Its mean deviation, in microseconds. */
    public long rttvarMicros() {
        return tcpi_rttvar(bytes, 0);
    }

    /** The slow start threshold, in segments. */
    public long sndSsthresh() {
        return tcpi_snd_ssthresh(bytes, 0);
    }

    /** The congestion window, in segments. */
    public long sndCwnd() {
        return tcpi_snd_cwnd(bytes, 0);
    }

    /** The MSS that was announced, in bytes. */
    public long advmss() {
        return tcpi_advmss(bytes, 0);
    }

    /** How far segments may be out of order, in segments. */
    public long reordering() {
        return tcpi_reordering(bytes, 0);
    }

    /** The round trip time as the receiver sees it, in microseconds. */
    public long rcvRttMicros() {
        return tcpi_rcv_rtt(bytes, 0);
    }

    /** What the application reads within a round trip, in bytes. */
    public long rcvSpace() {
        return tcpi_rcv_space(bytes, 0);
    }

    /** Segments sent again, in all. */
    public long totalRetrans() {
        return tcpi_total_retrans(bytes, 0);
    }

    /** The pacing rate, in bytes a second; -1 is unlimited. Linux 3.15. */
    public OptionalLong pacingRate() {
        return since(112, tcpi_pacing_rate(bytes, 0));
    }

    /** SO_MAX_PACING_RATE, in bytes a second; -1 is unlimited. Linux 3.15. */
    public OptionalLong maxPacingRate() {
        return since(120, tcpi_max_pacing_rate(bytes, 0));
    }

    /** Bytes acknowledged. Linux 4.1. */
    public OptionalLong bytesAcked() {
        return since(128, tcpi_bytes_acked(bytes, 0));
    }

    /** Bytes received. Linux 4.1. */
    public OptionalLong bytesReceived() {
        return since(136, tcpi_bytes_received(bytes, 0));
    }

    /** Segments sent. Linux 4.2. */
    public OptionalLong segsOut() {
        return since(140, tcpi_segs_out(bytes, 0));
    }

    /** Segments received. Linux 4.2. */
    public OptionalLong segsIn() {
        return since(144, tcpi_segs_in(bytes, 0));
    }

    /** Bytes in the queue that were not sent yet. Linux 4.6. */
    public OptionalLong notsentBytes() {
        return since(148, tcpi_notsent_bytes(bytes, 0));
    }

    /** The least round trip time, in microseconds. Linux 4.6. */
    public OptionalLong minRttMicros() {
        return since(152, tcpi_min_rtt(bytes, 0));
    }

    /** Segments with data received. Linux 4.6. */
    public OptionalLong dataSegsIn() {
        return since(156, tcpi_data_segs_in(bytes, 0));
    }

    /** Segments with data sent. Linux 4.6. */
    public OptionalLong dataSegsOut() {
        return since(160, tcpi_data_segs_out(bytes, 0));
    }

    /** The last delivery rate, in bytes a second. Linux 4.9. */
    public OptionalLong deliveryRate() {
        return since(168, tcpi_delivery_rate(bytes, 0));
    }

    /** Time with something to send, in microseconds. Linux 4.10. */
    public OptionalLong busyTimeMicros() {
        return since(176, tcpi_busy_time(bytes, 0));
    }

    /** Of that, time limited by the peer's window, in microseconds. Linux 4.10. */
    public OptionalLong rwndLimitedMicros() {
        return since(184, tcpi_rwnd_limited(bytes, 0));
    }

    /** Of that, time limited by the send buffer, in microseconds. Linux 4.10. */
    public OptionalLong sndbufLimitedMicros() {
        return since(192, tcpi_sndbuf_limited(bytes, 0));
    }

    /** Segments delivered, also those sent again. Linux 4.18. */
    public OptionalLong delivered() {
        return since(196, tcpi_delivered(bytes, 0));
    }

    /** Of those, marked by ECN. Linux 4.18. */
    public OptionalLong deliveredCe() {
        return since(200, tcpi_delivered_ce(bytes, 0));
    }

    /** Bytes sent, also those sent again. Linux 4.19. */
    public OptionalLong bytesSent() {
        return since(208, tcpi_bytes_sent(bytes, 0));
    }

    /** Bytes sent again. Linux 4.19. */
    public OptionalLong bytesRetrans() {
        return since(216, tcpi_bytes_retrans(bytes, 0));
    }

    /** Segments that the peer reported as received twice. Linux 4.19. */
    public OptionalLong dsackDups() {
        return since(220, tcpi_dsack_dups(bytes, 0));
    }

    /** ACKs that showed reordering. Linux 4.19. */
    public OptionalLong reordSeen() {
        return since(224, tcpi_reord_seen(bytes, 0));
    }

    /** Segments received out of order. Linux 5.4. */
    public OptionalLong rcvOoopack() {
        return since(228, tcpi_rcv_ooopack(bytes, 0));
    }

    /** The peer's window, in bytes. Linux 5.4. */
    public OptionalLong sndWnd() {
        return since(232, tcpi_snd_wnd(bytes, 0));
    }

    /** The own window, in bytes. Linux 6.2. */
    public OptionalLong rcvWnd() {
        return since(236, tcpi_rcv_wnd(bytes, 0));
    }

    /** How often another path was tried. Linux 6.2. */
    public OptionalLong rehash() {
        return since(240, tcpi_rehash(bytes, 0));
    }

    /** Timeouts, in all. Linux 6.7. */
    public OptionalLong totalRto() {
        return since(242, tcpi_total_rto(bytes, 0));
    }

    /** Times that ended well. Linux 6.7. */
    public OptionalLong totalRtoRecoveries() {
        return since(244, tcpi_total_rto_recoveries(bytes, 0));
    }

    /** Time spent in them, in milliseconds. Linux 6.7. */
    public OptionalLong totalRtoTimeMillis() {
        return since(248, tcpi_total_rto_time(bytes, 0));
    }

    /** Segments received with an ECN mark. Linux 6.18. */
    public OptionalLong receivedCe() {
        return since(252, tcpi_received_ce(bytes, 0));
    }

    /** AccECN: bytes delivered with ECT(1). Linux 6.18. */
    public OptionalLong deliveredE1Bytes() {
        return since(256, tcpi_delivered_e1_bytes(bytes, 0));
    }

    /** AccECN: bytes delivered with ECT(0). Linux 6.18. */
    public OptionalLong deliveredE0Bytes() {
        return since(260, tcpi_delivered_e0_bytes(bytes, 0));
    }

    /** AccECN: bytes delivered with a mark. Linux 6.18. */
    public OptionalLong deliveredCeBytes() {
        return since(264, tcpi_delivered_ce_bytes(bytes, 0));
    }

    /** AccECN: bytes received with ECT(1). Linux 6.18. */
    public OptionalLong receivedE1Bytes() {
        return since(268, tcpi_received_e1_bytes(bytes, 0));
    }

    /** AccECN: bytes received with ECT(0). Linux 6.18. */
    public OptionalLong receivedE0Bytes() {
        return since(272, tcpi_received_e0_bytes(bytes, 0));
    }

    /** AccECN: bytes received with a mark. Linux 6.18. */
    public OptionalLong receivedCeBytes() {
        return since(276, tcpi_received_ce_bytes(bytes, 0));
    }

    /** AccECN: what was negotiated, as bits. Linux 6.18. */
    public OptionalLong accecn() {
        return since(280, Integer.toUnsignedLong(tcpi_accecn(bytes, 0)));
    }

    /** The fields that the kernel has and that are not 0. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("TcpInfo[");
        Fields.append(text, "state", state());
        Fields.append(text, "ca_state", caState());
        Fields.append(text, "retransmits", retransmits());
        Fields.append(text, "probes", probes());
        Fields.append(text, "backoff", backoff());
        Fields.append(text, "options", options());
        Fields.append(text, "snd_wscale", sndWscale());
        Fields.append(text, "rcv_wscale", rcvWscale());
        Fields.append(text, "delivery_rate_app_limited", deliveryRateAppLimited());
        Fields.append(text, "fastopen_client_fail", fastopenClientFail());
        Fields.append(text, "rto", rtoMicros());
        Fields.append(text, "ato", atoMicros());
        Fields.append(text, "snd_mss", sndMss());
        Fields.append(text, "rcv_mss", rcvMss());
        Fields.append(text, "unacked", unacked());
        Fields.append(text, "sacked", sacked());
        Fields.append(text, "lost", lost());
        Fields.append(text, "retrans", retrans());
        Fields.append(text, "fackets", fackets());
        Fields.append(text, "last_data_sent", lastDataSentMillis());
        Fields.append(text, "last_ack_sent", lastAckSentMillis());
        Fields.append(text, "last_data_recv", lastDataRecvMillis());
        Fields.append(text, "last_ack_recv", lastAckRecvMillis());
        Fields.append(text, "pmtu", pmtu());
        Fields.append(text, "rcv_ssthresh", rcvSsthresh());
        Fields.append(text, "rtt", rttMicros());
        Fields.append(text, "rttvar", rttvarMicros());
        Fields.append(text, "snd_ssthresh", sndSsthresh());
        Fields.append(text, "snd_cwnd", sndCwnd());
        Fields.append(text, "advmss", advmss());
        Fields.append(text, "reordering", reordering());
        Fields.append(text, "rcv_rtt", rcvRttMicros());
        Fields.append(text, "rcv_space", rcvSpace());
        Fields.append(text, "total_retrans", totalRetrans());
        Fields.append(text, "pacing_rate", pacingRate());
        Fields.append(text, "max_pacing_rate", maxPacingRate());
        Fields.append(text, "bytes_acked", bytesAcked());
        Fields.append(text, "bytes_received", bytesReceived());
        Fields.append(text, "segs_out", segsOut());
        Fields.append(text, "segs_in", segsIn());
        Fields.append(text, "notsent_bytes", notsentBytes());
        Fields.append(text, "min_rtt", minRttMicros());
        Fields.append(text, "data_segs_in", dataSegsIn());
        Fields.append(text, "data_segs_out", dataSegsOut());
        Fields.append(text, "delivery_rate", deliveryRate());
        Fields.append(text, "busy_time", busyTimeMicros());
        Fields.append(text, "rwnd_limited", rwndLimitedMicros());
        Fields.append(text, "sndbuf_limited", sndbufLimitedMicros());
        Fields.append(text, "delivered", delivered());
        Fields.append(text, "delivered_ce", deliveredCe());
        Fields.append(text, "bytes_sent", bytesSent());
        Fields.append(text, "bytes_retrans", bytesRetrans());
        Fields.append(text, "dsack_dups", dsackDups());
        Fields.append(text, "reord_seen", reordSeen());
        Fields.append(text, "rcv_ooopack", rcvOoopack());
        Fields.append(text, "snd_wnd", sndWnd());
        Fields.append(text, "rcv_wnd", rcvWnd());
        Fields.append(text, "rehash", rehash());
        Fields.append(text, "total_rto", totalRto());
        Fields.append(text, "total_rto_recoveries", totalRtoRecoveries());
        Fields.append(text, "total_rto_time", totalRtoTimeMillis());
        Fields.append(text, "received_ce", receivedCe());
        Fields.append(text, "delivered_e1_bytes", deliveredE1Bytes());
        Fields.append(text, "delivered_e0_bytes", deliveredE0Bytes());
        Fields.append(text, "delivered_ce_bytes", deliveredCeBytes());
        Fields.append(text, "received_e1_bytes", receivedE1Bytes());
        Fields.append(text, "received_e0_bytes", receivedE0Bytes());
        Fields.append(text, "received_ce_bytes", receivedCeBytes());
        Fields.append(text, "accecn", accecn());
        return text.append(']').toString();
    }
}
