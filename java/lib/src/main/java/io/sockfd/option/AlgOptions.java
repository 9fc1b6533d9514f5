package io.sockfd.option;

import static io.sockfd.Codecs.bytes;
import static io.sockfd.option.Sizes.ALG_KEY;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of the kernel's cryptography: SOL_ALG. They belong to the bound socket, before accept.
 *
 * <pre>{@code
 * try (Socket bound = Socket.open(Domain.ALG, SocketType.SEQPACKET)) {
 *     bound.bind(Addresses.parse("alg:skcipher/cbc(aes)"));
 *     bound.setOption(AlgOptions.ALG_SET_KEY, key);
 *     Socket operation = bound.accept();
 * }
 * }</pre>
 *
 * @see <a href="https://docs.kernel.org/crypto/userspace-if.html">user space interface, in the kernel's
 *     documentation</a>
 */
public final class AlgOptions {
    private static final Level LEVEL = new Level(Linux.SOL_ALG);

    /** The length of the authentication tag, in bytes. Set only. */
    public static final Option<Integer> ALG_SET_AEAD_AUTHSIZE =
            LEVEL.w("ALG_SET_AEAD_AUTHSIZE", Linux.ALG_SET_AEAD_AUTHSIZE, AuthSize.CODEC);

    /** Entropy for tests of a random number generator. Set only, Linux 5.10. */
    public static final Option<byte[]> ALG_SET_DRBG_ENTROPY = LEVEL.w(
                    "ALG_SET_DRBG_ENTROPY", Linux.ALG_SET_DRBG_ENTROPY, bytes(ALG_KEY))
            .needs("CAP_SYS_ADMIN");

    /** The key. Set only. */
    public static final Option<byte[]> ALG_SET_KEY = LEVEL.w("ALG_SET_KEY", Linux.ALG_SET_KEY, bytes(ALG_KEY));

    private AlgOptions() {}
}
