package io.sockfd.option;

import static io.sockfd.raw.struct.XdpStatistics.SIZE;
import static io.sockfd.raw.struct.XdpStatistics.rx_dropped;
import static io.sockfd.raw.struct.XdpStatistics.rx_fill_ring_empty_descs;
import static io.sockfd.raw.struct.XdpStatistics.rx_invalid_descs;
import static io.sockfd.raw.struct.XdpStatistics.rx_ring_full;
import static io.sockfd.raw.struct.XdpStatistics.tx_invalid_descs;
import static io.sockfd.raw.struct.XdpStatistics.tx_ring_empty_descs;

import io.sockfd.Codec;
import io.sockfd.Codecs;

/**
 * XDP_STATISTICS: counters since the socket was made; the last three are 0 before Linux 5.9.
 *
 * @param rxDropped received packets dropped for other reasons
 * @param rxInvalidDescs descriptors of the fill ring that were wrong
 * @param txInvalidDescs descriptors of the transmit ring that were wrong
 * @param rxRingFull packets dropped because the receive ring was full
 * @param rxFillRingEmptyDescs how often the fill ring was empty
 * @param txRingEmptyDescs how often the transmit ring was empty
 */
public record XdpStatistics(
        long rxDropped,
        long rxInvalidDescs,
        long txInvalidDescs,
        long rxRingFull,
        long rxFillRingEmptyDescs,
        long txRingEmptyDescs) {
    static final Codec<XdpStatistics> CODEC = Codecs.decoding(
            XdpStatistics.class,
            SIZE,
            (b, length) -> new XdpStatistics(
                    rx_dropped(b, 0),
                    rx_invalid_descs(b, 0),
                    tx_invalid_descs(b, 0),
                    rx_ring_full(b, 0),
                    rx_fill_ring_empty_descs(b, 0),
                    tx_ring_empty_descs(b, 0)));
}
