package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;

import io.sockfd.Codec;
import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of TLS in the kernel, after TCP_ULP "tls": SOL_TLS.
 *
 * <pre>{@code
 * socket.setOption(TcpOptions.TCP_ULP, "tls"); // the module tls of the kernel
 * socket.setOption(TlsOptions.TLS_TX, TlsKeys.tls13(TLS_CIPHER_AES_GCM_128, key, iv, 0)); // 0: the next record's number
 * }</pre>
 *
 * @see <a href="https://docs.kernel.org/networking/tls.html">kernel TLS, in the kernel's documentation</a>
 */
public final class TlsOptions {
    private static final Level LEVEL = new Level(Linux.SOL_TLS);
    private static final Codec<TlsKeys> INFO = new TlsInfo();

    /**
     * The keys for receiving; to read them before they are set is EBUSY. From then on a plain receive gives application data
     * alone: a record of another type is EIO, and {@link io.sockfd.ControlReader#tlsRecordType} tells which one it is, an
     * alert for instance ({@link io.sockfd.TlsAlert}). EBADMSG: a record that these keys do not open.
     */
    public static final Option<TlsKeys> TLS_RX = LEVEL.rw("TLS_RX", Linux.TLS_RX, INFO);

    /** The peer pads no TLS 1.3 records, so they are decrypted in place. Linux 6.0. */
    public static final Option<Boolean> TLS_RX_EXPECT_NO_PAD =
            LEVEL.rw("TLS_RX_EXPECT_NO_PAD", Linux.TLS_RX_EXPECT_NO_PAD, BOOL);

    /** The keys for sending, as {@link #TLS_RX}; the sequence number is that of the next record. */
    public static final Option<TlsKeys> TLS_TX = LEVEL.rw("TLS_TX", Linux.TLS_TX, INFO);

    /** Sendfile without a copy: the file must not change meanwhile. Linux 5.19. */
    public static final Option<Boolean> TLS_TX_ZEROCOPY_RO =
            LEVEL.rw("TLS_TX_ZEROCOPY_RO", Linux.TLS_TX_ZEROCOPY_RO, BOOL);

    private TlsOptions() {}
}
