package io.sockfd.cli.ss;

import io.sockfd.netlink.InetSocketView;
import io.sockfd.option.TcpCcInfo;
import io.sockfd.option.TcpInfo;
import io.sockfd.raw.Linux;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** TCP_INFO in ss(8)'s words and units: milliseconds, bits a second; what is 0 is left out. */
final class TcpInfoText {
    private static final long INITIAL_RTO = 3_000_000;
    private static final long NO_THRESHOLD = 0xffff;
    private static final long U32 = 0xffffffffL;
    private static final int DIGITS = 6;
    private static final int RATE_DIGITS = 3;
    private static final double THOUSAND = 1000;
    private static final double MICROS = 1e6;
    private static final int NORMAL_REORDERING = 3;
    private static final String UNITS = "kMGT";

    private final StringJoiner text = new StringJoiner(" ");
    private final boolean numeric;

    private TcpInfoText(boolean numeric) {
        this.numeric = numeric;
    }

    /** Empty for a socket of which the kernel tells nothing. */
    static String of(InetSocketView socket, boolean options, boolean numeric) {
        TcpInfo info = socket.tcpInfo();
        if (info == null) {
            return "";
        }
        TcpInfoText text = new TcpInfoText(numeric);
        text.connection(socket, info, options);
        text.counters(info);
        text.congestion(socket, info);
        text.rates(info);
        text.losses(info);
        return text.text.toString();
    }

    private void connection(InetSocketView socket, TcpInfo info, boolean options) {
        flag(options && has(info, Linux.TCPI_OPT_TIMESTAMPS), "ts");
        flag(options && has(info, Linux.TCPI_OPT_SACK), "sack");
        flag(options && has(info, Linux.TCPI_OPT_ECN), "ecn");
        flag(options && has(info, Linux.TCPI_OPT_ECN_SEEN), "ecnseen");
        flag(options && has(info, Linux.TCPI_OPT_SYN_DATA), "fastopen");
        if (socket.congestion() != null) {
            text.add(socket.congestion());
        }
        flag(has(info, Linux.TCPI_OPT_WSCALE), "wscale:" + info.sndWscale() + "," + info.rcvWscale());
        flag(info.rtoMicros() != 0 && info.rtoMicros() != INITIAL_RTO, "rto:" + millis(info.rtoMicros()));
        count("backoff", info.backoff());
        flag(info.rttMicros() != 0, "rtt:" + millis(info.rttMicros()) + "/" + millis(info.rttvarMicros()));
        flag(info.atoMicros() != 0, "ato:" + millis(info.atoMicros()));
        count("mss", info.sndMss());
        count("pmtu", info.pmtu());
        count("rcvmss", info.rcvMss());
        count("advmss", info.advmss());
        count("cwnd", info.sndCwnd());
        flag(info.sndSsthresh() != 0 && info.sndSsthresh() < NO_THRESHOLD, "ssthresh:" + info.sndSsthresh());
    }

    private void counters(TcpInfo info) {
        count("bytes_sent", info.bytesSent());
        count("bytes_retrans", info.bytesRetrans());
        count("bytes_acked", info.bytesAcked());
        count("bytes_received", info.bytesReceived());
        count("segs_out", info.segsOut());
        count("segs_in", info.segsIn());
        count("data_segs_out", info.dataSegsOut());
        count("data_segs_in", info.dataSegsIn());
    }

    private void congestion(InetSocketView socket, TcpInfo info) {
        TcpCcInfo cc = socket.tcpCcInfo();
        double rtt = info.rttMicros();
        if (cc != null && socket.attributeOffset(Linux.INET_DIAG_BBRINFO) >= 0) {
            cc.bbr()
                    .ifPresent(bbr -> text.add("bbr:(bw:" + rate(bbr.bw() * (double) Byte.SIZE) + "bps,mrtt:"
                            + millis(bbr.minRttMicros())
                            + (bbr.pacingGain() == 0 ? "" : ",pacing_gain:" + number(bbr.pacingGain() / 256.0, DIGITS))
                            + (bbr.cwndGain() == 0 ? "" : ",cwnd_gain:" + number(bbr.cwndGain() / 256.0, DIGITS))
                            + ")"));
        } else if (cc != null && socket.attributeOffset(Linux.INET_DIAG_DCTCPINFO) >= 0) {
            cc.dctcp()
                    .ifPresent(d -> text.add(
                            d.enabled()
                                    ? "dctcp:(ce_state:" + d.ceState() + ",alpha:" + d.alpha() + ",ab_ecn:" + d.abEcn()
                                            + ",ab_tot:" + d.abTot() + ")"
                                    : "dctcp:fallback_mode"));
        }
        if (rtt > 0 && info.sndMss() != 0 && info.sndCwnd() != 0) {
            text.add("send " + rate(info.sndCwnd() * (double) info.sndMss() * Byte.SIZE * MICROS / rtt) + "bps");
        }
        count("lastsnd", info.lastDataSentMillis());
        count("lastrcv", info.lastDataRecvMillis());
        count("lastack", info.lastAckRecvMillis());
    }

