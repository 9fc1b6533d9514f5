package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.INT;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of J1939 sockets whose value is plain: SOL_CAN_J1939. SO_J1939_FILTER is an array of {@link
 * io.sockfd.raw.struct.J1939Filter}: set it with {@link io.sockfd.Option#bytes}.
 *
 * <pre>{@code
 * try (Socket j1939 = Socket.open(Domain.CAN, SocketType.DGRAM, new Protocol(CAN_J1939))) {
 *     j1939.setOption(J1939Options.SO_J1939_SEND_PRIO, 3);
 * }
 * }</pre>
 *
 * @see <a href="https://docs.kernel.org/networking/j1939.html">J1939, in the kernel's documentation</a>
 */
public final class J1939Options {
    private static final Level LEVEL = new Level(Linux.SOL_CAN_J1939);

    /** Report the progress of transfers in the error queue. */
    public static final Option<Boolean> SO_J1939_ERRQUEUE =
            LEVEL.rw("SO_J1939_ERRQUEUE", Linux.SO_J1939_ERRQUEUE, BOOL);

    /** Receive everything, whatever the addresses. */
    public static final Option<Boolean> SO_J1939_PROMISC = LEVEL.rw("SO_J1939_PROMISC", Linux.SO_J1939_PROMISC, BOOL);

    /** The priority of sent packets, 0 to 7; 0 and 1 need CAP_NET_ADMIN. */
    public static final Option<Integer> SO_J1939_SEND_PRIO =
            LEVEL.rw("SO_J1939_SEND_PRIO", Linux.SO_J1939_SEND_PRIO, INT);

    private J1939Options() {}
}
