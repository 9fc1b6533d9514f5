package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.raw.struct.TcpAoInfoOpt;
import java.nio.ByteBuffer;

/**
 * TCP_AO_INFO: the TCP Authentication Option of a socket, struct tcp_ao_info_opt.
 *
 * @param setCurrent set: currentKey counts; get: there is one
 * @param setRnext set: rnext counts; get: there is one
 * @param aoRequired segments without the option are dropped
 * @param setCounters set: the counters count
 * @param acceptIcmps ICMP errors are believed
 * @param currentKey the sndid of the key that signs
 * @param rnext the rcvid of the key that the peer is asked for
 * @param pktGood segments verified
 * @param pktBad segments that failed
 * @param pktKeyNotFound segments whose key is not there
 * @param pktAoRequired segments dropped for the lack of the option
 * @param pktDroppedIcmp ICMP errors ignored
 */
public record TcpAoInfo(
        boolean setCurrent,
        boolean setRnext,
        boolean aoRequired,
        boolean setCounters,
        boolean acceptIcmps,
        int currentKey,
        int rnext,
        long pktGood,
        long pktBad,
        long pktKeyNotFound,
        long pktAoRequired,
        long pktDroppedIcmp) {
    static final Codec<TcpAoInfo> CODEC =
            Codecs.of(TcpAoInfo.class, TcpAoInfoOpt.SIZE, TcpAoInfo::encode, (b, length) -> decode(b));

    private static int encode(TcpAoInfo value, ByteBuffer b) {
        TcpAoInfoOpt.set_current(b, 0, value.setCurrent ? 1 : 0);
        TcpAoInfoOpt.set_rnext(b, 0, value.setRnext ? 1 : 0);
        TcpAoInfoOpt.ao_required(b, 0, value.aoRequired ? 1 : 0);
        TcpAoInfoOpt.set_counters(b, 0, value.setCounters ? 1 : 0);
        TcpAoInfoOpt.accept_icmps(b, 0, value.acceptIcmps ? 1 : 0);
        TcpAoInfoOpt.current_key(b, 0, value.currentKey);
        TcpAoInfoOpt.rnext(b, 0, value.rnext);
        TcpAoInfoOpt.pkt_good(b, 0, value.pktGood);
        TcpAoInfoOpt.pkt_bad(b, 0, value.pktBad);
        TcpAoInfoOpt.pkt_key_not_found(b, 0, value.pktKeyNotFound);
        TcpAoInfoOpt.pkt_ao_required(b, 0, value.pktAoRequired);
        TcpAoInfoOpt.pkt_dropped_icmp(b, 0, value.pktDroppedIcmp);
        return TcpAoInfoOpt.SIZE;
    }

    private static TcpAoInfo decode(ByteBuffer b) {
        return new TcpAoInfo(
                TcpAoInfoOpt.set_current(b, 0) != 0,
                TcpAoInfoOpt.set_rnext(b, 0) != 0,
                TcpAoInfoOpt.ao_required(b, 0) != 0,
                TcpAoInfoOpt.set_counters(b, 0) != 0,
                TcpAoInfoOpt.accept_icmps(b, 0) != 0,
                TcpAoInfoOpt.current_key(b, 0),
                TcpAoInfoOpt.rnext(b, 0),
                TcpAoInfoOpt.pkt_good(b, 0),
                TcpAoInfoOpt.pkt_bad(b, 0),
                TcpAoInfoOpt.pkt_key_not_found(b, 0),
                TcpAoInfoOpt.pkt_ao_required(b, 0),
                TcpAoInfoOpt.pkt_dropped_icmp(b, 0));
    }
}
