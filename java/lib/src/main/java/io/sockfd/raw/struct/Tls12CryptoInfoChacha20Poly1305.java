package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Keys of one direction: TLS_TX, TLS_RX with ChaCha20-Poly1305. See {@code linux/tls.h}.
 *
 * <pre>
 *         +--------------------+
 *      0  | u16    version     |  TLS_1_2_VERSION, TLS_1_3_VERSION
 *      2  | u16    cipher_type |  TLS_CIPHER_CHACHA20_POLY1305
 *      4  | u8[12] iv          |
 *     16  | u8[32] key         |
 *     48  | u8[8]  rec_seq     |
 *     56  +--------------------+
 * </pre>
 */
public final class Tls12CryptoInfoChacha20Poly1305 {
    public static final int SIZE = 56;

    public static final int VERSION = 0;
    public static final int CIPHER_TYPE = 2;
    public static final int IV = 4;
    public static final int IV_BYTES = 12;
    public static final int KEY = 16;
    public static final int KEY_BYTES = 32;
    public static final int REC_SEQ = 48;
    public static final int REC_SEQ_BYTES = 8;

    private Tls12CryptoInfoChacha20Poly1305() {}

    public static int version(ByteBuffer b, int o) {
        return Fields.u16(b, o + VERSION);
    }

    public static void version(ByteBuffer b, int o, int value) {
        b.putShort(o + VERSION, (short) value);
    }

    public static int cipher_type(ByteBuffer b, int o) {
        return Fields.u16(b, o + CIPHER_TYPE);
    }

    public static void cipher_type(ByteBuffer b, int o, int value) {
        b.putShort(o + CIPHER_TYPE, (short) value);
    }

    /** A copy. */
    public static byte[] iv(ByteBuffer b, int o) {
        return Fields.bytes(b, o + IV, IV_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void iv(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + IV, IV_BYTES, value);
    }

    /** A copy. */
    public static byte[] key(ByteBuffer b, int o) {
        return Fields.bytes(b, o + KEY, KEY_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void key(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + KEY, KEY_BYTES, value);
    }

    /** A copy. */
    public static byte[] rec_seq(ByteBuffer b, int o) {
        return Fields.bytes(b, o + REC_SEQ, REC_SEQ_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void rec_seq(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + REC_SEQ, REC_SEQ_BYTES, value);
    }
}
