package io.sockfd.option;

import io.sockfd.Codec;
import java.nio.ByteBuffer;

/** ALG_SET_AEAD_AUTHSIZE: the value is the length itself, and the bytes are not looked at. */
final class AuthSize {
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
            return value;
        }

        @Override
        public Integer decode(ByteBuffer b, int length) {
            throw new UnsupportedOperationException("ALG_SET_AEAD_AUTHSIZE can only be set");
        }
    };

    private AuthSize() {}
}
