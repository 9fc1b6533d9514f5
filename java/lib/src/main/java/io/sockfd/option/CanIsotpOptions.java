package io.sockfd.option;

import static io.sockfd.Codecs.U32;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of ISO-TP sockets whose value is plain: SOL_CAN_ISOTP. Set them before bind; EISCONN after.
 *
 * <pre>{@code
 * try (Socket isotp = Socket.open(Domain.CAN, SocketType.DGRAM, new Protocol(CAN_ISOTP))) {
 *     isotp.setOption(CanIsotpOptions.CAN_ISOTP_TX_STMIN, 500_000L); // nanoseconds between frames
 * }
 * }</pre>
 *
 * @see <a href="https://docs.kernel.org/networking/iso15765-2.html">ISO 15765-2, in the kernel's documentation</a>
 */
public final class CanIsotpOptions {
    private static final Level LEVEL = new Level(Linux.SOL_CAN_ISOTP);

    /** The least gap between received frames, in nanoseconds, whatever was agreed on. */
    public static final Option<Long> CAN_ISOTP_RX_STMIN = LEVEL.rw("CAN_ISOTP_RX_STMIN", Linux.CAN_ISOTP_RX_STMIN, U32);

    /** The least gap between sent frames, in nanoseconds, whatever the receiver asks for. */
    public static final Option<Long> CAN_ISOTP_TX_STMIN = LEVEL.rw("CAN_ISOTP_TX_STMIN", Linux.CAN_ISOTP_TX_STMIN, U32);

    private CanIsotpOptions() {}
}
