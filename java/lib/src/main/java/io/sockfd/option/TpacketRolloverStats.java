package io.sockfd.option;

import static io.sockfd.raw.struct.TpacketRolloverStats.SIZE;
import static io.sockfd.raw.struct.TpacketRolloverStats.tp_all;
import static io.sockfd.raw.struct.TpacketRolloverStats.tp_failed;
import static io.sockfd.raw.struct.TpacketRolloverStats.tp_huge;

import io.sockfd.Codec;
import io.sockfd.Codecs;

/**
 * PACKET_ROLLOVER_STATS: packets that fanout moved to another socket because this one was full.
 *
 * @param all that were moved
 * @param huge of those, the ones of a flow that alone takes much of the room
 * @param failed for which no socket had room
 */
public record TpacketRolloverStats(long all, long huge, long failed) {
    static final Codec<TpacketRolloverStats> CODEC = Codecs.decoding(
            TpacketRolloverStats.class,
            SIZE,
            (b, length) -> new TpacketRolloverStats(tp_all(b, 0), tp_huge(b, 0), tp_failed(b, 0)));
}
