package io.sockfd.nio;

import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a channel. Reads are under one lock and writes under another; a connect holds both. The state changes under
 * the monitor of {@code state}, which nobody holds while waiting.
 */
final class SockfdSocketChannel extends SocketChannel implements StreamChannel {
    private enum State {
        UNCONNECTED,
        PENDING,
        CONNECTED
    }

    private final Socket socket;
    private final StreamReader in;
    private final StreamWriter out;
    private final Object state = new Object();

    private volatile State connection;
    private volatile boolean boundUnnamed; // a UNIX one
    private volatile @Nullable SocketAddress remote;
    private java.net.@Nullable Socket adaptor; // protected by state

    /** Not connected. */
    SockfdSocketChannel(SelectorProvider provider, Socket socket) {
        this(provider, socket, null);
    }

    /** Connected when there is a peer. */
    @SuppressWarnings("this-escape") // the socket keeps a weak reference
    SockfdSocketChannel(SelectorProvider provider, Socket socket, @Nullable SocketAddress remote) {
        super(provider);
        this.socket = socket;
        in = new StreamReader(this, socket);
        out = new StreamWriter(this, socket);
        this.remote = remote;
        connection = remote == null ? State.UNCONNECTED : State.CONNECTED;
        Blocking.own(socket, this);
        Blocking.configure(socket, true);
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

    @Override
    public void checkReady() throws ClosedChannelException {
        checkOpen();
        if (connection != State.CONNECTED) {
            throw new NotYetConnectedException();
        }
    }

    // ---- names and options -----------------------------------------------------------------------------------------

    @Override
    public SocketChannel bind(@Nullable SocketAddress local) throws IOException {
        in.lock.lock();
        try {
            out.lock.lock();
            try {
                synchronized (state) {
                    checkOpen();
                    bindOnce(local);
                }
            } finally {
                out.lock.unlock();
            }
        } finally {
            in.lock.unlock();
        }
        return this;
    }

    private void bindOnce(@Nullable SocketAddress local) throws IOException {
        if (connection == State.PENDING) {
            throw new ConnectionPendingException();
        } else if (Names.isBound(socket, boundUnnamed || connection == State.CONNECTED)) {
            throw new AlreadyBoundException();
        } else if (socket.domain().equals(Domain.UNIX) && (local == null || local.equals(Names.UNNAMED))) {
            boundUnnamed = true;
            return;
        }
        try {
            socket.bind(local == null ? null : Names.check(local, socket.domain()));
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        checkOpen();
        return Names.local(socket, boundUnnamed || connection == State.CONNECTED);
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        checkOpen();
        return connection == State.UNCONNECTED ? null : remote;
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
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
    public java.net.Socket socket() {
        Options.checkInet(socket.domain());
        synchronized (state) {
            if (adaptor == null) {
                try {
                    adaptor = new SocketAdaptor(this);
                } catch (IOException e) {
                    throw new UncheckedIOException(e); // declared, and never thrown
                }
            }
            return adaptor;
        }
    }

    /** Null as long as it is not connected; after a close, too. */
    @Nullable
    SocketAddress connectedTo() {
        return connection == State.CONNECTED ? remote : null;
    }

    // ---- connect -------------------------------------------------------------------------------------------------

    @Override
    public boolean isConnected() {
        return connection == State.CONNECTED;
    }

    @Override
    public boolean isConnectionPending() {
        return connection == State.PENDING;
    }

    @Override
    public boolean connect(SocketAddress to) throws IOException {
        SocketAddress peer = Names.checkPeer(to, socket.domain());
        in.lock.lock();
        try {
            out.lock.lock();
            try {
                boolean blocking = isBlocking();
                beginConnect(peer, blocking);
                return attempt(blocking, () -> socket.connect(peer));
            } finally {
                out.lock.unlock();
            }
        } finally {
            in.lock.unlock();
        }
    }

    /** For the adaptor: in blocking mode, with a time for this one connect, 0 for ever. */
    void connect(SocketAddress to, int millis) throws IOException {
        SocketAddress peer = Names.checkPeer(to, socket.domain());
        in.lock.lock();
        try {
            out.lock.lock();
            try {
                checkOpen();
                if (!isBlocking()) {
                    throw new IllegalBlockingModeException();
                }
                beginConnect(peer, true);
                boolean ignored = attempt(
                        true,
                        () -> millis == 0 ? socket.connect(peer) : socket.connect(peer, Duration.ofMillis(millis)));
            } finally {
                out.lock.unlock();
            }
        } finally {
            in.lock.unlock();
        }
    }

    private void beginConnect(SocketAddress peer, boolean blocking) throws IOException {
        synchronized (state) {
            checkOpen();
            if (connection == State.CONNECTED) {
                throw new AlreadyConnectedException();
            } else if (connection == State.PENDING) {
                throw new ConnectionPendingException();
            }
        }
        if (blocking) {
            Blocking.begin(this);
        }
        synchronized (state) {
            remote = peer;
            connection = State.PENDING;
        }
    }

    private interface Attempt {
        boolean connects() throws IOException;
    }

    /** An attempt that fails closes the channel. */
    private boolean attempt(boolean blocking, Attempt first) throws IOException {
        try {
            boolean connected = first.connects();
            while (blocking && !connected) { // the mode was changed meanwhile
                Blocking.await(socket, POLLOUT);
                connected = socket.finishConnect();
            }
            if (connected) {
                connected();
            }
            return connected;
        } catch (SocketTimeoutException e) {
            close();
            throw Failures.timeout("Connect timed out", e);
        } catch (IOException e) {
            IOException failure = Blocking.failed(this, e);
            close();
            throw Failures.of(failure);
        }
    }

    private void connected() throws IOException {
        SocketAddress name = socket.getRemoteAddress();
        synchronized (state) {
            if (socket.domain().equals(Domain.INET) || socket.domain().equals(Domain.INET6)) {
                remote = name;
            }
            connection = State.CONNECTED;
        }
    }

    @Override
    public boolean finishConnect() throws IOException {
        in.lock.lock();
        try {
            out.lock.lock();
            try {
                checkOpen();
                if (connection == State.CONNECTED) {
                    return true;
                } else if (connection != State.PENDING) {
                    throw new NoConnectionPendingException();
                }
                boolean blocking = isBlocking();
                if (blocking) {
                    Blocking.begin(this);
                }
                return attempt(blocking, socket::finishConnect);
            } finally {
                out.lock.unlock();
            }
        } finally {
            in.lock.unlock();
        }
    }

    @Override
    public SocketChannel shutdownInput() throws IOException {
        synchronized (state) {
            checkReady();
            if (!in.isClosed()) {
                shutdown(Linux.SHUT_RD);
                in.close();
            }
        }
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        synchronized (state) {
            checkReady();
            if (!out.isClosed()) {
                out.close();
                shutdown(Linux.SHUT_WR);
            }
        }
        return this;
    }

    /** A connection that the peer has reset is shut down already. */
    private void shutdown(int how) throws IOException {
        try {
            socket.shutdown(how);
        } catch (IOException e) {
            if (!Failures.is(e, Linux.ENOTCONN)) {
                throw Failures.of(Blocking.failed(this, e));
            }
        }
    }

    // ---- read and write ------------------------------------------------------------------------------------------

    @Override
    public int read(ByteBuffer dst) throws IOException {
        return in.read(dst);
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        return in.read(dsts, offset, length);
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        return out.write(src);
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        return out.write(srcs, offset, length);
    }

    /** For the adaptor. */
    StreamReader in() {
        return in;
    }

    /** For the adaptor. */
    StreamWriter out() {
        return out;
    }

    // ---- selection and end -----------------------------------------------------------------------------------------

    @Override
    public int eventsOf(int interestOps) {
        int events = (interestOps & SelectionKey.OP_READ) != 0 ? Linux.EPOLLIN : 0;
        return (interestOps & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0
                ? events | Linux.EPOLLOUT
                : events;
    }

    @Override
    public int readyOf(int events) {
        boolean out = (events & Linux.EPOLLOUT) != 0;
        if (connection == State.CONNECTED) {
            return ((events & Linux.EPOLLIN) != 0 ? SelectionKey.OP_READ : 0) | (out ? SelectionKey.OP_WRITE : 0);
        }
        return out && connection == State.PENDING ? SelectionKey.OP_CONNECT : 0;
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        Blocking.configure(socket, block);
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        socket.close();
    }

    @Override
    public String toString() {
        return "SocketChannel[" + (isOpen() ? connection.name().toLowerCase(java.util.Locale.ROOT) + " " : "") + socket
                + "]";
    }
}
