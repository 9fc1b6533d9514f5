package io.sockfd.wake;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.WithErrno;
import io.sockfd.address.VsockAddress;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The families and types, each with sockets on which nothing arrives and whose buffers are soon full. */
enum Kind {
    TCP,
    TCP6,
    UNIX_STREAM,
    UNIX_SEQPACKET,
    VSOCK,
    UNIX_DGRAM,
    NETLINK,
    UDP,
    UDP6,
    ICMP,
    ICMP6,
    PACKET_RAW,
    PACKET_DGRAM;

    private static final int SMALL = 4096;
    private static final Duration ANSWER = Duration.ofMillis(200);
    private static final Set<Errno> REFUSALS =
            Set.of(Errno.EPERM, Errno.EACCES, Errno.EAFNOSUPPORT, Errno.ESOCKTNOSUPPORT, Errno.ENODEV);
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(ip(127, 0, 0, 1), 0);
    private static final InetSocketAddress LOOPBACK6 =
            new InetSocketAddress(ip(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), 0);

    boolean receives() {
        return true;
    }

    /** Whether a send waits when the peer does not read; loopback takes or drops what the others send. */
    boolean isHeldUp() {
        return connects() || this == UNIX_DGRAM || this == NETLINK;
    }

    boolean isStream() {
        return this == TCP || this == TCP6 || this == UNIX_STREAM || this == VSOCK;
    }

    boolean connects() {
        return isStream() || this == UNIX_SEQPACKET;
    }

    /** Whether this failure says that the machine has no such sockets, or not for this user. */
    boolean isMissing(Throwable failure) {
        return failure instanceof WithErrno e
                && (REFUSALS.contains(e.errno()) || (this == VSOCK && failure instanceof SocketTimeoutException));
    }

    /** Not connected, not bound. */
    Socket unbound() throws IOException {
        return switch (this) {
            case TCP -> Socket.tcp();
            case TCP6 -> Socket.tcp6();
            case UNIX_STREAM -> Socket.unixStream();
            case UNIX_SEQPACKET -> Socket.unixSeqpacket();
            case VSOCK -> Socket.open(Domain.VSOCK, SocketType.STREAM);
            case UNIX_DGRAM -> Socket.unixDatagram();
            case NETLINK -> Socket.netlink(Linux.NETLINK_USERSOCK);
            case UDP -> Socket.udp();
            case UDP6 -> Socket.udp6();
            case ICMP -> Socket.raw(Protocol.ICMP);
            case ICMP6 -> Socket.raw6(Protocol.ICMPV6);
            case PACKET_RAW -> Socket.packet(SocketType.RAW, 0);
            case PACKET_DGRAM -> Socket.packet(SocketType.DGRAM, 0);
        };
    }

    /** Connected to a peer that neither sends nor reads, or else bound. */
    Fixture idle() throws IOException {
        return switch (this) {
            case UNIX_STREAM, UNIX_SEQPACKET, UNIX_DGRAM -> {
                Socket.Pair pair = Socket.pair(Domain.UNIX, unixType());
                yield small(new Fixture(pair.first()).peer(pair.second()));
            }
            case TCP, TCP6, VSOCK -> connected();
            case NETLINK ->
                bound().with(f -> {
                    f.peer(unbound())
                            .peer()
                            .setOption(StandardSocketOptions.SO_RCVBUF, SMALL)
                            .bind(null);
                    f.socket().connect(f.peer().getLocalAddress());
                });
            default -> bound();
        };
    }

    Fixture listening() throws IOException {
        return bound().with(f ->
                f.socket().setOption(StandardSocketOptions.SO_RCVBUF, SMALL).listen());
    }

    /** Not connected, and {@link Fixture#peer} listens but has no room for another connection. */
    Fixture refused() throws IOException {
        return bound().with(f -> {
            Socket listener = f.socket().listen(0);
            if (this != VSOCK) { // nobody answers on most machines, and a vsock(7) listener has no limit
                f.keep(unbound()).connect(target(listener));
            }
            f.peer(listener).waitOn(unbound());
        });
    }

    /** Where to connect to reach a listener: VSOCK gives its name without the way to this machine. */
    SocketAddress target(Socket listener) throws IOException {
        SocketAddress name = listener.getLocalAddress();
        return name instanceof VsockAddress vsock ? new VsockAddress(VsockAddress.LOCAL, vsock.port()) : name;
    }

    private Fixture bound() throws IOException {
        boolean byItself = this == PACKET_RAW || this == PACKET_DGRAM;
        return byItself
                ? new Fixture(unbound())
                : new Fixture(unbound()).with(f -> f.socket().bind(local()));
    }

    private @Nullable SocketAddress local() {
        return switch (this) {
            case TCP, UDP, ICMP -> LOOPBACK;
            case TCP6, UDP6, ICMP6 -> LOOPBACK6;
            case VSOCK -> new VsockAddress(VsockAddress.ANY, VsockAddress.PORT_ANY);
            default -> null;
        };
    }

    private Fixture connected() throws IOException {
        return listening().with(f -> {
            Socket listener = f.socket();
            Socket client = f.keep(unbound()).setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
            client.timeout(ANSWER);
            client.connect(target(listener));
            client.timeout(Socket.BLOCKING);
            small(f.waitOn(Objects.requireNonNull(listener.accept())).peer(client));
        });
    }

    private static Fixture small(Fixture fixture) throws IOException {
        return fixture.with(f -> f.socket().setOption(StandardSocketOptions.SO_SNDBUF, SMALL));
    }

    private SocketType unixType() {
        return switch (this) {
            case UNIX_STREAM -> SocketType.STREAM;
            case UNIX_SEQPACKET -> SocketType.SEQPACKET;
            default -> SocketType.DGRAM;
        };
    }

    private static InetAddress ip(int... bytes) {
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
