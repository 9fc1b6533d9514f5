package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.raw.struct.XdpRingOffset;
import java.nio.ByteBuffer;

/**
 * XDP_MMAP_OFFSETS: where in the mapped rings their parts are, in bytes.
 *
 * @param rx the receive ring
 * @param tx the transmit ring
 * @param fr the fill ring
 * @param cr the completion ring
 */
public record XdpMmapOffsets(Ring rx, Ring tx, Ring fr, Ring cr) {
    static final Codec<XdpMmapOffsets> CODEC = Codecs.decoding(
            XdpMmapOffsets.class,
            io.sockfd.raw.struct.XdpMmapOffsets.SIZE,
            (b, length) -> new XdpMmapOffsets(
                    ring(b, io.sockfd.raw.struct.XdpMmapOffsets.RX),
                    ring(b, io.sockfd.raw.struct.XdpMmapOffsets.TX),
                    ring(b, io.sockfd.raw.struct.XdpMmapOffsets.FR),
                    ring(b, io.sockfd.raw.struct.XdpMmapOffsets.CR)));

    /**
     * The parts of one ring.
     *
     * @param producer the producer's index (u32)
     * @param consumer the consumer's index (u32)
     * @param desc the first descriptor
     * @param flags the ring's flags (u32); Linux 5.4
     */
    public record Ring(long producer, long consumer, long desc, long flags) {}

    private static Ring ring(ByteBuffer b, int at) {
        return new Ring(
                XdpRingOffset.producer(b, at),
                XdpRingOffset.consumer(b, at),
                XdpRingOffset.desc(b, at),
                XdpRingOffset.flags(b, at));
    }
}
