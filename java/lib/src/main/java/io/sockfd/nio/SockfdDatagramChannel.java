package io.sockfd.nio;

import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.POLLIN;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.internal.wait.WaitOwner;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.SelectorProvider;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams as a channel. Receives are under one lock and sends under another; what changes the addresses holds both, and the
 * monitor of {@code state}, which nobody holds while waiting.
 */
final class SockfdDatagramChannel extends DatagramChannel implements SelectableSocket, WaitOwner {
    private static final int FLUSHED = 100; // bytes of a datagram that came before the connect: it is not for the peer

    private final Socket socket;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    private final Object state = new Object();
    private final Sockaddr sender = new Sockaddr(); // protected by reading
    private final Sockaddr target = new Sockaddr(); // protected by writing
    private final Memberships memberships;
    private @Nullable SocketAddress targetSet; // what target holds; protected by writing
    private volatile @Nullable SocketAddress remote;
    private volatile boolean bound;
    private @Nullable DatagramSocket adaptor; // protected by state

    @SuppressWarnings("this-escape") // the socket keeps a weak reference, and nobody looks into the channel
    SockfdDatagramChannel(SelectorProvider provider, Socket socket, @Nullable SocketAddress remote) throws IOException {
        super(provider);
        this.socket = socket;
        this.remote = remote;
        this.memberships = new Memberships(this, socket);
        bound = Names.isBound(socket, remote != null);
        Blocking.own(socket, this);
        Blocking.configure(socket, true);
    }

