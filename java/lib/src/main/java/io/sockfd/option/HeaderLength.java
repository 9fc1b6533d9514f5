package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** PACKET_HDRLEN: a version goes in, a length comes out of the same int. */
final class HeaderLength {
    static final Codec<Integer> CODEC = new Codec<>() {
        @Override
        public Class<Integer> type() {
            return Integer.class;
        }

        @Override
        public int size() {
            return Integer.BYTES;
        }

        @Override
        public int encode(Integer value, ByteBuffer b) {
            return Codecs.INT.encode(value, b);
        }

        @Override
        public Integer decode(ByteBuffer b, int length) {
            return Codecs.INT.decode(b, length);
        }

        @Override
        public int request(@Nullable Integer version, ByteBuffer b) {
            if (version == null) {
                throw new UnsupportedOperationException(
                        "PACKET_HDRLEN needs a request: get(sockfd, TPACKET_V1, TPACKET_V2 or TPACKET_V3)");
            }
            return encode(version, b);
        }
    };

    private HeaderLength() {}
}
