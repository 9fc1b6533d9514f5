package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrAlg;
import io.sockfd.raw.struct.SockaddrStorage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An algorithm of the kernel's crypto API. As text {@code alg:TYPE/NAME}, for instance {@code alg:hash/sha256} or {@code
 * alg:skcipher/cbc(aes)}, then {@code ?feat=N&mask=N} where those are not 0.
 *
 * <p>Names of up to 63 characters are sent as 88 bytes; longer ones, as 25 and their length, need Linux 4.12.
 *
 * @see <a href="https://docs.kernel.org/crypto/userspace-if.html">User space interface of the crypto API</a>
 */
public final class AlgAddress extends LinuxAddress {
    /** Room in a {@code struct sockaddr_storage}, without the final NUL. */
    public static final int MAX_NAME = SockaddrStorage.SIZE - SockaddrAlg.SALG_NAME - 1;

    private static final int MAX_TYPE = SockaddrAlg.SALG_TYPE_BYTES - 1;
    private static final String FORM = "alg:TYPE/NAME[?feat=N&mask=N]";
    private static final long serialVersionUID = 1;

    private final String type;
    private final String name;
    private final int feat;
    private final int mask;

    /**
     * An algorithm whatever its flags.
     *
     * @param type {@code hash}, {@code skcipher}, {@code aead}, {@code rng} or another, 1 to 13 characters
     * @param name as in {@code /proc/crypto}, 1 to 103 characters
     * @throws IllegalArgumentException when one is empty, too long, or not printable ASCII
     */
    public AlgAddress(String type, String name) {
        this(type, name, 0, 0);
    }

    /**
     * An algorithm with certain flags.
     *
     * @param feat {@code CRYPTO_ALG_*} that the algorithm shall have
     * @param mask which of them count
     * @throws IllegalArgumentException when type or name are empty, too long, or not printable ASCII
     */
    public AlgAddress(String type, String name, int feat, int mask) {
        if (!isText(type, MAX_TYPE) || type.indexOf('/') >= 0 || !isText(name, MAX_NAME)) {
            throw new IllegalArgumentException("alg:" + type + "/" + name + ": a type has 1 to " + MAX_TYPE
                    + " characters, a name 1 to " + MAX_NAME + ", all printable ASCII, no '?', and no '/' in a type");
        }
        this.type = type;
        this.name = name;
        this.feat = feat;
        this.mask = mask;
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static AlgAddress parse(String text) {
        Notation n = new Notation(text, "alg:", FORM);
        String type = n.until('/', "a type");
        if (!isText(type, MAX_TYPE)) {
            throw n.fail("a type of 1 to " + MAX_TYPE + " characters");
        }
        String name = n.rest();
        if (!isText(name, MAX_NAME)) {
            throw n.fail("a name of 1 to " + MAX_NAME + " characters");
        }
        int feat = (int) n.parameter("feat", Notation.U32);
        int mask = (int) n.parameter("mask", Notation.U32);
        n.finish();
        return new AlgAddress(type, name, feat, mask);
    }

    /** {@code hash}, {@code skcipher}, {@code aead}, {@code rng} ... */
    public String type() {
        return type;
    }

    /** For instance {@code sha256}. */
    public String name() {
        return name;
    }

    /** {@code CRYPTO_ALG_*}. */
    public int feat() {
        return feat;
    }

    /** {@code CRYPTO_ALG_*}. */
    public int mask() {
        return mask;
    }

    static @Nullable AlgAddress decode(ByteBuffer b, int length) {
        if (length <= SockaddrAlg.SALG_NAME) {
            return null;
        }
        String type = text(b, SockaddrAlg.SALG_TYPE, SockaddrAlg.SALG_FEAT);
        String name = text(b, SockaddrAlg.SALG_NAME, length);
        if (!isText(type, MAX_TYPE) || type.indexOf('/') >= 0 || !isText(name, MAX_NAME)) {
            return null;
        }
        return new AlgAddress(type, name, SockaddrAlg.salg_feat(b, 0), SockaddrAlg.salg_mask(b, 0));
    }

    @Override
    public int family() {
        return Linux.AF_ALG;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrAlg.salg_family(b, 0, Linux.AF_ALG);
        b.put(SockaddrAlg.SALG_TYPE, type.getBytes(StandardCharsets.US_ASCII));
        SockaddrAlg.salg_feat(b, 0, feat);
        SockaddrAlg.salg_mask(b, 0, mask);
        b.put(SockaddrAlg.SALG_NAME, name.getBytes(StandardCharsets.US_ASCII));
        return Math.max(SockaddrAlg.SIZE, SockaddrAlg.SALG_NAME + name.length() + 1);
    }

    @Override
    String text(InterfaceText names) {
        return "alg:" + type + "/" + name + new Parameters().hex("feat", feat).hex("mask", mask);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AlgAddress that
                && type.equals(that.type)
                && name.equals(that.name)
                && feat == that.feat
                && mask == that.mask;
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, name, feat, mask);
    }

    /** Up to the first NUL. */
    private static String text(ByteBuffer b, int from, int to) {
        int end = from;
        while (end < to && b.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - from];
        b.get(from, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static boolean isText(String s, int max) {
        return !s.isEmpty() && s.length() <= max && s.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '?');
    }
}
