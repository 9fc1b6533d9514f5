package io.sockfd;

import static io.sockfd.raw.Linux.SOCK_CLOEXEC;
import static io.sockfd.raw.Linux.SOCK_NONBLOCK;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.jfr.Flight;
import io.sockfd.internal.jfr.OperationEvent;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.BlockedSleeper;
import io.sockfd.internal.wait.Nanos;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.ScatteringByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
 * <pre>{@code
 * try (Socket socket = Socket.tcp().timeout(Duration.ofSeconds(5))) {
 *     socket.setOption(TcpOptions.TCP_NODELAY, true);
 *     socket.connect(new InetSocketAddress("localhost", 7777));
 *     socket.sendAll(ByteBuffer.wrap("hello".getBytes(UTF_8)));
 *     ByteBuffer answer = ByteBuffer.allocateDirect(4096);
 *     int count = socket.recv(answer, 0);
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>
 */
public final class Socket extends Descriptor
        implements ByteChannel, ScatteringByteChannel, GatheringByteChannel, NetworkChannel {
    /** The timeout that never passes. */
    public static final Duration BLOCKING = Duration.ofSeconds(-1);

    /** The timeout of a non-blocking socket. */
    public static final Duration NON_BLOCKING = Duration.ZERO;

    /** What a non-blocking operation returns when it would have to wait. */
    public static final int WOULD_BLOCK = Endpoint.WOULD_BLOCK;

    private static final Libc LIBC = Libc.getOrRefusing();

    final Endpoint endpoint;
    private final boolean bornBlocking; // before it became O_NONBLOCK to listen, as what it accepts is

    private Socket(int fd, boolean owned, Domain domain, SocketType type, boolean blocking) {
        this(fd, owned, domain, type, blocking, blocking);
    }

    /** The plain are those of {@link #mayBlock}, blocking or not. */
    private Socket(int fd, boolean owned, Domain domain, SocketType type, boolean blocking, boolean plain) {
        super(fd, owned);
        this.bornBlocking = blocking;
        boolean tcp = plain && type.equals(SocketType.STREAM) && !domain.equals(Domain.UNIX);
        endpoint = new Endpoint(this, domain, type, tcp);
        endpoint.nonBlocking = !blocking;
        boolean ignored = Flight.look();
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
        boolean blocks = mayBlock(domain, type, protocol);
        int fd = LIBC.socket(domain.value(), type.value() | SOCK_CLOEXEC | (blocks ? 0 : SOCK_NONBLOCK), number);
        if (fd < 0) {
            throw Errors.exception(fd, "socket", new Situation.Birth(domain, type, protocol));
        }
        return new Socket(fd, true, domain, type, blocks);
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
        boolean blocks = mayBlock(domain, type, Protocol.DEFAULT);
        int flags = type.value() | SOCK_CLOEXEC | (blocks ? 0 : SOCK_NONBLOCK);
        int result = LIBC.socketpair(domain.value(), flags, 0, Memory.address(sv));
        if (result < 0) {
            throw Errors.exception(result, "socketpair", domain + ", " + type);
        }
        return new Pair(
                new Socket(sv.getInt(0), true, domain, type, blocks),
                new Socket(sv.getInt(Integer.BYTES), true, domain, type, blocks));
    }

    /**
     * Takes over a socket that somebody else opened, for instance one that was inherited or received: this object closes
     * it. The descriptor becomes close-on-exec, and non-blocking for every process that shares it.
     *
     * @throws IOException EBADF, ENOTSOCK
     */
    public static Socket adopt(int fd) throws IOException {
        return wrap(Adopted.takeOver(fd), true);
    }

    /**
     * Takes over a connection of this listening socket that was accepted in another way than by {@link #accept()}, in a ring of
     * operations for instance: close-on-exec and non-blocking, as that must have made it. Nothing is asked of the kernel.
     */
    public Socket adoptAccepted(int fd) {
        return new Socket(fd, true, domain(), type(), false).mark(inheritedMark());
    }

    /** TCP's connections have their listener's SO_RCVLOWAT, UNIX's do not. */
    private int inheritedMark() {
        return domain().equals(Domain.UNIX) ? 1 : endpoint.mark();
    }

    /** Takes over a received descriptor, which is closed by this object from now on. */
    public static Socket adopt(Descriptor descriptor) throws IOException {
        return wrap(Adopted.takeOver(descriptor), true);
    }

    /**
     * Uses a socket that stays somebody else's: closing this object leaves it open, and its O_NONBLOCK flag is left alone,
     * so that {@link #accept} and {@link #connect} may block in the kernel where it is not set.
     *
     * @throws IOException EBADF, ENOTSOCK
     */
    public static Socket borrow(int fd) throws IOException {
        return wrap(Adopted.look(fd), false);
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
        return channel instanceof Socket socket ? socket.dup() : wrap(JdkChannels.find(channel), true);
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
        return ListenFds.all(Socket::adopt).stream()
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
            int second = Errors.check(LIBC.fcntl(fd, Linux.F_DUPFD_CLOEXEC, 0), "fcntl", endpoint);
            Socket twin = new Socket(second, true, domain(), type(), !endpoint.nonBlocking);
            share();
            twin.share();
            return twin.mark(endpoint.mark());
        } finally {
            exit();
        }
    }

    private static Socket wrap(Adopted adopted, boolean owned) {
        Socket socket = new Socket(adopted.fd(), owned, adopted.domain(), adopted.type(), false);
        socket.share();
        return socket.mark(adopted.mark());
    }

    private Socket mark(int bytes) {
        endpoint.mark(bytes);
        return this;
    }

    // ---- life ----------------------------------------------------------------------------------------------------

    /** This socket's domain. */
    public Domain domain() {
        return endpoint.domain;
    }

    /** This socket's type. */
    public SocketType type() {
        return endpoint.type;
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
        Naming.bind(endpoint, local);
        return this;
    }

    /** As {@link #bind(SocketAddress)}, for the kernel's bytes. */
    public Socket bindTo(Sockaddr local) throws IOException {
        Naming.bind(endpoint, local);
        return this;
    }

    /**
     * Lets others connect.
     *
     * @param backlog how many connections may wait for {@link #accept}; net.core.somaxconn bounds it
     * @see <a href="https://man7.org/linux/man-pages/man2/listen.2.html">listen(2)</a>
     */
    public Socket listen(int backlog) throws IOException {
        Listener.listen(endpoint, backlog);
        return this;
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
        return accept(peer, Patience.OF_SOCKET);
    }

    /**
     * As {@link #accept(Sockaddr)}, with a time for this one operation, whatever {@link #timeout} is.
     *
     * @param timeout negative for ever; zero does not wait
     * @return null when there was none and the timeout is zero
     */
    public @Nullable Socket accept(@Nullable Sockaddr peer, Duration timeout) throws IOException {
        return accept(peer, nanos(timeout));
    }

    private @Nullable Socket accept(@Nullable Sockaddr peer, long patience) throws IOException {
        OperationEvent event = Recorded.accept();
        int accepted;
        try {
            accepted = Listener.accept(endpoint, peer, bornBlocking, patience);
        } catch (IOException e) {
            Recorded.failed(event, endpoint, e, null);
            throw e;
        }
        if (accepted == WOULD_BLOCK) {
            return null;
        }
        Socket connection = new Socket(accepted, true, domain(), type(), bornBlocking).mark(inheritedMark());
        connection.endpoint.settle();
        Recorded.end(event, connection.endpoint, peer);
        return connection;
    }

    /**
     * Connects, or for datagrams sets the peer. An address of {@code AF_UNSPEC} undoes that. A close while a TCP socket
     * connects may end the attempt by shutdown(2), and so for duplicates of the descriptor, too.
     *
     * @return true when it is connected; false when a non-blocking socket is still at it, as it is with TCP over the
     *     loopback, too, see {@link #finishConnect}
     * @throws java.net.ConnectException ECONNREFUSED, ETIMEDOUT
     * @throws java.net.SocketTimeoutException when the timeout passed first; the attempt goes on until close
     * @throws ConnectionPendingException when an earlier attempt is still under way
     * @see <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>
     */
    public boolean connect(SocketAddress remote) throws IOException {
        return Connection.connect(endpoint, endpoint.sockaddr(remote), Patience.OF_SOCKET);
    }

    /**
     * As {@link #connect(SocketAddress)}, with a time for this one operation, whatever {@link #timeout} is.
     *
     * @param timeout negative for ever; zero begins and does not wait
     * @return false when the timeout is zero and the connect is still under way
     */
    public boolean connect(SocketAddress remote, Duration timeout) throws IOException {
        return Connection.connect(endpoint, endpoint.sockaddr(remote), nanos(timeout));
    }

    /** As {@link #connect(SocketAddress)}. */
    public boolean connect(Sockaddr remote) throws IOException {
        return Connection.connect(endpoint, remote, Patience.OF_SOCKET);
    }

    /**
     * Undoes the {@link #connect} of a datagram socket: it receives from everybody again. Linux takes a port that the kernel
     * chose away with the peer; it is bound to again, and so is the address that a bind gave.
     *
     * @throws java.net.BindException EADDRINUSE when another socket has taken the port in between
     */
    public Socket disconnect() throws IOException {
        Connection.disconnect(endpoint);
        return this;
    }

    /**
     * Ends what {@link #connect} began: waits as the timeout says, and reads the result.
     *
     * @return false when a non-blocking socket is still at it
     * @throws NoConnectionPendingException when nothing was begun
     * @throws IOException as {@link #connect}
     */
    public boolean finishConnect() throws IOException {
        return Connection.finish(endpoint);
    }

    @Override
    void makeNonBlocking() throws IOException {
        endpoint.makeNonBlocking();
    }

    @Override
    boolean readinessLies(int events) {
        return endpoint.readinessLies(events);
    }

    @Override
    Object subject() {
        return endpoint;
    }

    @Override
    void share() {
        endpoint.share();
    }

    /**
     * Ends one or both directions. Who waits to send is told (EPIPE), and so is who waits to receive, by 0 bytes, which are -1
     * of a connection, when the direction is ended by this socket object.
     *
     * @param how {@code SHUT_RD}, {@code SHUT_WR} or {@code SHUT_RDWR}
     * @throws IOException ENOTCONN without a connection, also when the peer has reset it; EINVAL for another {@code how}
     * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
     */
    public Socket shutdown(int how) throws IOException {
        int fd = enter();
        try {
            Errors.check(LIBC.shutdown(fd, how), "shutdown", endpoint);
            endpoint.unsettle(); // one that listened may do so again, at another port
            if (how != Linux.SHUT_RD) {
                life.shutForSending();
            }
            return this;
        } finally {
            exit();
        }
    }

    // ---- sending bytes ---------------------------------------------------------------------------------------------

    /**
     * Sends what lies between the buffer's position and limit, and moves the position by what was sent. A stream may take
     * less. Where the queue of a device is full (ENOBUFS), a socket that may wait tries again with pauses. A direct buffer
     * is sent from where it is. A heap buffer is copied once, except on the FFM backend between 1 and 16 KiB, where it is sent
     * from where it is; a stream takes at most 128 KiB of it at a time, on a virtual thread 16 KiB.
     *
     * <p>A buffer over a memory segment of an arena that can be closed, shared or confined, is treated as a heap buffer is:
     * the arena may be closed at any time, and the kernel never sees its memory. Those of {@code Arena.global()} and {@code
     * Arena.ofAuto()} are as direct as others.
     *
     * @param flags {@code MSG_} flags; {@code MSG_NOSIGNAL} is always added
     * @return the bytes sent, or {@link #WOULD_BLOCK}
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws IllegalStateException when the buffer's arena is closed
     * @throws IllegalArgumentException for MSG_ZEROCOPY, with which the kernel reads the memory after the call: see {@link
     *     ZeroCopy}
     * @throws IOException with the errno, for instance EPIPE, ECONNRESET, EMSGSIZE, ENOBUFS of a non-blocking socket
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</a>
     */
    public int send(ByteBuffer src, int flags) throws IOException {
        return Traffic.send(endpoint, src, null, flags);
    }

    /**
     * As {@link #send(ByteBuffer, int)} from an array.
     *
     * @throws IndexOutOfBoundsException when the range is outside of the array
     */
    public int send(byte[] src, int offset, int length, int flags) throws IOException {
        return Traffic.send(endpoint, src, offset, length, flags);
    }

    /**
     * Sends to an address, the socket's own where it is null.
     *
     * <p>With {@code MSG_FASTOPEN} a TCP socket connects to the address, and sends with its first packet where it has a
     * cookie of that host, else behind it. A socket that may wait does so until it is connected. One that may not either
     * sends and is connecting, or fails with EINPROGRESS and is connecting, with nothing sent: see {@link
     * #finishConnect}.
     *
     * @return the bytes sent, or {@link #WOULD_BLOCK}
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws IOException with the errno, for instance ECONNREFUSED, EHOSTUNREACH, EMSGSIZE, EDESTADDRREQ
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">sendto(2)</a>
     */
    public int sendTo(ByteBuffer src, @Nullable Sockaddr to, int flags) throws IOException {
        return Traffic.send(endpoint, src, to, flags);
    }

    /**
     * As {@link #sendTo(ByteBuffer, Sockaddr, int)}, for addresses that are not worth keeping as a {@link Sockaddr}.
     *
     * @throws java.nio.channels.UnresolvedAddressException when {@code to} is a name that was not resolved
     * @throws java.nio.channels.UnsupportedAddressTypeException when this socket's domain has no such addresses
     */
    public int sendTo(ByteBuffer src, SocketAddress to, int flags) throws IOException {
        return Traffic.send(endpoint, src, endpoint.sockaddr(to), flags);
    }

    /**
     * Sends all that remains, however many calls it takes; the timeout counts for all of them together. After a failure
     * the buffer's position says how much was sent. A non-blocking socket waits here, too.
     */
    public void sendAll(ByteBuffer src) throws IOException {
        Traffic.sendAll(endpoint, src);
    }

    /**
     * Writes as a channel does: a blocking stream socket writes all that remains, a non-blocking one what fits, a datagram
     * socket one datagram.
     *
     * @return the bytes written
     * @throws java.nio.channels.NotYetConnectedException ENOTCONN
     */
    @Override
    public int write(ByteBuffer src) throws IOException {
        return Traffic.write(endpoint, src);
    }

    /** As {@link #write(ByteBuffer)}, from several buffers: one message, or for a stream one call after the other. */
    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, srcs.length);
        return Traffic.write(endpoint, srcs, offset, length);
    }

    @Override
    public long write(ByteBuffer[] srcs) throws IOException {
        return Traffic.write(endpoint, srcs, 0, srcs.length);
    }

    // ---- receiving bytes -------------------------------------------------------------------------------------------

    /**
     * Receives into the buffer between position and limit, and moves the position by what arrived. A datagram's rest that
     * does not fit is lost; {@link Message} shows that.
     *
     * <p>On a stream {@code MSG_WAITALL} fills the buffer, unless the stream ends, an error or the timeout comes, or urgent
     * data: then less is received, and an error comes with the next call. A non-blocking socket, datagrams and records
     * have no use for it.
     *
     * @param flags {@code MSG_} flags; with {@code MSG_TRUNC} the result is the datagram's length, which may be more than
     *     the buffer took, and TCP discards so many bytes and stores nothing
     * @return the bytes received, 0 for an empty datagram, -1 at the end of a stream, or {@link #WOULD_BLOCK}
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws IllegalStateException when the buffer's arena is closed; where it was closed during the call, what arrived is
     *     lost
     * @throws IOException with the errno, for instance ECONNRESET, ECONNREFUSED
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</a>
     */
    public int recv(ByteBuffer dst, int flags) throws IOException {
        return Traffic.receive(endpoint, dst, null, flags);
    }

    /**
     * As {@link #recv(ByteBuffer, int)} into an array.
     *
     * @throws IndexOutOfBoundsException when the range is outside of the array
     */
    public int recv(byte[] dst, int offset, int length, int flags) throws IOException {
        return Traffic.receive(endpoint, dst, offset, length, flags);
    }

    /**
     * Receives, and puts the sender's address into {@code from} where that is not null.
     *
     * @return as {@link #recv(ByteBuffer, int)}
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recvfrom(2)</a>
     */
    public int recvFrom(ByteBuffer dst, @Nullable Sockaddr from, int flags) throws IOException {
        return Traffic.receive(endpoint, dst, from, flags);
    }

    /**
     * Receives one message and tells its sender; the form that {@link java.nio.channels.DatagramChannel#receive} has.
     *
     * @return the sender's address, or null when a non-blocking socket has nothing
     */
    public @Nullable SocketAddress receive(ByteBuffer dst) throws IOException {
        Sockaddr from = CallMemory.address();
        return Traffic.receive(endpoint, dst, from, 0) == WOULD_BLOCK ? null : from.decode();
    }

    /**
     * Fills the buffer, however many calls it takes; the timeout counts for all of them together. A non-blocking socket
     * waits here, too.
     *
     * @throws EOFException when the stream ends before; the buffer's position says how much arrived
     */
    public void recvExactly(ByteBuffer dst) throws IOException {
        Traffic.receiveExactly(endpoint, dst);
    }

    /**
     * Reads as a channel does.
     *
     * @return the bytes read, 0 when there is no room or a non-blocking socket has nothing, -1 at the end of a stream
     * @throws java.nio.channels.NotYetConnectedException ENOTCONN
     */
    @Override
    public int read(ByteBuffer dst) throws IOException {
        return Traffic.read(endpoint, dst);
    }

    /** As {@link #read(ByteBuffer)}, into several buffers by one readv-like call. */
    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, dsts.length);
        return Traffic.read(endpoint, dsts, offset, length);
    }

    @Override
    public long read(ByteBuffer[] dsts) throws IOException {
        return Traffic.read(endpoint, dsts, 0, dsts.length);
    }

    // ---- messages --------------------------------------------------------------------------------------------------

    /**
     * Sends one message with its address and ancillary data; moves its buffers' positions.
     *
     * @return the bytes sent, or {@link #WOULD_BLOCK}
     * @throws IOException with the errno, for instance EMSGSIZE, ETOOMANYREFS, EINVAL for bad control data, ENOBUFS at once
     *     for more of it than net.core.optmem_max allows
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">sendmsg(2)</a>
     */
    public long sendMessage(Message message, int flags) throws IOException {
        Transfer.checkSendFlags(flags);
        return Traffic.send(endpoint, message, flags, null);
    }

    /**
     * Receives one message with its address and ancillary data. Descriptors arrive close-on-exec. With {@code MSG_WAITALL} a
     * stream fills the message's buffers, as {@link #recv(ByteBuffer, int)} says; of a UNIX stream it ends with what brings
     * ancillary data.
     *
     * @return the bytes received, 0 for an empty datagram, -1 at the end of a stream, or {@link #WOULD_BLOCK}
     * @throws IOException with the errno
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recvmsg(2)</a>
     */
    public long receiveMessage(Message message, int flags) throws IOException {
        return Traffic.receive(endpoint, message, flags);
    }

    /**
     * Sends messages {@code from} to {@code from + n - 1} of a batch, by one call.
     *
     * @return how many were sent, or {@link #WOULD_BLOCK}; an error counts only for the first, send the rest to see it
     * @throws IOException with the errno of the first message
     * @see <a href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</a>
     */
    public int sendMessages(MessageBatch batch, int from, int n, int flags) throws IOException {
        Transfer.checkSendFlags(flags);
        return Traffic.send(endpoint, batch, from, n, flags);
    }

    /**
     * Receives into messages {@code from} to {@code from + n - 1} of a batch what is there, by one call; waits only for
     * the first, as if {@code MSG_WAITFORONE} were always given. {@code MSG_WAITALL} fills the first one.
     *
     * @return how many were received, or {@link #WOULD_BLOCK}
     * @throws IOException with the errno
     * @see <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>
     */
    public int receiveMessages(MessageBatch batch, int from, int n, int flags) throws IOException {
        return Traffic.receive(endpoint, batch, from, n, flags);
    }

    // ---- past user space -------------------------------------------------------------------------------------------

    /**
     * Sends a part of a file, by reads at positions into memory of the thread: no descriptor is looked for, duplicated or
     * closed, so that all record locks of this process stay. The channel's position is not moved. The timeout counts for
     * all of it. {@link #sendFile(Descriptor, long, long)} sends without bringing the data into user space.
     *
     * <p>For streams; of a socket of messages each 128 KiB are one, 16 KiB on a virtual thread. An interrupt closes this
     * socket while it waits, and the file's channel while that is read.
     *
     * @param file any channel that reads at positions
     * @param position in bytes from the file's start; from its end on nothing is sent
     * @param count at most this many bytes; fewer when the file ends before
     * @return the bytes sent; fewer than asked for at the file's end, and when a non-blocking socket takes no more
     * @throws IllegalArgumentException when {@code position} or {@code count} is negative
     * @throws java.nio.channels.NonReadableChannelException when the file is not open for reading
     * @throws java.nio.channels.ClosedChannelException when either channel is closed
     * @throws java.net.SocketTimeoutException when the timeout passed first
     */
    public long sendFile(FileChannel file, long position, long count) throws IOException {
        return Traffic.sendFile(endpoint, file, position, count);
    }

    /**
     * Sends a part of a file without bringing it into user space. The file's position is not moved. The timeout counts for
     * all of it.
     *
     * @param file for instance of {@link Descriptor#open}
     * @param position in bytes from the file's start; from its end on nothing is sent
     * @param count at most this many bytes; fewer when the file ends before
     * @return the bytes sent; fewer than asked for at the file's end, and when a non-blocking socket takes no more
     * @throws IllegalArgumentException when {@code position} or {@code count} is negative
     * @throws java.nio.channels.ClosedChannelException when either is closed
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws ErrnoException EBADF when the file is not open for reading, EINVAL when sendfile(2) does not take it, ESPIPE
     *     for a pipe, which {@link #spliceTo} takes
     * @see <a href="https://man7.org/linux/man-pages/man2/sendfile.2.html">sendfile(2)</a>
     */
    public long sendFile(Descriptor file, long position, long count) throws IOException {
        return Traffic.sendFile(endpoint, file, position, count);
    }

    /**
     * Moves bytes from this stream to another descriptor inside the kernel, until {@code count} have been moved or this
     * stream ends. Waits as this socket's timeout says, for both sides. When the target fails, what was on its way is lost
     * (up to 1 MiB): {@link SplicePipe} keeps it.
     *
     * @param target a socket or any other descriptor that splice(2) takes
     * @return the bytes moved
     * @see <a href="https://man7.org/linux/man-pages/man2/splice.2.html">splice(2)</a>
     */
    public long spliceTo(Descriptor target, long count) throws IOException {
        return Traffic.splice(endpoint, target, count);
    }

    // ---- names and options -----------------------------------------------------------------------------------------

    /**
     * The socket's own address, in the JDK's type where that can hold it. What cannot change is remembered: the address of TCP
     * that is connected or listens, until the next call that may change it, and the name of a UNIX socket. The kernel is asked
     * each time for any other, and where somebody else may have the socket, too: after {@link #dup}, {@link #fd}, {@link #call},
     * {@link #hold}, a message that passed it on, and of one that was adopted or borrowed. {@link #getsockname} always asks.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</a>
     */
    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return Naming.local(endpoint);
    }

    /**
     * The peer's address. That of a stream is remembered as {@link #getLocalAddress} says, with the name of a UNIX peer if it
     * has one: so it is there when the connection is broken, if somebody asked before. {@link #getpeername} always asks.
     *
     * @throws NotYetConnectedException ENOTCONN
     * @see <a href="https://man7.org/linux/man-pages/man2/getpeername.2.html">getpeername(2)</a>
     */
    public SocketAddress getRemoteAddress() throws IOException {
        return Naming.remote(endpoint);
    }

    /** Asks the kernel for the socket's own address, which goes into {@code address}; that is given back. */
    public Sockaddr getsockname(Sockaddr address) throws IOException {
        return Naming.getsockname(endpoint, address);
    }

    /**
     * Asks the kernel for the peer's address, which goes into {@code address}; that is given back.
     *
     * @throws NotYetConnectedException ENOTCONN, as of TCP whose connection is broken
     */
    public Sockaddr getpeername(Sockaddr address) throws IOException {
        return Naming.getpeername(endpoint, address);
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
        Option<T> ours = Option.from(option, domain().value());
        int fd = enter();
        try {
            ours.set(fd, value);
            if (ours.optname() == Linux.SO_RCVLOWAT && ours.level() == Linux.SOL_SOCKET) {
                endpoint.learnMark();
            }
            return this;
        } finally {
            if (endpoint.isSettled() && domain().equals(Domain.INET6)) {
                endpoint.renamed(); // flow labels and scopes are parts of names
            }
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
        Option<T> ours = Option.from(option, domain().value());
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

    /**
     * The options that the kernel knows for such a socket; it is asked once for each domain, type and protocol. Those of {@link
     * java.net.StandardSocketOptions} and {@code jdk.net.ExtendedSocketOptions} are among them.
     */
    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return SupportedOptions.of(endpoint);
    }

    /**
     * {@code Socket(fd 8, 127.0.0.1:40000 -> 127.0.0.1:80)}: the descriptor, and the addresses that the socket has. The
     * kernel is asked for them each time; a closed socket has none.
     */
    @Override
    public String toString() {
        return endpoint.toString();
    }

    /** Whether a new socket may do without O_NONBLOCK, and wait in the kernel: see {@link BlockedSleeper}. */
    private static boolean mayBlock(Domain domain, SocketType type, Protocol protocol) {
        return domain.equals(Domain.UNIX)
                || ((domain.equals(Domain.INET) || domain.equals(Domain.INET6))
                        && ((type.equals(SocketType.STREAM) && isDefaultOr(protocol, Linux.IPPROTO_TCP))
                                || (type.equals(SocketType.DGRAM) && isDefaultOr(protocol, Linux.IPPROTO_UDP))));
    }

    private static boolean isDefaultOr(Protocol protocol, int number) {
        return protocol.value() == 0 || protocol.value() == number;
    }

    private static int htons(int host) {
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