    /** For a new socket: it gets what it has joined, and not what others on this host have. */
    static SockfdDatagramChannel open(SelectorProvider provider, Socket socket) throws IOException {
        try {
            if (Options.isInet(socket.domain())) {
                socket.setOption(IpOptions.IP_MULTICAST_ALL, false);
            }
            if (socket.domain().equals(Domain.INET6)) {
                socket.setOption(Ipv6Options.IPV6_MULTICAST_ALL, false);
            }
            return new SockfdDatagramChannel(provider, socket, null);
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public Socket behind() {
        return socket;
    }

    @Override
    public void beginWait() {
        begin();
    }

    @Override
    public void endWait(boolean completed) throws AsynchronousCloseException {
        end(completed);
    }

    private void checkOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private boolean begin(boolean mustBeConnected) throws IOException {
        checkOpen();
        if (mustBeConnected && remote == null) {
            throw new NotYetConnectedException();
        }
        bindIfNone();
        boolean blocking = isBlocking();
        if (blocking) {
            Blocking.begin(this);
        }
        return blocking;
    }

    private IOException failed(IOException e) throws IOException {
        IOException failure = Blocking.failed(this, e);
        return remote == null ? Failures.of(failure) : Failures.ofDatagram(failure);
    }

    // ---- names and options -----------------------------------------------------------------------------------------

    /** All that changes an address, and waits for those who use it. */
    private interface Change {
        void make() throws IOException;
    }

    private void change(Change change) throws IOException {
        reading.lock();
        try {
            writing.lock();
            try {
                synchronized (state) {
                    checkOpen();
                    change.make();
                }
            } finally {
                writing.unlock();
            }
        } finally {
            reading.unlock();
        }
    }

    @Override
    public DatagramChannel bind(@Nullable SocketAddress local) throws IOException {
        change(() -> {
            if (bound) {
                throw new AlreadyBoundException();
            }
            bindTo(local);
        });
        return this;
    }

    private void bindTo(@Nullable SocketAddress local) throws IOException {
        try {
            if (local == null && socket.domain().equals(Domain.UNIX)) {
                TemporaryPaths.bind(socket);
            } else {
                socket.bind(local == null ? null : Names.check(local, socket.domain()));
            }
            bound = true;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Whoever receives has a port; a UNIX sender needs no name. */
    private void bindIfNone() throws IOException {
        if (!bound && Options.isInet(socket.domain())) {
            synchronized (state) {
                checkOpen();
                if (!bound) {
                    bindTo(null);
                }
            }
        }
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        checkOpen();
        return Names.local(socket, remote != null);
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        checkOpen();
        return remote;
    }

    @Override
    public boolean isConnected() {
        return remote != null;
    }

    @Override
    public DatagramChannel connect(SocketAddress to) throws IOException {
        SocketAddress peer = Names.checkPeer(to, socket.domain());
        change(() -> connectTo(peer));
        return this;
    }

    private void connectTo(SocketAddress peer) throws IOException {
        if (remote != null) {
            throw new AlreadyConnectedException();
        }
        if (Options.isInet(socket.domain()) && !bound) {
            bindTo(null);
        }
        try {
            socket.connect(peer);
            remote = Names.remote(socket.getRemoteAddress());
            bound |= Options.isInet(socket.domain());
            ByteBuffer memory = ByteBuffer.allocate(FLUSHED);
            while (socket.recv(memory.clear(), MSG_DONTWAIT) >= 0) {
                // from whomever it was
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public DatagramChannel disconnect() throws IOException {
        reading.lock();
        try {
            writing.lock();
            try {
                synchronized (state) {
                    if (isOpen() && remote != null) {
                        disconnectNow();
                    }
                }
            } finally {
                writing.unlock();
            }
        } finally {
            reading.unlock();
        }
        return this;
    }

    private void disconnectNow() throws IOException {
        try {
            socket.disconnect();
            remote = null;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public <T> DatagramChannel setOption(SocketOption<T> name, T value) throws IOException {
        Options.set(this, socket, name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return Options.get(this, socket, name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Options.supported(socket);
    }

    @Override
    public DatagramSocket socket() {
        Options.checkInet(socket.domain());
        synchronized (state) {
            if (adaptor == null) {
                try {
                    adaptor = new DatagramSocketAdaptor(this);
                } catch (IOException e) {
                    throw new UncheckedIOException(e); // no descriptor is left
                }
            }
            return adaptor;
        }
    }

    /** Null when it is not connected; after a close, too. */
    @Nullable
    SocketAddress peer() {
        return remote;
    }

    boolean isBound() {
        return bound;
    }

    // ---- receive -------------------------------------------------------------------------------------------------

    @Override
    public @Nullable SocketAddress receive(ByteBuffer dst) throws IOException {
        Buffers.checkWritable(dst);
        reading.lock();
        try {
            boolean blocking = begin(false);
            int received;
            do {
                received = socket.recvFrom(dst, sender, blocking ? 0 : MSG_DONTWAIT);
            } while (received == Socket.WOULD_BLOCK && Blocking.awaits(blocking, socket, POLLIN));
            return received == Socket.WOULD_BLOCK ? null : Names.sender(sender, socket.domain());
        } catch (IOException e) {
            throw failed(e);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        Buffers.checkWritable(dst);
        reading.lock();
        try {
            boolean blocking = begin(true);
            int received;
            do {
                received = socket.recv(dst, blocking ? 0 : MSG_DONTWAIT);
            } while (received == Socket.WOULD_BLOCK && Blocking.awaits(blocking, socket, POLLIN));
            return Math.max(0, received);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        Buffers.checkWritable(dsts, offset, length);
        reading.lock();
        try {
            boolean blocking = begin(true);
            long received;
            do {
                received = socket.read(dsts, offset, length);
                // 0 is an empty datagram, too: only of a channel whose mode was changed it is not for certain
            } while (received == 0 && blocking && !isBlocking() && Blocking.awaits(true, socket, POLLIN));
            return received;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            reading.unlock();
        }
    }

    /**
     * For the adaptor: in blocking mode.
     *
     * @param millis 0 for ever
     * @param from gets the sender
     */
    int receivePacket(byte[] into, int offset, int length, int millis, SocketAddress[] from) throws IOException {
        ByteBuffer dst = ByteBuffer.wrap(into, offset, length);
        reading.lock();
        try {
            boolean ignored = begin(false);
            long deadline = millis == 0 ? 0 : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (socket.recvFrom(dst, sender, millis == 0 ? 0 : MSG_DONTWAIT) == Socket.WOULD_BLOCK) {
                if (millis == 0) {
                    Blocking.await(socket, POLLIN);
                } else {
                    Blocking.await(socket, POLLIN, deadline, "Receive timed out");
                }
            }
            from[0] = sender.decode();
            return dst.position() - offset;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            reading.unlock();
        }
    }

    // ---- send ----------------------------------------------------------------------------------------------------

    @Override
    public int send(ByteBuffer src, SocketAddress to) throws IOException {
        Objects.requireNonNull(src);
        Objects.requireNonNull(to);
        writing.lock();
        try {
            boolean blocking = begin(false);
            SocketAddress peer = remote;
            if (peer != null && !peer.equals(to)) {
                SocketAddress ignored = Names.check(to, socket.domain());
                throw new AlreadyConnectedException();
            }
            Sockaddr address = peer == null ? encode(to) : null;
            int sent;
            do {
                sent = socket.sendTo(src, address, blocking ? 0 : MSG_DONTWAIT);
            } while (sent == Socket.WOULD_BLOCK && Blocking.awaits(blocking, socket, POLLOUT));
            return Math.max(0, sent);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            writing.unlock();
        }
    }

    /** Whoever sends to the same object again pays nothing. */
    @SuppressWarnings("ReferenceEquality") // addresses do not change
    private Sockaddr encode(SocketAddress to) throws IOException {
        if (to != targetSet) {
            targetSet = null;
            target.set(Names.checkPeer(to, socket.domain()), socket.domain().value());
            targetSet = to;
        }
        return target;
    }

    /** For the adaptor, which has looked at the peer. */
    void sendPacket(byte[] from, int offset, int length, SocketAddress to) throws IOException {
        int ignored = send(ByteBuffer.wrap(from, offset, length), to);
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        Objects.requireNonNull(src);
        writing.lock();
        try {
            boolean blocking = begin(true);
            int sent;
            do {
                sent = socket.send(src, blocking ? 0 : MSG_DONTWAIT);
            } while (sent == Socket.WOULD_BLOCK && Blocking.awaits(blocking, socket, POLLOUT));
            return Math.max(0, sent);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, srcs.length);
        writing.lock();
        try {
            boolean blocking = begin(true);
            boolean something = Buffers.hasRemaining(srcs, offset, length);
            long sent;
            do {
                sent = socket.write(srcs, offset, length);
            } while (sent == 0 && something && Blocking.awaits(blocking, socket, POLLOUT));
            return sent;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            writing.unlock();
        }
    }

    // ---- multicast -----------------------------------------------------------------------------------------------

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface at) throws IOException {
        return memberships.join(group, at, null);
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface at, @Nullable InetAddress source) throws IOException {
        return memberships.join(group, at, Objects.requireNonNull(source));
    }

    /** For the adaptor, where joining twice is an error. */
    void joinOrFail(InetAddress group, NetworkInterface at) throws IOException {
        memberships.joinOnce(group, at);
    }

    /** For the adaptor. */
    void leave(InetAddress group, NetworkInterface at) throws IOException {
        memberships.leave(group, at);
    }

    // ---- selection and end -----------------------------------------------------------------------------------------

    @Override
    public int eventsOf(int interestOps) {
        return ((interestOps & SelectionKey.OP_READ) != 0 ? Linux.EPOLLIN : 0)
                | ((interestOps & SelectionKey.OP_WRITE) != 0 ? Linux.EPOLLOUT : 0);
    }

    @Override
    public int readyOf(int events) {
        return ((events & Linux.EPOLLIN) != 0 ? SelectionKey.OP_READ : 0)
                | ((events & Linux.EPOLLOUT) != 0 ? SelectionKey.OP_WRITE : 0);
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        Blocking.configure(socket, block);
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        try {
            socket.close();
        } finally {
            memberships.end();
        }
    }

    @Override
    public String toString() {
        return "DatagramChannel[" + socket + "]";
    }
}
