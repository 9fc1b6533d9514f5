package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.U32;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of raw CAN sockets: SOL_CAN_RAW.
 *
 * <pre>{@code
 * try (Socket can = Socket.open(Domain.CAN, SocketType.RAW, new Protocol(CAN_RAW))) {
 *     can.setOption(CanRawOptions.CAN_RAW_FILTER, new CanFilter[] {new CanFilter(0x100, 0x700)}); // 0x100 to 0x1ff
 *     can.bind(Addresses.parse("can:vcan0"));
 * }
 * }</pre>
 *
 * @see <a href="https://docs.kernel.org/networking/can.html">SocketCAN, in the kernel's documentation</a>
 */
public final class CanRawOptions {
    private static final Level LEVEL = new Level(Linux.SOL_CAN_RAW);

    /** Which error frames to receive: CAN_ERR_ … */
    public static final Option<Long> CAN_RAW_ERR_FILTER = LEVEL.rw("CAN_RAW_ERR_FILTER", Linux.CAN_RAW_ERR_FILTER, U32);

    /** Send and receive CAN FD frames. Linux 3.6. */
    public static final Option<Boolean> CAN_RAW_FD_FRAMES =
            LEVEL.rw("CAN_RAW_FD_FRAMES", Linux.CAN_RAW_FD_FRAMES, BOOL);

    /**
     * Which frames to receive: those that match one of these; everything by default, nothing with an empty array. A get
     * gives at most 64, and all when there are more.
     */
    public static final Option<CanFilter[]> CAN_RAW_FILTER =
            LEVEL.rw("CAN_RAW_FILTER", Linux.CAN_RAW_FILTER, CanFilter.CODEC);

    /** All filters must match, not one of them. Linux 4.1. */
    public static final Option<Boolean> CAN_RAW_JOIN_FILTERS =
            LEVEL.rw("CAN_RAW_JOIN_FILTERS", Linux.CAN_RAW_JOIN_FILTERS, BOOL);

    /** Other sockets of this host hear what is sent; true by default. */
    public static final Option<Boolean> CAN_RAW_LOOPBACK = LEVEL.rw("CAN_RAW_LOOPBACK", Linux.CAN_RAW_LOOPBACK, BOOL);

    /** This socket too. */
    public static final Option<Boolean> CAN_RAW_RECV_OWN_MSGS =
            LEVEL.rw("CAN_RAW_RECV_OWN_MSGS", Linux.CAN_RAW_RECV_OWN_MSGS, BOOL);

    /** Send and receive CAN XL frames. Linux 6.2. */
    public static final Option<Boolean> CAN_RAW_XL_FRAMES =
            LEVEL.rw("CAN_RAW_XL_FRAMES", Linux.CAN_RAW_XL_FRAMES, BOOL);

    private CanRawOptions() {}
}
