package io.sockfd.nio;

import io.sockfd.Socket;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Ways across: from a channel of {@link SockfdSelectorProvider} to its {@link Socket}, and from any Socket to a channel.
 * All methods may be called from any thread.
 *
 * <pre>{@code
 * try (SocketChannel channel = NioSockets.provider().openSocketChannel()) {
 *     NioSockets.socketOf(channel).setOption(TcpOptions.TCP_USER_TIMEOUT, 5000L);
 *     channel.connect(address);
 * }
 * }</pre>
 */
public final class NioSockets {
    private static final SockfdSelectorProvider PROVIDER = new SockfdSelectorProvider();

    private NioSockets() {}

    /** A provider, the same each time: for what takes one as an argument. */
    public static SockfdSelectorProvider provider() {
        return PROVIDER;
    }

    /**
     * The socket that a channel stands on, for what channels do not have: batches, ancillary data, GSO, addresses without
     * objects. They are one: what either does the other sees, and closing the channel closes the socket. An interrupt of a
     * thread that waits in the socket closes the channel. Close the channel and not the socket, or its keys learn of it with
     * the channel's next operation only. The socket's timeout follows the channel's blocking mode.
     *
     * @throws IllegalArgumentException when it is no channel of {@link SockfdSelectorProvider}
     */
    public static Socket socketOf(Channel channel) {
        if (channel instanceof SelectableSocket selectable) {
            return selectable.behind();
        }
        throw new IllegalArgumentException(
                channel + " is no channel of SockfdSelectorProvider: Socket.of makes a second"
                        + " descriptor for one of the JDK's");
    }

    /**
     * A channel over a socket of any family and type, which can be selected together with others; in blocking mode. From then
     * on the socket is the channel's, see {@link #socketOf}: give a socket to one channel only.
     *
     * @return of a listening socket a {@link ServerSocketChannel}, of another STREAM or SEQPACKET socket a {@link
     *     SocketChannel}, of any other type (DGRAM, RAW …) a {@link DatagramChannel}
     * @throws IOException when the socket is closed
     */
    public static SelectableChannel channelOf(Socket socket) throws IOException {
        return Crossing.channelOf(PROVIDER, socket);
    }

    /**
     * As {@link #channelOf}, for a STREAM or SEQPACKET socket that is connected or not.
     *
     * @throws IllegalArgumentException when it listens, or has no connections
     */
    public static SocketChannel socketChannelOf(Socket socket) throws IOException {
        return Crossing.connection(PROVIDER, socket);
    }

    /**
     * As {@link #channelOf}, for a STREAM or SEQPACKET socket that listens or may do so.
     *
     * @throws IllegalArgumentException when it is connected, or of another type
     */
    public static ServerSocketChannel serverSocketChannelOf(Socket socket) throws IOException {
        return Crossing.listener(PROVIDER, socket);
    }

    /**
     * As {@link #channelOf}, for a socket without connections.
     *
     * @throws IllegalArgumentException when it is a STREAM or SEQPACKET socket
     */
    public static DatagramChannel datagramChannelOf(Socket socket) throws IOException {
        return Crossing.datagrams(PROVIDER, socket);
    }
}
