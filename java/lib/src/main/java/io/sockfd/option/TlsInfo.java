package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Tls12CryptoInfoAesGcm128;
import io.sockfd.raw.struct.Tls12CryptoInfoAesGcm256;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one direction as bytes. The kernel gives them only to who asks for exactly as many bytes as the cipher has,
 * or for the four that say which it is.
 */
final class TlsInfo implements Codec<byte[]> {
    private static final Codec<byte[]> BYTES = Codecs.bytes(Tls12CryptoInfoAesGcm256.SIZE);

    @Override
    public Class<byte[]> type() {
        return byte[].class;
    }

    @Override
    public int size() {
        return BYTES.size();
    }

    @Override
    public int size(byte[] value) {
        return BYTES.size(value);
    }

    @Override
    public int encode(byte[] value, ByteBuffer b) {
        return BYTES.encode(value, b);
    }

    @Override
    public int request(byte @Nullable [] request, ByteBuffer b) {
        return Tls12CryptoInfoAesGcm128.IV; // struct tls_crypto_info
    }

    @Override
    public int rest(ByteBuffer b, int length) {
        return switch (Tls12CryptoInfoAesGcm128.cipher_type(b, 0)) {
            case Linux.TLS_CIPHER_AES_GCM_256, Linux.TLS_CIPHER_CHACHA20_POLY1305, Linux.TLS_CIPHER_ARIA_GCM_256 ->
                Tls12CryptoInfoAesGcm256.SIZE;
            case Linux.TLS_CIPHER_AES_GCM_128,
                    Linux.TLS_CIPHER_AES_CCM_128,
                    Linux.TLS_CIPHER_SM4_GCM,
                    Linux.TLS_CIPHER_SM4_CCM,
                    Linux.TLS_CIPHER_ARIA_GCM_128 -> Tls12CryptoInfoAesGcm128.SIZE;
            default -> 0; // a later kernel's: these four bytes are all that can be had
        };
    }

    @Override
    public byte[] decode(ByteBuffer b, int length) {
        return BYTES.decode(b, length);
    }
}
