package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;

import io.sockfd.Codec;
import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of TLS in the kernel, after TCP_ULP "tls": SOL_TLS.
 *
 * @see <a href="https://docs.kernel.org/networking/tls.html">kernel TLS, in the kernel's documentation</a>
 */
public final class TlsOptions {
    private static final Level LEVEL = new Level(Linux.SOL_TLS);
    private static final Codec<byte[]> INFO = new TlsInfo();

    /**
     * The keys for receiving: struct tls12_crypto_info_… as bytes, see {@code io.sockfd.raw.struct}; EBUSY before they are
     * set.
     */
    public static final Option<byte[]> TLS_RX = LEVEL.rw("TLS_RX", Linux.TLS_RX, INFO);

    /** The peer pads no TLS 1.3 records, so they are decrypted in place. Linux 6.0. */
    public static final Option<Boolean> TLS_RX_EXPECT_NO_PAD =
            LEVEL.rw("TLS_RX_EXPECT_NO_PAD", Linux.TLS_RX_EXPECT_NO_PAD, BOOL);

    /** The keys for sending, as {@link #TLS_RX}; the sequence number is that of the next record. */
    public static final Option<byte[]> TLS_TX = LEVEL.rw("TLS_TX", Linux.TLS_TX, INFO);

    /** Sendfile without a copy: the file must not change meanwhile. Linux 5.19. */
    public static final Option<Boolean> TLS_TX_ZEROCOPY_RO =
            LEVEL.rw("TLS_TX_ZEROCOPY_RO", Linux.TLS_TX_ZEROCOPY_RO, BOOL);

    private TlsOptions() {}
}
