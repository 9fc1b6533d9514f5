package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.raw.struct.Tls12CryptoInfoAesGcm128;
import io.sockfd.raw.struct.Tls12CryptoInfoAesGcm256;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one direction. The kernel gives them only to who asks for exactly as many bytes as the cipher has, or for the
 * four that say which it is.
 */
final class TlsInfo implements Codec<TlsKeys> {
    @Override
    public Class<TlsKeys> type() {
        return TlsKeys.class;
    }

    @Override
    public int size() {
        return Tls12CryptoInfoAesGcm256.SIZE;
    }

    @Override
    public int size(TlsKeys value) {
        return value.size();
    }

    @Override
    public int encode(TlsKeys value, ByteBuffer b) {
        return value.encode(b);
    }

    @Override
    public int request(@Nullable TlsKeys request, ByteBuffer b) {
        return Tls12CryptoInfoAesGcm128.IV; // struct tls_crypto_info
    }

    @Override
    public int rest(ByteBuffer b, int length) {
        return TlsKeys.size(Tls12CryptoInfoAesGcm128.cipher_type(b, 0)); // 0: these four bytes are all that can be had
    }

    @Override
    public TlsKeys decode(ByteBuffer b, int length) {
        return TlsKeys.decode(b, length);
    }
}
