package io.sockfd.nio;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Views of sockets as {@link java.net.Socket} and {@link ServerSocket}, for what was written for those: JDBC drivers, HTTP
 * clients, {@code SSLSocketFactory.createSocket(socket, host, port, true)}, over a UNIX path, VSOCK or TCP.
 *
 * <p>A view behaves as the JDK's own sockets do, with these differences:
 * <ul>
 *   <li>{@code getInetAddress} and {@code getLocalAddress} of a family other than the Internet's give the loopback address,
 *       with the host's name that the caller connected to, and {@code getPort} that port; {@code getRemoteSocketAddress} and
 *       {@code getLocalSocketAddress} give the true address, for a UNIX path a {@link java.net.UnixDomainSocketAddress}.
 *   <li>What a family does not have, such as TCP_NODELAY or a traffic class over a UNIX path, is ignored when it is set by the
 *       methods of java.net.Socket, and refused by {@code setOption}.
 *   <li>An interrupt ends a wait and closes the socket on platform threads, too, with a {@link java.net.SocketException}
 *       "Closed by interrupt".
 *   <li>{@code setOption} takes all options of {@link io.sockfd.option}.
 * </ul>
 *
 * <p>A read's timeout is the socket's {@link Socket#receiveTimeout}; writes wait for ever. A reader and a writer do not wait
 * for each other, and {@code close} ends both.
 *
 * <pre>{@code
 * try (java.net.Socket view = JavaSockets.factory(UnixDomainSocketAddress.of("/run/app.sock")).createSocket("localhost", 80)) {
 *     view.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
 *     view.getInputStream().transferTo(System.out);
 * }
 * }</pre>
 */
public final class JavaSockets {
    private JavaSockets() {}

    /**
     * A connected stream socket as a java.net.Socket. They are one: closing the view closes the socket.
     *
     * @throws IllegalArgumentException when it has no connection of bytes: datagrams, listening sockets
     * @throws java.nio.channels.NotYetConnectedException ENOTCONN
     */
    public static java.net.Socket of(Socket socket) throws IOException {
        checkStream(socket);
        return JavaSocket.connected(socket);
    }

    private static void checkStream(Socket socket) {
        if (!socket.type().equals(SocketType.STREAM)) {
            throw new IllegalArgumentException(socket + " is of type " + socket.type()
                    + ": a java.net.Socket is a stream, SOCK_STREAM; datagrams go through NioSockets");
        }
    }

    /**
     * The socket behind a view that this class or {@link AddressSocketFactory} made, for what java.net.Socket does not have.
     *
     * @throws IllegalArgumentException when it is another java.net.Socket
     * @throws java.net.SocketException when it is closed
     */
    public static Socket socketOf(java.net.Socket view) throws IOException {
        if (!(view instanceof JavaSocket ours)) {
            throw new IllegalArgumentException(view + " is no view of io.sockfd.nio.JavaSockets");
        }
        int ignored = ours.getSoTimeout(); // makes it, when it has none yet
        return ours.impl().behind();
    }

    /**
     * Makes sockets that connect to one address, whatever host and port they are told: that of a UNIX path above all.
     *
     * @see AddressSocketFactory#AddressSocketFactory(String) what drivers that take a class name need
     */
    public static SocketFactory factory(SocketAddress peer) {
        return new AddressSocketFactory(peer);
    }

    /** Makes sockets of TCP, which connect where they are told. */
    public static SocketFactory tcpFactory() {
        return new AddressSocketFactory();
    }

    /**
     * Makes listeners at one address, whatever port they are told. The file of a UNIX path stays when the listener is closed,
     * and must be removed before the next one.
     */
    public static ServerSocketFactory serverFactory(SocketAddress local) {
        return new Listeners(Families.domainOf(local), local);
    }

    /** Makes listeners of TCP. */
    public static ServerSocketFactory tcpServerFactory() {
        return new Listeners(null, null);
    }

    private static final class Listeners extends ServerSocketFactory {
        private final @Nullable Domain domain;
        private final @Nullable SocketAddress local;

        Listeners(@Nullable Domain domain, @Nullable SocketAddress local) {
            this.domain = domain;
            this.local = local;
        }

        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new JavaServerSocket(domain, local);
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return createServerSocket(port, 0, null);
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return createServerSocket(port, backlog, null);
        }

        @Override
        @SuppressWarnings("AddressSelection") // null is the wildcard
        public ServerSocket createServerSocket(int port, int backlog, java.net.@Nullable InetAddress address)
                throws IOException {
            ServerSocket server = createServerSocket();
            try {
                server.setReuseAddress(true);
                server.bind(new InetSocketAddress(address, port), backlog);
                return server;
            } catch (Throwable e) {
                server.close();
                throw e;
            }
        }
    }
}
