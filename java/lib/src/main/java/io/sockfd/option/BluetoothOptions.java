package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.U32;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of Bluetooth sockets whose value is plain: SOL_BLUETOOTH.
 *
 * <pre>{@code
 * try (Socket server = Socket.open(Domain.BLUETOOTH, SocketType.SEQPACKET, new Protocol(BTPROTO_L2CAP))) {
 *     server.setOption(BluetoothOptions.BT_DEFER_SETUP, true); // the peer is authorized by the first receive
 * }
 * }</pre>
 *
 * @see <a href="https://github.com/bluez/bluez/blob/master/doc/l2cap.rst">l2cap(7) of BlueZ</a>
 */
public final class BluetoothOptions {
    private static final Level LEVEL = new Level(Linux.SOL_BLUETOOTH);

    /** Which radio may be used: BT_CHANNEL_POLICY_BREDR_ONLY and others. */
    public static final Option<Long> BT_CHANNEL_POLICY = LEVEL.rw("BT_CHANNEL_POLICY", Linux.BT_CHANNEL_POLICY, U32);

    /** A listener lets the application decide on a connection before it is confirmed. */
    public static final Option<Boolean> BT_DEFER_SETUP = LEVEL.rw("BT_DEFER_SETUP", Linux.BT_DEFER_SETUP, BOOL);

    /** What is sent may be dropped when it is late. */
    public static final Option<Boolean> BT_FLUSHABLE = LEVEL.rw("BT_FLUSHABLE", Linux.BT_FLUSHABLE, BOOL);

    /** The radio in use, as bits. Read only, Linux 5.7. */
    public static final Option<Long> BT_PHY = LEVEL.r("BT_PHY", Linux.BT_PHY, U32);

    /** Receive whether a SCO packet was intact (BT_SCM_PKT_STATUS). Linux 5.9. */
    public static final Option<Boolean> BT_PKT_STATUS = LEVEL.rw("BT_PKT_STATUS", Linux.BT_PKT_STATUS, BOOL);

    private BluetoothOptions() {}
}
