package io.sockfd.nio;

import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.option.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import org.jspecify.annotations.Nullable;

/** Channels over sockets that were opened elsewhere. */
final class Crossing {
    private Crossing() {}

    /** Of the kind that the socket is of, see {@link NioSockets#channelOf}. */
    static SelectableChannel channelOf(SelectorProvider provider, Socket socket) throws IOException {
        if (!hasConnections(socket)) {
            return datagrams(provider, socket);
        }
        return isListening(socket) ? listener(provider, socket) : connection(provider, socket);
    }

    /** Of what this JVM was started with: as the JDK has it, without a peer it is a listener's. */
    static SelectableChannel inherited(SelectorProvider provider, Socket socket) throws IOException {
        return hasConnections(socket) && peer(socket) == null
                ? listener(provider, socket)
                : channelOf(provider, socket);
    }

    static SocketChannel connection(SelectorProvider provider, Socket socket) throws IOException {
        if (!hasConnections(socket) || isListening(socket)) {
            throw new IllegalArgumentException(socket + " is no connection, and none can be made of it");
        }
        return new SockfdSocketChannel(provider, socket, peer(socket));
    }

    static ServerSocketChannel listener(SelectorProvider provider, Socket socket) throws IOException {
        SocketAddress peer = peer(socket);
        if (!hasConnections(socket) || peer != null) {
            throw new IllegalArgumentException(socket + " cannot listen");
        }
        return new SockfdServerSocketChannel(provider, socket, isListening(socket));
    }

    static DatagramChannel datagrams(SelectorProvider provider, Socket socket) throws IOException {
        if (hasConnections(socket)) {
            throw new IllegalArgumentException(socket + " has connections and no datagrams");
        }
        return new SockfdDatagramChannel(provider, socket, peer(socket));
    }

    private static boolean hasConnections(Socket socket) {
        return socket.type().equals(SocketType.STREAM) || socket.type().equals(SocketType.SEQPACKET);
    }

    private static boolean isListening(Socket socket) throws IOException {
        return socket.getOption(SocketOptions.SO_ACCEPTCONN);
    }

    private static @Nullable SocketAddress peer(Socket socket) throws IOException {
        try {
            return Names.remote(socket.getRemoteAddress());
        } catch (NotYetConnectedException e) {
            return null;
        } catch (IOException e) {
            socket.getLocalAddress(); // a closed one fails here, too
            return null; // a family whose sockets have no peer, such as CAN
        }
    }
}
