package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import java.nio.ByteBuffer;

/**
 * SCTP_INITMSG: what an association asks for when it begins. 0 leaves a number as it is.
 *
 * @param outStreams streams to send on, 10 by default; the peer may grant fewer
 * @param maxInStreams streams that the peer may have, 65535 by default
 * @param maxAttempts how often INIT is sent before connect fails
 * @param maxTimeoutMillis the most between two of them, in milliseconds
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6458#section-8.1.3">RFC 6458 section 8.1.3</a>
 */
public record SctpInitmsg(int outStreams, int maxInStreams, int maxAttempts, int maxTimeoutMillis) {
    static final Codec<SctpInitmsg> CODEC = Codecs.of(
            SctpInitmsg.class,
            io.sockfd.raw.struct.SctpInitmsg.SIZE,
            SctpInitmsg::encode,
            (b, length) -> new SctpInitmsg(
                    io.sockfd.raw.struct.SctpInitmsg.sinit_num_ostreams(b, 0),
                    io.sockfd.raw.struct.SctpInitmsg.sinit_max_instreams(b, 0),
                    io.sockfd.raw.struct.SctpInitmsg.sinit_max_attempts(b, 0),
                    io.sockfd.raw.struct.SctpInitmsg.sinit_max_init_timeo(b, 0)));

    private static final int MOST = 0xffff;

    /**
     * All four.
     *
     * @throws IllegalArgumentException when one is outside of 0 to 65535
     */
    public SctpInitmsg {
        if ((outStreams | maxInStreams | maxAttempts | maxTimeoutMillis) >>> Short.SIZE != 0) {
            throw new IllegalArgumentException("SCTP_INITMSG takes numbers from 0 to " + MOST + ", not " + outStreams
                    + ", " + maxInStreams + ", " + maxAttempts + ", " + maxTimeoutMillis);
        }
    }

    private int encode(ByteBuffer b) {
        io.sockfd.raw.struct.SctpInitmsg.sinit_num_ostreams(b, 0, outStreams);
        io.sockfd.raw.struct.SctpInitmsg.sinit_max_instreams(b, 0, maxInStreams);
        io.sockfd.raw.struct.SctpInitmsg.sinit_max_attempts(b, 0, maxAttempts);
        io.sockfd.raw.struct.SctpInitmsg.sinit_max_init_timeo(b, 0, maxTimeoutMillis);
        return io.sockfd.raw.struct.SctpInitmsg.SIZE;
    }
}
