package io.sockfd.nio;

import io.sockfd.Domain;
import io.sockfd.address.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes java.net.Sockets that connect to one address, whatever host and port they are told. Drivers that are configured by
 * text take this class's name and its address: PostgreSQL's for instance
 *
 * <pre>
 * jdbc:postgresql://localhost/db?socketFactory=io.sockfd.nio.AddressSocketFactory
 *     &amp;socketFactoryArg=/var/run/postgresql/.s.PGSQL.5432
 * </pre>
 *
 * @see JavaSockets
 */
public final class AddressSocketFactory extends SocketFactory {
    private final @Nullable Domain domain;
    private final @Nullable SocketAddress peer;

    /** Connects where it is told, over TCP. */
    AddressSocketFactory() {
        domain = null;
        peer = null;
    }

    /**
     * Connects to an address in the notation of {@link Addresses#parse}: {@code /run/x.sock}, {@code @name}, {@code
     * vsock:2:1024}, {@code 127.0.0.1:80}.
     *
     * @throws IllegalArgumentException when it is no address
     */
    public AddressSocketFactory(String address) {
        this(Addresses.parse(address));
    }

    /**
     * Connects to an address.
     *
     * @throws IllegalArgumentException when it is of no family that this library knows
     */
    public AddressSocketFactory(SocketAddress address) {
        peer = address;
        domain = Families.domainOf(address);
    }

    /** Not connected yet: it goes to the address when {@code connect} is called, with any other. */
    @Override
    public Socket createSocket() throws IOException {
        return new JavaSocket(new JavaSocketImpl(domain, peer));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connect(null, resolved(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connect(new InetSocketAddress(localHost, localPort), resolved(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connect(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connect(new InetSocketAddress(localAddress, localPort), new InetSocketAddress(address, port));
    }

    /** The name is only looked up where it counts. */
    private InetSocketAddress resolved(String host, int port) {
        return peer == null ? new InetSocketAddress(host, port) : InetSocketAddress.createUnresolved(host, port);
    }

    private Socket connect(@Nullable InetSocketAddress local, InetSocketAddress to) throws IOException {
        Socket socket = createSocket();
        try {
            if (local != null && domain == null) {
                socket.bind(local);
            }
            socket.connect(to);
            return socket;
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }
}
