package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINPROGRESS;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.POLLHUP;
import static io.sockfd.raw.Linux.POLLIN;
import static io.sockfd.raw.Linux.POLLOUT;
import static io.sockfd.raw.Linux.SOCK_CLOEXEC;
import static io.sockfd.raw.Linux.SOCK_NONBLOCK;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.BlockedWaiter;
import io.sockfd.internal.wait.Nanos;
import io.sockfd.internal.wait.Waiter;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A socket of any domain, type and protocol, as Berkeley's API has it.
 *
 * <p>It is a channel: whatever takes a {@link NetworkChannel}, {@link java.nio.channels.ByteChannel}, {@link
 * java.nio.channels.GatheringByteChannel} or {@link java.nio.channels.ScatteringByteChannel} takes it. Every descriptor is
 * close-on-exec and every send has {@code MSG_NOSIGNAL}.
 *
 * <p>Operations block until they can proceed, unless {@link #timeout} says otherwise: {@link #BLOCKING} waits for ever, a
 * positive duration until then ({@link java.net.SocketTimeoutException}), zero never. An operation that can proceed makes
 * one system call, and one that waits can be ended by {@link #close} ({@link
 * java.nio.channels.AsynchronousCloseException}) and by an interrupt, which closes ({@link
 * java.nio.channels.ClosedByInterruptException}), in every address family.
 *
 * <p>In the kernel the descriptor is O_NONBLOCK, but for UNIX, TCP and UDP sockets that were opened or accepted here: those
 * become so with the first call that needs it, for instance {@link #listen}. Until then {@link #connect} and a receive into
 * direct memory wait in the kernel, in connect(2) and recv(2) themselves.
 *
 * <p>A virtual thread that waits is parked, and its carrier runs others. Before Java 22 an interrupt that comes in the moment
 * in which a wait begins may be seen by the next wait only, which is so for the JDK's channels, too.
 *
 * <p>All methods may be called from any thread. Failures are {@link IOException}s that carry the errno; see {@link Errors}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>
 */
public final class Socket extends SocketChannelForms implements NetworkChannel {
    /** The timeout that never passes. */
    public static final Duration BLOCKING = Duration.ofSeconds(-1);

    /** The timeout of a non-blocking socket. */
    public static final Duration NON_BLOCKING = Duration.ZERO;

    private boolean bornBlocking; // before it became O_NONBLOCK to listen

    private Socket(int fd, boolean owned, Domain domain, SocketType type) {
        super(fd, owned, domain, type);
    }

    // ---- birth ---------------------------------------------------------------------------------------------------

    /**
     * Opens a socket.
     *
     * @param protocol for {@link Domain#PACKET} in host byte order
     * @throws IOException for instance EAFNOSUPPORT, EPROTONOSUPPORT, EPERM without CAP_NET_RAW, EMFILE
     * @see <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>
     */
    public static Socket open(Domain domain, SocketType type, Protocol protocol) throws IOException {
        int number = domain.equals(Domain.PACKET) ? htons(protocol.value()) : protocol.value();
        boolean blocks = SocketBirth.mayBlock(domain, type, protocol);
        int fd = LIBC.socket(domain.value(), type.value() | SOCK_CLOEXEC | (blocks ? 0 : SOCK_NONBLOCK), number);
        if (fd < 0) {
            throw Errors.exception(fd, "socket", new Situation.Birth(domain, type, protocol));
        }
        return born(fd, domain, type, blocks);
    }

    private static Socket born(int fd, Domain domain, SocketType type, boolean blocks) {
        Socket socket = new Socket(fd, true, domain, type);
        socket.bornBlocking = blocks;
        socket.nonBlocking = !blocks;
        return socket;
    }

    /** As {@link #open(Domain, SocketType, Protocol)} with the domain's own protocol for the type. */
    public static Socket open(Domain domain, SocketType type) throws IOException {
        return open(domain, type, Protocol.DEFAULT);
    }

    /** A TCP socket over IPv4, tcp(7). */
    public static Socket tcp() throws IOException {
        return open(Domain.INET, SocketType.STREAM);
    }

    /** A TCP socket over IPv6, and over IPv4 by mapped addresses, ipv6(7). */
    public static Socket tcp6() throws IOException {
        return open(Domain.INET6, SocketType.STREAM);
    }

    /** A UDP socket over IPv4, udp(7). */
    public static Socket udp() throws IOException {
        return open(Domain.INET, SocketType.DGRAM);
    }

    /** A UDP socket over IPv6, and over IPv4 by mapped addresses. */
    public static Socket udp6() throws IOException {
        return open(Domain.INET6, SocketType.DGRAM);
    }

    /** A UNIX stream socket, unix(7). */
    public static Socket unixStream() throws IOException {
        return open(Domain.UNIX, SocketType.STREAM);
    }

    /** A UNIX datagram socket, unix(7). */
    public static Socket unixDatagram() throws IOException {
        return open(Domain.UNIX, SocketType.DGRAM);
    }

    /** A UNIX socket that keeps message boundaries in a connection, unix(7). */
    public static Socket unixSeqpacket() throws IOException {
        return open(Domain.UNIX, SocketType.SEQPACKET);
    }

    /** A raw IPv4 socket, raw(7); needs CAP_NET_RAW. */
    public static Socket raw(Protocol protocol) throws IOException {
        return open(Domain.INET, SocketType.RAW, protocol);
    }

    /** A raw IPv6 socket, ipv6(7); needs CAP_NET_RAW. */
    public static Socket raw6(Protocol protocol) throws IOException {
        return open(Domain.INET6, SocketType.RAW, protocol);
    }

    /**
     * A packet socket, packet(7); needs CAP_NET_RAW.
     *
     * @param type {@link SocketType#RAW} with the link header, {@link SocketType#DGRAM} without
     * @param protocol an {@code ETH_P_} number in host byte order; 0 receives nothing until bind
     */
    public static Socket packet(SocketType type, int protocol) throws IOException {
        return open(Domain.PACKET, type, new Protocol(protocol));
    }

    /** A netlink socket, netlink(7); {@code protocol} is a {@code NETLINK_} number. */
    public static Socket netlink(int protocol) throws IOException {
        return open(Domain.NETLINK, SocketType.RAW, new Protocol(protocol));
    }

    /**
     * Two sockets connected to each other.
     *
     * @throws IOException EOPNOTSUPP for most domains but {@link Domain#UNIX}
     * @see <a href="https://man7.org/linux/man-pages/man2/socketpair.2.html">socketpair(2)</a>
     */
    public static Pair pair(Domain domain, SocketType type) throws IOException {
        ByteBuffer sv = CallMemory.of(2 * Integer.BYTES);
        boolean blocks = SocketBirth.mayBlock(domain, type, Protocol.DEFAULT);
        int flags = type.value() | SOCK_CLOEXEC | (blocks ? 0 : SOCK_NONBLOCK);
        int result = LIBC.socketpair(domain.value(), flags, 0, Memory.address(sv));
        if (result < 0) {
            throw Errors.exception(result, "socketpair", domain + ", " + type);
        }
        return new Pair(born(sv.getInt(0), domain, type, blocks), born(sv.getInt(Integer.BYTES), domain, type, blocks));
    }

    /**
     * Takes over a socket that somebody else opened, for instance one that was inherited or received: this object closes
     * it. The descriptor becomes close-on-exec, and non-blocking for every process that shares it.
     *
     * @throws IOException EBADF, ENOTSOCK
     */
    public static Socket adopt(int fd) throws IOException {
        return SocketBirth.adopt(fd);
    }

    /** Takes over a received descriptor, which is closed by this object from now on. */
    public static Socket adopt(Descriptor descriptor) throws IOException {
        return SocketBirth.adopt(descriptor);
    }

    /**
     * Uses a socket that stays somebody else's: closing this object leaves it open, and its O_NONBLOCK flag is left alone,
     * so that {@link #accept} and {@link #connect} may block in the kernel where it is not set.
     *
     * @throws IOException EBADF, ENOTSOCK
     */
    public static Socket borrow(int fd) throws IOException {
        return SocketBirth.borrow(fd);
    }

    /**
     * A second descriptor for the socket behind one of the JDK's channels or of anything else with an address, so that all
     * options and calls are there for it. The channel stays as it is, and each is closed for itself.
     *
     * @param channel bound or connected: it is found by its addresses, for which each number of this process's table of
     *     descriptors is asked once, some 0.2 microseconds each; nothing but this socket is duplicated
     * @throws IOException when it cannot be found for certain; the message says why
     */
    public static Socket of(NetworkChannel channel) throws IOException {
        return channel instanceof Socket socket ? socket.dup() : JdkChannels.find(channel);
    }

    /**
     * The sockets that systemd or another supervisor passed by {@code LISTEN_FDS}, without those that were closed meanwhile;
     * empty when there are none for this process. Each call gives the same objects: a descriptor has one owner. {@link
     * ListenFd#all} tells their names, and has what is no socket.
     *
     * @throws IOException as {@link ListenFd#all}
     * @see <a href="https://man7.org/linux/man-pages/man3/sd_listen_fds.3.html">sd_listen_fds(3)</a>
     */
    public static List<Socket> listenFds() throws IOException {
        return ListenFd.all().stream()
                .filter(passed -> passed.descriptor() instanceof Socket)
                .map(passed -> (Socket) passed.descriptor())
                .toList();
    }

    /**
     * A second descriptor for the same socket, close-on-exec. They share everything but the timeout.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">F_DUPFD_CLOEXEC</a>
     */
    public Socket dup() throws IOException {
        int fd = enter();
        try {
            int second = Errors.check(LIBC.fcntl(fd, Linux.F_DUPFD_CLOEXEC, 0), "fcntl", this);
            return born(second, domain, type, !nonBlocking);
        } finally {
            exit();
        }
    }

    static Socket wrap(int fd, boolean owned, Domain domain, SocketType type) {
        return new Socket(fd, owned, domain, type);
    }

    // ---- life ----------------------------------------------------------------------------------------------------

    /** This socket's domain. */
    public Domain domain() {
        return domain;
    }

    /** This socket's type. */
    public SocketType type() {
        return type;
    }

    /**
     * How long operations wait: {@link #BLOCKING}, {@link #NON_BLOCKING} or a time for each operation as a whole.
     *
     * <p>A change reaches operations that wait already, on whatever thread: from then on they have the new time, be it
     * shorter or longer; with {@link #NON_BLOCKING} they end at once, as those of a non-blocking socket do. The kernel's
     * SO_RCVTIMEO and SO_SNDTIMEO do not count.
     *
     * @param timeout negative for ever
     */
    public Socket timeout(Duration timeout) {
        return receiveTimeout(timeout).sendTimeout(timeout);
    }

    /** How long operations wait: receives, where sends have a time of their own. */
    public Duration timeout() {
        return receiveTimeout();
    }

    /** As {@link #timeout(Duration)}, for what SO_RCVTIMEO would count for: all receives, {@link #accept}, splices. */
    public Socket receiveTimeout(Duration timeout) {
        timeoutNanos(false, nanos(timeout));
        return this;
    }

    /** How long receives wait. */
    public Duration receiveTimeout() {
        return duration(timeoutNanos(false));
    }

    /** As {@link #timeout(Duration)}, for what SO_SNDTIMEO would count for: all sends, {@link #connect}. */
    public Socket sendTimeout(Duration timeout) {
        timeoutNanos(true, nanos(timeout));
        return this;
    }

    /** How long sends wait. */
    public Duration sendTimeout() {
        return duration(timeoutNanos(true));
    }

    private static long nanos(Duration timeout) {
        return timeout.isNegative() ? -1 : Nanos.saturated(timeout);
    }

    private static Duration duration(long nanos) {
        return nanos < 0 ? BLOCKING : Duration.ofNanos(nanos);
    }

    /**
     * Gives the socket a name; null lets the kernel choose.
     *
     * @throws java.net.BindException EADDRINUSE, EADDRNOTAVAIL, EACCES
     * @see <a href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</a>
     */
    @Override
    public Socket bind(@Nullable SocketAddress local) throws IOException {
        return bindTo(local == null ? SocketBirth.any(domain) : sockaddr(local));
    }

    /** As {@link #bind(SocketAddress)}, for the kernel's bytes. */
    public Socket bindTo(Sockaddr local) throws IOException {
        int fd = enter();
        try {
            int result = LIBC.bind(fd, local.address(), local.length());
            ends = null;
            if (result < 0) {
                throw Errors.exception(result, "bind", Target.of(this, local, 0));
            }
            return this;
        } finally {
            exit();
        }
    }

    /**
     * Lets others connect.
     *
     * @param backlog how many connections may wait for {@link #accept}; net.core.somaxconn bounds it
     * @see <a href="https://man7.org/linux/man-pages/man2/listen.2.html">listen(2)</a>
     */
    public Socket listen(int backlog) throws IOException {
        int fd = enter();
        try {
            makeNonBlocking();
            Errors.check(LIBC.listen(fd, backlog), "listen", this);
            return this;
        } finally {
            exit();
        }
    }

    /** {@link #listen(int)} with the largest backlog that the system allows. */
    public Socket listen() throws IOException {
        return listen(Integer.MAX_VALUE);
    }

    /**
     * Takes the next connection. Connections that broke while they were waiting, or that a firewall forbids, are passed over,
     * as far as the kernel tells (ECONNABORTED, EPERM, EPROTO, and the network's errors of accept(2)); one that the peer has
     * reset by now still comes, and has no remote address any more: ask for it here.
     *
     * @return null when a non-blocking socket has none
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws IOException EMFILE, ENFILE, ENOBUFS, ENOMEM (the connection stays in the queue, and the socket listens on: try
     *     again after a pause), EINVAL when not listening
     * @see <a href="https://man7.org/linux/man-pages/man2/accept.2.html">accept4(2)</a>
     */
    public @Nullable Socket accept() throws IOException {
        return accept(null);
    }

    /** As {@link #accept()}; the peer's address goes into {@code peer}. */
    public @Nullable Socket accept(@Nullable Sockaddr peer) throws IOException {
        Waiter waiter = null;
        int fd = enter();
        try {
            for (int passed = 0; ; passed++) {
                int accepted = acceptOnce(fd, peer, SOCK_CLOEXEC | (bornBlocking ? 0 : SOCK_NONBLOCK));
                if (accepted >= 0) {
                    return born(accepted, domain, type, bornBlocking);
                } else if (accepted == -EAGAIN && timeoutNanos(false) == 0) {
                    return null;
                } else if (accepted == -EAGAIN) {
                    waiter = Waiter.orBeginFor(waiter, life, Waiter.RECEIVE);
                    awaitOrTimeOut(waiter, POLLIN, "accept4", null);
                    passed = 0;
                } else if (!SocketBirth.passesOver(accepted, this)) {
                    throw Errors.exception(accepted, "accept4", this);
                } else if (passed >= SocketBirth.MOST_PASSED) {
                    if (timeoutNanos(false) == 0) {
                        return null;
                    }
                    // the queue may be as it was: Linux asks a security module before it takes the connection out
                    waiter = Waiter.orBeginFor(waiter, life, Waiter.RECEIVE);
                    if (!pause(waiter) && !waiter.isNonBlocking()) {
                        throw Errors.timeout(Errno.ofResult(accepted), "accept4", this);
                    }
                }
            }
        } finally {
            Waiter.end(waiter);
            exit();
        }
    }

    private static int acceptOnce(int fd, @Nullable Sockaddr peer, int flags) {
        if (peer != null) {
            peer.reset();
        }
        return Refused.accept(fd, peer, flags);
    }

    /**
     * Connects, or for datagrams sets the peer. An address of {@code AF_UNSPEC} undoes that. A close while a TCP socket
     * connects may end the attempt by shutdown(2), and so for duplicates of the descriptor, too.
     *
     * @return true when it is connected; false when a non-blocking socket is still at it, see {@link #finishConnect}
     * @throws java.net.ConnectException ECONNREFUSED, ETIMEDOUT
     * @throws java.net.SocketTimeoutException when the timeout passed first; the attempt goes on until close
     * @throws ConnectionPendingException when an earlier attempt is still under way
     * @see <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>
     */
    public boolean connect(SocketAddress remote) throws IOException {
        return connect(sockaddr(remote));
    }

    /** As {@link #connect(SocketAddress)}. */
    public boolean connect(Sockaddr remote) throws IOException {
        if (connecting) {
            throw new ConnectionPendingException();
        }
        Waiter waiter = null;
        int fd = enter();
        ends = null;
        try {
            boolean atOnce = type.equals(SocketType.DGRAM);
            boolean inside = !atOnce && mayWaitInside(true);
            if (!atOnce && !inside) {
                makeNonBlocking();
            }
            while (true) {
                int result = inside
                        ? (int) call(BlockedWaiter.connect(remote, !domain.equals(Domain.UNIX)))
                        : LIBC.connect(fd, remote.address(), remote.length());
                if (result == 0) {
                    return true;
                } else if (result == BlockedWaiter.NOT_TRIED || (result == -EINTR && domain.equals(Domain.UNIX))) {
                    // a signal while it waited for room in the backlog, perhaps because the timeout was changed
                    inside = inside && mayWaitInside(true);
                    if (!inside) {
                        makeNonBlocking();
                    }
                    continue;
                } else if (result == -EINPROGRESS || result == -EINTR) {
                    // the attempt goes on without us: never a second connect(2)
                    connecting = true;
                    return finishConnect(remote);
                } else if (result != -EAGAIN || timeoutNanos(true) == 0) {
                    throw Errors.exception(result, "connect", Target.of(this, remote, 0));
                }
                // a UNIX listener with a full backlog, for which there is no readiness
                waiter = Waiter.orBeginFor(waiter, life, Waiter.SEND);
                if (!pause(waiter) && !waiter.isNonBlocking()) {
                    throw Errors.timeout(Errno.EAGAIN, "connect", Target.of(this, remote, 0));
                }
            }
        } finally {
            Waiter.end(waiter);
            exit();
        }
    }

    /**
     * Ends what {@link #connect} began: waits as the timeout says, and reads the result.
     *
     * @return false when a non-blocking socket is still at it
     * @throws NoConnectionPendingException when nothing was begun
     * @throws IOException as {@link #connect}
     */
    public boolean finishConnect() throws IOException {
        if (!connecting) {
            throw new NoConnectionPendingException();
        }
        return finishConnect(null);
    }

    private boolean finishConnect(@Nullable Sockaddr remote) throws IOException {
        Waiter waiter = null;
        enter();
        try {
            waiter = Waiter.beginFor(life, Waiter.SEND);
            return finishConnect(waiter, remote, CallMemory.of(SocketBirth.OPTION_SIZE));
        } finally {
            Waiter.end(waiter);
            exit();
        }
    }

    @Override
    boolean finishConnect(Waiter waiter, @Nullable Sockaddr remote, ByteBuffer memory) throws IOException {
        int ready = poll(waiter, POLLOUT);
        if (ready == 0) {
            if (timeoutNanos(true) == 0) {
                return false;
            }
            throw Errors.timeout(Errno.EINPROGRESS, "connect", Target.of(this, remote, 0));
        }
        connecting = false;
        int fd = number();
        int error = SocketBirth.intOption(memory, fd, Linux.SO_ERROR);
        if (error == 0 && (ready & POLLHUP) != 0 && !hasPeer(fd)) {
            error = Linux.ECONNABORTED; // somebody has read the error already: what connect(2) says then
        }
        if (error == 0) {
            return true;
        }
        IOException failure =
                Errors.exception(-error, "connect", Target.of(this, remote, 0)); // while the peer is known
        if (isTcp(fd)) {
            SocketBirth.disconnect(fd); // a blocking connect(2) leaves it so, too; else the next one gives ECONNABORTED
        }
        throw failure;
    }

    /** Once: what shares the descriptor's flags only ever sets this one. */
    @Override
    void makeNonBlocking() throws IOException {
        if (!nonBlocking) {
            SocketBirth.makeNonBlocking(number());
            nonBlocking = true;
        }
    }

    /**
     * Ends one or both directions.
     *
     * @param how {@code SHUT_RD}, {@code SHUT_WR} or {@code SHUT_RDWR}
     * @throws IOException ENOTCONN without a connection, also when the peer has reset it; EINVAL for another {@code how}
     * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
     */
    public Socket shutdown(int how) throws IOException {
        int fd = enter();
        try {
            Errors.check(LIBC.shutdown(fd, how), "shutdown", this);
            return this;
        } finally {
            exit();
        }
    }

    // ---- names and options -----------------------------------------------------------------------------------------

    /**
     * The socket's own address, in the JDK's type where that can hold it.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</a>
     */
    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return getsockname(CallMemory.address()).decode();
    }

    /**
     * The peer's address.
     *
     * @throws NotYetConnectedException ENOTCONN
     * @see <a href="https://man7.org/linux/man-pages/man2/getpeername.2.html">getpeername(2)</a>
     */
    public SocketAddress getRemoteAddress() throws IOException {
        return getpeername(CallMemory.address()).decode();
    }

    /** As {@link #getLocalAddress} into {@code address}, which is given back. */
    public Sockaddr getsockname(Sockaddr address) throws IOException {
        int fd = enter();
        try {
            address.reset();
            Errors.check(LIBC.getsockname(fd, address.address(), address.lengthAddress()), "getsockname", this);
            return address;
        } finally {
            exit();
        }
    }

    /** As {@link #getRemoteAddress} into {@code address}, which is given back. */
    public Sockaddr getpeername(Sockaddr address) throws IOException {
        int fd = enter();
        try {
            address.reset();
            Errors.check(LIBC.getpeername(fd, address.address(), address.lengthAddress()), "getpeername", this);
            return address;
        } finally {
            exit();
        }
    }

    /**
     * Sets an option of {@code io.sockfd.option}, of {@link java.net.StandardSocketOptions} or of {@code
     * jdk.net.ExtendedSocketOptions}.
     *
     * @throws IOException with the errno: a failing option always throws; ENOTCONN is an IOException here, too
     * @throws IllegalArgumentException when the kernel would silently change the value, see {@link Option#set}
     * @throws UnsupportedOperationException when the option is of another kind
     * @see <a href="https://man7.org/linux/man-pages/man2/setsockopt.2.html">setsockopt(2)</a>
     */
    @Override
    public <T> Socket setOption(SocketOption<T> option, T value) throws IOException {
        Option<T> ours = Option.from(option, domain.value());
        int fd = enter();
        try {
            ours.set(fd, value);
            return this;
        } finally {
            exit();
        }
    }

    /**
     * Reads an option.
     *
     * @throws IOException with the errno; ENOTCONN is an IOException here, too
     * @throws UnsupportedOperationException when the option is of another kind or can only be set
     * @see <a href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</a>
     */
    @Override
    public <T> T getOption(SocketOption<T> option) throws IOException {
        Option<T> ours = Option.from(option, domain.value());
        int fd = enter();
        try {
            return ours.get(fd);
        } finally {
            exit();
        }
    }

    /**
     * Reads an option that takes a question, for instance {@code PACKET_HDRLEN}, {@code IP_MSFILTER} or {@code
     * TCP_ZEROCOPY_RECEIVE}.
     *
     * @throws IOException with the errno
     */
    public <T> T getOption(Option<T> option, T request) throws IOException {
        int fd = enter();
        try {
            return option.get(fd, request);
        } finally {
            exit();
        }
    }

    /** The options that the kernel knows for this very socket; asks it for each. The JDK's standard options are among them. */
    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return SocketBirth.supportedOptions(this);
    }

    /**
     * {@code Socket(fd 8, 127.0.0.1:40000 -> 127.0.0.1:80)}: the descriptor, and the addresses that the socket has. The
     * kernel is asked for them each time; a closed socket has none.
     */
    @Override
    public String toString() {
        try {
            int fd = enter();
            try {
                String names = SocketNames.of(fd, this);
                return "Socket(fd " + fd + (names.isEmpty() ? "" : ", " + names) + ")";
            } finally {
                exit();
            }
        } catch (ClosedChannelException e) {
            return super.toString();
        }
    }

    static int htons(int host) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? host : Short.reverseBytes((short) host) & 0xffff;
    }

    /** The two ends that {@link #pair} makes. */
    public record Pair(Socket first, Socket second) implements Channel {
        @Override
        public boolean isOpen() {
            return first.isOpen() || second.isOpen();
        }

        @Override
        public void close() throws IOException {
            try (first;
                    second) {
                // closes both, whatever the first one throws
            }
        }
    }
}
