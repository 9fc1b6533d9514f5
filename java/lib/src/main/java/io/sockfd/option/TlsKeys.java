package io.sockfd.option;

import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * TLS_TX and TLS_RX: the keys of one direction of a connection, which a handshake in user space has agreed on. The kernel
 * makes or reads the records from then on. Immutable; {@link #toString} does not show the keys.
 *
 * <pre>{@code
 * socket.setOption(TcpOptions.TCP_ULP, "tls")
 *         .setOption(TlsOptions.TLS_TX, TlsKeys.tls13(TLS_CIPHER_AES_GCM_128, key, iv, 0));
 * socket.sendFile(file, 0, size); // encrypted on its way
 * }</pre>
 *
 * <p>The JDK's {@code SSLEngine} gives its keys to nobody. Where they can be had: from a handshake of one's own or of another
 * library, or from the secrets of a key log ({@code SSLKEYLOGFILE} of OpenSSL, curl, browsers): {@link #ofSecret}.
 *
 * @see <a href="https://docs.kernel.org/networking/tls.html">kernel TLS, in the kernel's documentation</a>
 */
public final class TlsKeys {
    private static final int HEAD = 2 * Short.BYTES; // struct tls_crypto_info: version, cipher_type
    private static final int SALT_OF_GCM = 4;
    private static final int NONCE = 12;

    private final int version;
    private final Cipher cipher;
    private final byte[] iv;
    private final byte[] key;
    private final byte[] salt;
    private final long sequence;

    /** What a cipher's struct has, in this order: iv, key, salt, rec_seq. */
    private record Cipher(int number, String name, int iv, int key, int salt) {
        int size() {
            return HEAD + iv + key + salt + Long.BYTES;
        }

        static Cipher of(int number) {
            return switch (number) {
                case Linux.TLS_CIPHER_AES_GCM_128 -> new Cipher(number, "AES-GCM-128", 8, 16, SALT_OF_GCM);
                case Linux.TLS_CIPHER_AES_GCM_256 -> new Cipher(number, "AES-GCM-256", 8, 32, SALT_OF_GCM);
                case Linux.TLS_CIPHER_AES_CCM_128 -> new Cipher(number, "AES-CCM-128", 8, 16, SALT_OF_GCM);
                case Linux.TLS_CIPHER_CHACHA20_POLY1305 -> new Cipher(number, "ChaCha20-Poly1305", 12, 32, 0);
                case Linux.TLS_CIPHER_SM4_GCM -> new Cipher(number, "SM4-GCM", 8, 16, SALT_OF_GCM);
                case Linux.TLS_CIPHER_SM4_CCM -> new Cipher(number, "SM4-CCM", 8, 16, SALT_OF_GCM);
                case Linux.TLS_CIPHER_ARIA_GCM_128 -> new Cipher(number, "ARIA-GCM-128", 8, 16, SALT_OF_GCM);
                case Linux.TLS_CIPHER_ARIA_GCM_256 -> new Cipher(number, "ARIA-GCM-256", 8, 32, SALT_OF_GCM);
                default -> new Cipher(number, "cipher " + number, 0, 0, 0);
            };
        }
    }

    private TlsKeys(int version, Cipher cipher, byte[] iv, byte[] key, byte[] salt, long sequence) {
        this.version = version;
        this.cipher = cipher;
        this.iv = iv;
        this.key = key;
        this.salt = salt;
        this.sequence = sequence;
    }

    /**
     * Keys for any cipher.
     *
     * @param version TLS_1_2_VERSION or TLS_1_3_VERSION
     * @param cipherType TLS_CIPHER_AES_GCM_128 …
     * @param key as long as the cipher's: 16 or 32 bytes
     * @param iv 8 bytes, of ChaCha20-Poly1305 12: with TLS 1.2 the explicit nonce of the next record, with TLS 1.3 the end of
     *     the IV
     * @param salt 4 bytes, of ChaCha20-Poly1305 none: the implicit part of the nonce, which the IV begins with
     * @param sequence of the next record, unsigned
     * @throws IllegalArgumentException when a length or the version is not the cipher's, or the cipher is not known
     */
    public static TlsKeys of(int version, int cipherType, byte[] key, byte[] iv, byte[] salt, long sequence) {
        Cipher cipher = Cipher.of(cipherType);
        if (cipher.key == 0) {
            throw new IllegalArgumentException("not a cipher that is known here: " + cipherType
                    + "; Socket.setOption with the raw bytes takes any");
        } else if (version != Linux.TLS_1_2_VERSION && version != Linux.TLS_1_3_VERSION) {
            throw new IllegalArgumentException(
                    "version 0x" + Integer.toHexString(version) + ": TLS_1_2_VERSION or TLS_1_3_VERSION");
        }
        check(cipher, "key", key, cipher.key);
        check(cipher, "iv", iv, cipher.iv);
        check(cipher, "salt", salt, cipher.salt);
        return new TlsKeys(version, cipher, iv.clone(), key.clone(), salt.clone(), sequence);
    }

    private static void check(Cipher cipher, String what, byte[] bytes, int wanted) {
        if (bytes.length != wanted) {
            throw new IllegalArgumentException(
                    "the " + what + " of " + cipher.name + " has " + wanted + " bytes, not " + bytes.length);
        }
    }

    /**
     * Keys of TLS 1.3, as its key schedule gives them.
     *
     * @param key as long as the cipher's
     * @param iv 12 bytes: what the standard calls write_iv
     * @param sequence of the next record
     * @throws IllegalArgumentException as {@link #of}
     */
    public static TlsKeys tls13(int cipherType, byte[] key, byte[] iv, long sequence) {
        Cipher cipher = Cipher.of(cipherType);
        int nonce = cipher.salt + cipher.iv;
        if (cipher.key > 0 && iv.length != nonce) {
            throw new IllegalArgumentException("the IV of TLS 1.3 has " + nonce + " bytes, not " + iv.length);
        }
        return of(
                Linux.TLS_1_3_VERSION,
                cipherType,
                key,
                Arrays.copyOfRange(iv, Math.min(cipher.salt, iv.length), iv.length),
                Arrays.copyOf(iv, cipher.salt),
                sequence);
    }

    /**
     * Keys of TLS 1.3 from a traffic secret, of which the key schedule makes key and IV: what a key log has as {@code
     * CLIENT_TRAFFIC_SECRET_0} and {@code SERVER_TRAFFIC_SECRET_0}.
     *
     * @param secret as long as the hash of the cipher suite: 48 bytes (SHA-384) with AES-GCM-256, else 32 (SHA-256)
     * @param sequence of the next record: how many have this secret's keys already, session tickets for instance
     * @throws IllegalArgumentException when the length is not the suite's, or the cipher is not one of TLS 1.3 with SHA-2
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-7.3">RFC 8446, 7.3</a>
     */
    public static TlsKeys ofSecret(int cipherType, byte[] secret, long sequence) {
        String hash = switch (cipherType) {
            case Linux.TLS_CIPHER_AES_GCM_256 -> "HmacSHA384";
            case Linux.TLS_CIPHER_AES_GCM_128, Linux.TLS_CIPHER_AES_CCM_128, Linux.TLS_CIPHER_CHACHA20_POLY1305 ->
                "HmacSHA256";
            default ->
                throw new IllegalArgumentException(
                        Cipher.of(cipherType).name + " is not a cipher of TLS 1.3 with SHA-2: make the keys yourself");
        };
        try {
            Mac mac = Mac.getInstance(hash);
            check(Cipher.of(cipherType), "secret", secret, mac.getMacLength());
            mac.init(new SecretKeySpec(secret, hash));
            byte[] key = expand(mac, "tls13 key", Cipher.of(cipherType).key);
            return tls13(cipherType, key, expand(mac, "tls13 iv", NONCE), sequence);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + hash, e);
        }
    }

    /** HKDF-Expand-Label of at most one block, without a context. */
    private static byte[] expand(Mac mac, String label, int length) {
        mac.update(new byte[] {0, (byte) length, (byte) label.length()});
        mac.update(label.getBytes(StandardCharsets.US_ASCII));
        mac.update(new byte[] {0, 1});
        return Arrays.copyOf(mac.doFinal(), length);
    }

    /** AES-128 in GCM: key 16 bytes, iv 8, salt 4; the rest as {@link #of}. */
    public static TlsKeys aesGcm128(int version, byte[] key, byte[] iv, byte[] salt, long sequence) {
        return of(version, Linux.TLS_CIPHER_AES_GCM_128, key, iv, salt, sequence);
    }

    /** AES-256 in GCM: key 32 bytes, iv 8, salt 4; the rest as {@link #of}. Linux 5.1. */
    public static TlsKeys aesGcm256(int version, byte[] key, byte[] iv, byte[] salt, long sequence) {
        return of(version, Linux.TLS_CIPHER_AES_GCM_256, key, iv, salt, sequence);
    }

    /** AES-128 in CCM: key 16 bytes, iv 8, salt 4; the rest as {@link #of}. Linux 5.2. */
    public static TlsKeys aesCcm128(int version, byte[] key, byte[] iv, byte[] salt, long sequence) {
        return of(version, Linux.TLS_CIPHER_AES_CCM_128, key, iv, salt, sequence);
    }

    /** ChaCha20-Poly1305: key 32 bytes, iv 12; the rest as {@link #of}. Linux 5.11. */
    public static TlsKeys chacha20Poly1305(int version, byte[] key, byte[] iv, long sequence) {
        return of(version, Linux.TLS_CIPHER_CHACHA20_POLY1305, key, iv, new byte[0], sequence);
    }

    /** SM4 in GCM: key 16 bytes, iv 8, salt 4; the rest as {@link #of}. TLS 1.3 only. Linux 5.16. */
    public static TlsKeys sm4Gcm(int version, byte[] key, byte[] iv, byte[] salt, long sequence) {
        return of(version, Linux.TLS_CIPHER_SM4_GCM, key, iv, salt, sequence);
    }

    /** SM4 in CCM: key 16 bytes, iv 8, salt 4; the rest as {@link #of}. TLS 1.3 only. Linux 5.16. */
    public static TlsKeys sm4Ccm(int version, byte[] key, byte[] iv, byte[] salt, long sequence) {
        return of(version, Linux.TLS_CIPHER_SM4_CCM, key, iv, salt, sequence);
    }

    /** ARIA-128 in GCM: key 16 bytes, iv 8, salt 4; the rest as {@link #of}. TLS 1.2 only. Linux 6.1. */
    public static TlsKeys ariaGcm128(int version, byte[] key, byte[] iv, byte[] salt, long sequence) {
        return of(version, Linux.TLS_CIPHER_ARIA_GCM_128, key, iv, salt, sequence);
    }

    /** ARIA-256 in GCM: key 32 bytes, iv 8, salt 4; the rest as {@link #of}. TLS 1.2 only. Linux 6.1. */
    public static TlsKeys ariaGcm256(int version, byte[] key, byte[] iv, byte[] salt, long sequence) {
        return of(version, Linux.TLS_CIPHER_ARIA_GCM_256, key, iv, salt, sequence);
    }

    /** TLS_1_2_VERSION or TLS_1_3_VERSION. */
    public int version() {
        return version;
    }

    /** TLS_CIPHER_AES_GCM_128 …; of one that is not known here nothing but this and the version can be read. */
    public int cipherType() {
        return cipher.number;
    }

    /** The key. */
    public byte[] key() {
        return key.clone();
    }

    /** The nonce's explicit part, or the end of the IV. */
    public byte[] iv() {
        return iv.clone();
    }

    /** The nonce's implicit part, or the IV's beginning. */
    public byte[] salt() {
        return salt.clone();
    }

    /** The number of the next record, unsigned; read from the kernel that of now. */
    public long sequence() {
        return sequence;
    }

    // ---- the kernel's form ---------------------------------------------------------------------------------------

    int size() {
        return cipher.size();
    }

    /** How many bytes the kernel has for this cipher; 0 for one that is not known here. */
    static int size(int cipherType) {
        Cipher cipher = Cipher.of(cipherType);
        return cipher.key == 0 ? 0 : cipher.size();
    }

    int encode(ByteBuffer b) {
        b.putShort(0, (short) version);
        b.putShort(Short.BYTES, (short) cipher.number);
        int at = HEAD;
        b.put(at, iv);
        at += iv.length;
        b.put(at, key);
        at += key.length;
        b.put(at, salt);
        at += salt.length;
        b.duplicate().order(ByteOrder.BIG_ENDIAN).putLong(at, sequence);
        return at + Long.BYTES;
    }

    static TlsKeys decode(ByteBuffer b, int length) {
        int version = Short.toUnsignedInt(b.getShort(0));
        Cipher cipher = Cipher.of(Short.toUnsignedInt(b.getShort(Short.BYTES)));
        if (cipher.key == 0 || length < cipher.size()) {
            return new TlsKeys(version, Cipher.of(cipher.number), new byte[0], new byte[0], new byte[0], 0);
        }
        byte[] iv = Sockaddrs.bytes(b, HEAD, cipher.iv);
        byte[] key = Sockaddrs.bytes(b, HEAD + cipher.iv, cipher.key);
        byte[] salt = Sockaddrs.bytes(b, HEAD + cipher.iv + cipher.key, cipher.salt);
        long sequence = b.duplicate().order(ByteOrder.BIG_ENDIAN).getLong(cipher.size() - Long.BYTES);
        return new TlsKeys(version, cipher, iv, key, salt, sequence);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlsKeys that
                && version == that.version
                && cipher.number == that.cipher.number
                && sequence == that.sequence
                && Arrays.equals(iv, that.iv)
                && Arrays.equals(key, that.key)
                && Arrays.equals(salt, that.salt);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(iv) + Long.hashCode(sequence);
    }

    @Override
    public String toString() {
        String name = version == Linux.TLS_1_3_VERSION ? "TLS 1.3" : "TLS 1.2";
        return name + ", " + cipher.name + ", sequence " + Long.toUnsignedString(sequence);
    }
}
