package io.sockfd.nio;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.address.LinuxAddress;
import io.sockfd.address.Sockaddr;
import io.sockfd.address.UnixAddress;
import io.sockfd.raw.struct.SockaddrUn;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Addresses as the JDK's channels give and take them. */
final class Names {
    /** A UNIX socket without a name. */
    static final UnixDomainSocketAddress UNNAMED = UnixDomainSocketAddress.of("");

    /** What the kernel takes for it in a connect, and refuses: a path without bytes is EINVAL. */
    private static final UnixAddress NOBODY = UnixAddress.ofAbstract("");

    private static final int SIX_BYTES = 16;

    /** Of one char, in a file's name. */
    private static final int MOST_BYTES = 3;

    private Names() {}

    /** Null as long as the socket is neither bound nor connected. */
    static @Nullable SocketAddress local(Socket socket, boolean connected) throws IOException {
        SocketAddress name = socket.getLocalAddress();
        if (name instanceof UnixAddress unix && unix.isUnnamed()) {
            return connected ? UNNAMED : null;
        }
        return isNone(name) ? null : name;
    }

    /** Whether a bind must fail: of other families the kernel knows it. */
    static boolean isBound(Socket socket, boolean connected) throws IOException {
        Domain domain = socket.domain();
        boolean known = domain.equals(Domain.UNIX) || Families.isInet(domain);
        return known && local(socket, connected) != null;
    }

    /** The peer's. */
    static SocketAddress remote(SocketAddress name) {
        return name instanceof UnixAddress unix && unix.isUnnamed() ? UNNAMED : name;
    }

    /** A datagram's sender, of which a UNIX socket without a name leaves nothing. */
    static SocketAddress sender(Sockaddr from, Domain domain) {
        return from.isEmpty() && domain.equals(Domain.UNIX) ? UNNAMED : remote(from.decode());
    }

    private static boolean isNone(SocketAddress name) {
        return name instanceof InetSocketAddress inet
                && inet.getPort() == 0
                && inet.getAddress().isAnyLocalAddress();
    }

    /**
     * An address that a channel of this domain takes.
     *
     * @throws UnresolvedAddressException when it is a name without an address
     * @throws UnsupportedAddressTypeException when it is of another family
     * @throws SocketException when it is a path that is too long
     */
    static SocketAddress check(@Nullable SocketAddress address, Domain domain) throws SocketException {
        if (address == null) {
            throw new NullPointerException("no address");
        }
        boolean inet = Families.isInet(domain);
        if (address instanceof InetSocketAddress internet) {
            if (!inet || (domain.equals(Domain.INET) && isInet6(internet))) {
                throw new UnsupportedAddressTypeException();
            } else if (internet.isUnresolved()) {
                throw new UnresolvedAddressException();
            }
        } else if (address instanceof UnixDomainSocketAddress unix) {
            if (!domain.equals(Domain.UNIX)) {
                throw new UnsupportedAddressTypeException();
            } else if (isTooLong(unix.getPath().toString())) {
                throw new SocketException("Unix domain path too long");
            }
        } else if (!(address instanceof LinuxAddress linux) || linux.family() != domain.value()) {
            throw new UnsupportedAddressTypeException();
        }
        return address;
    }

    /** The same for a server, which must have a name, or nobody finds it. */
    static SocketAddress checkServer(SocketAddress address, Domain domain) throws SocketException {
        SocketAddress checked = check(address, domain);
        if (checked.equals(UNNAMED)) {
            throw new BindException("Server socket cannot bind to unnamed address");
        }
        return checked;
    }

    private static boolean isTooLong(String path) {
        return path.length() * MOST_BYTES > SockaddrUn.SUN_PATH_BYTES
                && path.getBytes(StandardCharsets.UTF_8).length > SockaddrUn.SUN_PATH_BYTES;
    }

    private static boolean isInet6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    /** Whom to connect to: the wildcard means the loopback address of its family, and nobody is at no name. */
    static SocketAddress checkPeer(SocketAddress address, Domain domain) throws IOException {
        SocketAddress checked = check(address, domain);
        if (checked instanceof InetSocketAddress inet && inet.getAddress().isAnyLocalAddress()) {
            byte[] loopback =
                    inet.getAddress() instanceof Inet4Address ? new byte[] {127, 0, 0, 1} : new byte[SIX_BYTES];
            loopback[loopback.length - 1] = 1;
            return new InetSocketAddress(InetAddress.getByAddress(loopback), inet.getPort());
        }
        return somebody(checked);
    }

    /** Of an address that was checked: nobody is at no name. */
    static SocketAddress somebody(SocketAddress checked) {
        return checked.equals(UNNAMED) ? NOBODY : checked;
    }
}
