package io.sockfd.option;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.TlsAlert;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Tls12CryptoInfoAesGcm128;
import io.sockfd.raw.struct.Tls12CryptoInfoAesGcm256;
import io.sockfd.raw.struct.Tls12CryptoInfoChacha20Poly1305;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bytes of TLS_TX and TLS_RX, which C's structs and constants know too. */
@Tag("once")
class TlsKeysTest {
    private static final long SEQUENCE = 0x0102030405060708L;

    private static byte[] bytes(int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }

    private static ByteBuffer encoded(TlsKeys keys) {
        ByteBuffer b = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
        assertEquals(keys.size(), keys.encode(b));
        assertEquals(keys, TlsKeys.decode(b, keys.size()));
        return b;
    }

    @Test
    void areAsTheStructsHaveThem() {
        int tls12 = Linux.TLS_1_2_VERSION;
        byte[] sequence = {1, 2, 3, 4, 5, 6, 7, 8};
        ByteBuffer b = encoded(TlsKeys.aesGcm128(tls12, bytes(1, 16), bytes(50, 8), bytes(90, 4), SEQUENCE));
        assertEquals(tls12, Tls12CryptoInfoAesGcm128.version(b, 0));
        assertEquals(Linux.TLS_CIPHER_AES_GCM_128, Tls12CryptoInfoAesGcm128.cipher_type(b, 0));
        assertArrayEquals(bytes(1, 16), Tls12CryptoInfoAesGcm128.key(b, 0));
        assertArrayEquals(bytes(50, 8), Tls12CryptoInfoAesGcm128.iv(b, 0));
        assertArrayEquals(bytes(90, 4), Tls12CryptoInfoAesGcm128.salt(b, 0));
        assertArrayEquals(sequence, Tls12CryptoInfoAesGcm128.rec_seq(b, 0));
        b = encoded(TlsKeys.aesGcm256(tls12, bytes(1, 32), bytes(50, 8), bytes(90, 4), SEQUENCE));
        assertArrayEquals(bytes(1, 32), Tls12CryptoInfoAesGcm256.key(b, 0));
        assertArrayEquals(bytes(90, 4), Tls12CryptoInfoAesGcm256.salt(b, 0));
        assertArrayEquals(sequence, Tls12CryptoInfoAesGcm256.rec_seq(b, 0));
        b = encoded(TlsKeys.chacha20Poly1305(tls12, bytes(1, 32), bytes(50, 12), SEQUENCE));
        assertArrayEquals(bytes(1, 32), Tls12CryptoInfoChacha20Poly1305.key(b, 0));
        assertArrayEquals(bytes(50, 12), Tls12CryptoInfoChacha20Poly1305.iv(b, 0));
        assertArrayEquals(sequence, Tls12CryptoInfoChacha20Poly1305.rec_seq(b, 0));
    }

    /** The lengths of each cipher are those of its TLS_CIPHER_x_SIZE constants. */
    @Test
    void everyCipherOfTheHeadersIsThereWithItsLengths() throws Exception {
        int ciphers = 0;
        for (Field field : Linux.class.getFields()) {
            String name = field.getName();
            if (!name.startsWith("TLS_CIPHER_") || name.endsWith("_SIZE")) {
                continue;
            }
            int key = constant(name + "_KEY_SIZE");
            int iv = constant(name + "_IV_SIZE");
            int salt = constant(name + "_SALT_SIZE");
            int type = field.getInt(null);
            assertEquals(4 + key + iv + salt + constant(name + "_REC_SEQ_SIZE"), TlsKeys.size(type), name);
            TlsKeys keys = TlsKeys.of(Linux.TLS_1_3_VERSION, type, bytes(1, key), bytes(60, iv), bytes(90, salt), -1);
            ByteBuffer unused = encoded(keys);
            assertEquals(TlsKeys.tls13(type, bytes(1, key), concatenated(keys.salt(), keys.iv()), -1), keys, name);
            assertThrows(IllegalArgumentException.class, () -> TlsKeys.tls13(type, bytes(1, key), bytes(1, 11), 0));
            ciphers++;
        }
        assertEquals(8, ciphers);
    }

    private static int constant(String name) throws ReflectiveOperationException {
        return Linux.class.getField(name).getInt(null);
    }

    private static byte[] concatenated(byte[] a, byte[] b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
    }

    @Test
    void refuseWhatIsNotTheirs() {
        byte[] four = new byte[4];
        byte[] eight = new byte[8];
        byte[] key = new byte[16];
        assertThrows(IllegalArgumentException.class, () -> TlsKeys.aesGcm128(0x301, key, eight, four, 0));
        assertThrows(IllegalArgumentException.class, () -> TlsKeys.of(Linux.TLS_1_3_VERSION, 99, key, eight, four, 0));
        String words = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> TlsKeys.aesGcm256(Linux.TLS_1_3_VERSION, key, eight, four, 0))
                .getMessage());
        assertEquals("the key of AES-GCM-256 has 32 bytes, not 16", words);
    }

    @Test
    void doNotShowThemselves() {
        byte[] key = bytes(0x61, 16);
        TlsKeys keys = TlsKeys.aesGcm128(Linux.TLS_1_3_VERSION, key, new byte[8], new byte[4], 7);
        assertEquals("TLS 1.3, AES-GCM-128, sequence 7", keys.toString());
        key[0] = 0; // nor change with what they were made of
        assertEquals(0x61, keys.key()[0]);
    }

    /** The example of RFC 8448, 3: the server's handshake traffic secret. */
    @Test
    void areMadeFromASecret() {
        HexFormat hex = HexFormat.of();
        byte[] secret = hex.parseHex("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38");
        TlsKeys expected = TlsKeys.tls13(
                Linux.TLS_CIPHER_AES_GCM_128,
                hex.parseHex("3fce516009c21727d0f2e4e86ee403bc"),
                hex.parseHex("5d313eb2671276ee13000b30"),
                3);
        assertEquals(expected, TlsKeys.ofSecret(Linux.TLS_CIPHER_AES_GCM_128, secret, 3));
        assertEquals(
                32,
                TlsKeys.ofSecret(Linux.TLS_CIPHER_CHACHA20_POLY1305, secret, 0).key().length);
        assertEquals(
                32,
                TlsKeys.ofSecret(Linux.TLS_CIPHER_AES_GCM_256, new byte[48], 0).key().length);
        assertThrows(IllegalArgumentException.class, () -> TlsKeys.ofSecret(Linux.TLS_CIPHER_AES_GCM_256, secret, 0));
        assertThrows(IllegalArgumentException.class, () -> TlsKeys.ofSecret(Linux.TLS_CIPHER_SM4_GCM, secret, 0));
    }

    @Test
    void alertsHaveNames() {
        TlsAlert end = TlsAlert.decode(ByteBuffer.wrap(TlsAlert.CLOSE_NOTIFY.bytes()));
        assertEquals("close_notify (0)", end.toString());
        assertTrue(end.isEnd());
        TlsAlert bad = TlsAlert.decode(ByteBuffer.wrap(new byte[] {9, 2, 20}, 1, 2));
        assertEquals("bad_record_mac (20)", bad.toString());
        assertFalse(bad.isEnd());
        assertEquals("alert (200)", new TlsAlert(2, 200).toString());
        assertThrows(IllegalArgumentException.class, () -> TlsAlert.decode(ByteBuffer.allocate(3)));
    }
}