    private void rates(TcpInfo info) {
        long pacing = info.pacingRate().orElse(0);
        long most = info.maxPacingRate().orElse(0);
        if (pacing != 0 && pacing != -1) {
            text.add("pacing_rate " + rate(pacing * (double) Byte.SIZE) + "bps"
                    + (most == 0 || most == -1 ? "" : "/" + rate(most * (double) Byte.SIZE) + "bps"));
        }
        long delivery = info.deliveryRate().orElse(0);
        flag(delivery != 0, "delivery_rate " + rate(delivery * (double) Byte.SIZE) + "bps");
        count("delivered", info.delivered());
        count("delivered_ce", info.deliveredCe());
        flag(info.deliveryRateAppLimited() != 0, "app_limited");
        long busy = info.busyTimeMicros().orElse(0);
        if (busy != 0) {
            text.add("busy:" + busy / (long) THOUSAND + "ms");
            limited("rwnd_limited", info.rwndLimitedMicros(), busy);
            limited("sndbuf_limited", info.sndbufLimitedMicros(), busy);
        }
    }

    private void limited(String name, OptionalLong micros, long busy) {
        long time = micros.orElse(0);
        flag(time != 0, String.format(Locale.ROOT, "%s:%dms(%.1f%%)", name, time / 1000, 100.0 * time / busy));
    }

    private void losses(TcpInfo info) {
        count("unacked", info.unacked());
        flag(info.retrans() != 0 || info.totalRetrans() != 0, "retrans:" + info.retrans() + "/" + info.totalRetrans());
        count("lost", info.lost());
        flag(info.sacked() != 0 && info.state() != Linux.TCP_LISTEN, "sacked:" + info.sacked());
        count("dsack_dups", info.dsackDups());
        count("fackets", info.fackets());
        flag(info.reordering() != NORMAL_REORDERING, "reordering:" + info.reordering());
        count("reord_seen", info.reordSeen());
        flag(info.rcvRttMicros() != 0, "rcv_rtt:" + millis(info.rcvRttMicros()));
        count("rcv_space", info.rcvSpace());
        count("rcv_ssthresh", info.rcvSsthresh());
        count("notsent", info.notsentBytes());
        long least = info.minRttMicros().orElse(0);
        flag(least != 0 && least != U32, "minrtt:" + millis(least));
        count("rcv_ooopack", info.rcvOoopack());
        count("snd_wnd", info.sndWnd());
    }

    private static boolean has(TcpInfo info, int option) {
        return (info.options() & option) != 0;
    }

    private void flag(boolean is, String word) {
        if (is) {
            text.add(word);
        }
    }

    private void count(String name, long value) {
        flag(value != 0, name + ":" + value);
    }

    private void count(String name, OptionalLong value) {
        count(name, value.orElse(0));
    }

    private static String millis(long micros) {
        return number(micros / THOUSAND, DIGITS);
    }

    private String rate(double bits) {
        if (numeric || bits < THOUSAND) {
            return String.format(Locale.ROOT, "%.0f", bits);
        }
        int unit = -1;
        double value = bits;
        while (value >= THOUSAND && unit + 1 < UNITS.length()) {
            value /= THOUSAND;
            unit++;
        }
        return number(value, RATE_DIGITS) + UNITS.charAt(unit);
    }

    /** So many digits at most, without zeros at the end. */
    static String number(double value, int digits) {
        return value == 0
                ? "0"
                : new BigDecimal(value)
                        .round(new MathContext(digits))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
