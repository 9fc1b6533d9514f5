package io.sockfd.option;

import static io.sockfd.raw.struct.TpacketStatsV3.SIZE;
import static io.sockfd.raw.struct.TpacketStatsV3.tp_drops;
import static io.sockfd.raw.struct.TpacketStatsV3.tp_freeze_q_cnt;
import static io.sockfd.raw.struct.TpacketStatsV3.tp_packets;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import java.util.OptionalLong;

/**
 * PACKET_STATISTICS: counters since they were last read. See
 * <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * @param packets that passed the filter, dropped ones included
 * @param drops for which there was no room
 * @param freezeQCount how often the ring was full; only with TPACKET_V3
 */
public record TpacketStats(long packets, long drops, OptionalLong freezeQCount) {
    static final Codec<TpacketStats> CODEC = Codecs.decoding(
            TpacketStats.class,
            SIZE,
            (b, length) -> new TpacketStats(
                    tp_packets(b, 0),
                    tp_drops(b, 0),
                    length >= SIZE ? OptionalLong.of(tp_freeze_q_cnt(b, 0)) : OptionalLong.empty()));
}
