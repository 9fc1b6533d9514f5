package io.sockfd.nio;

import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.POLLIN;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.internal.wait.WaitOwner;
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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a channel. Reads are under one lock and writes under another; a connect holds both. The state changes under
 * the monitor of {@code state}, which nobody holds while waiting.
 */
final class SockfdSocketChannel extends SocketChannel implements SelectableSocket, WaitOwner {
    private enum State {
        UNCONNECTED,
        PENDING,
        CONNECTED
    }

    private final Socket socket;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    private final Object state = new Object();

    private volatile State connection;
    private volatile boolean boundUnnamed; // a UNIX one
    private volatile boolean inputClosed;
    private volatile boolean outputClosed;
    private volatile boolean reset;
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

    private void checkConnected() throws ClosedChannelException {
        checkOpen();
        if (connection != State.CONNECTED) {
            throw new NotYetConnectedException();
        }
    }

    // ---- names and options -----------------------------------------------------------------------------------------

    @Override
    public SocketChannel bind(@Nullable SocketAddress local) throws IOException {
        reading.lock();
        try {
            writing.lock();
            try {
                synchronized (state) {
                    checkOpen();
                    bindOnce(local);
                }
            } finally {
                writing.unlock();
            }
        } finally {
            reading.unlock();
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

    boolean isInputClosed() {
        return inputClosed;
    }

    boolean isOutputClosed() {
        return outputClosed;
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
        reading.lock();
        try {
            writing.lock();
            try {
                boolean blocking = isBlocking();
                beginConnect(peer, blocking);
                return attempt(blocking, () -> socket.connect(peer));
            } finally {
                writing.unlock();
            }
        } finally {
            reading.unlock();
        }
    }

    /** For the adaptor: in blocking mode, with a time for this one connect, 0 for ever. */
    void connect(SocketAddress to, int millis) throws IOException {
        SocketAddress peer = Names.checkPeer(to, socket.domain());
        reading.lock();
        try {
            writing.lock();
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
                writing.unlock();
            }
        } finally {
            reading.unlock();
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
        reading.lock();
        try {
            writing.lock();
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
                writing.unlock();
            }
        } finally {
            reading.unlock();
        }
    }

    @Override
    public SocketChannel shutdownInput() throws IOException {
        synchronized (state) {
            checkConnected();
            if (!inputClosed) {
                shutdown(Linux.SHUT_RD);
                inputClosed = true;
            }
        }
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        synchronized (state) {
            checkConnected();
            if (!outputClosed) {
                shutdown(Linux.SHUT_WR);
                outputClosed = true;
                // Linux gives no POLLOUT to who waits for room in a UNIX socket that was shut down
                Socket ignored = socket.sendTimeout(Socket.NON_BLOCKING);
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

    // ---- read ----------------------------------------------------------------------------------------------------

    @Override
    public int read(ByteBuffer dst) throws IOException {
        Buffers.checkWritable(dst);
        reading.lock();
        try {
            boolean blocking = beginRead();
            if (inputClosed) {
                return -1;
            } else if (!dst.hasRemaining()) {
                return 0;
            }
            int received;
            do {
                received = socket.recv(dst, blocking ? 0 : MSG_DONTWAIT);
            } while (received == Socket.WOULD_BLOCK && awaits(blocking, POLLIN));
            return received == Socket.WOULD_BLOCK ? afterNothing() : received;
        } catch (IOException e) {
            throw readFailed(e);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        Buffers.checkWritable(dsts, offset, length);
        reading.lock();
        try {
            boolean blocking = beginRead();
            if (inputClosed) {
                return -1;
            } else if (!Buffers.hasRemaining(dsts, offset, length)) {
                return 0;
            }
            long received;
            do {
                received = socket.read(dsts, offset, length);
            } while (received == 0 && awaits(blocking, POLLIN));
            return received == 0 ? afterNothing() : received;
        } catch (IOException e) {
            throw readFailed(e);
        } finally {
            reading.unlock();
        }
    }

    /**
     * For the adaptor: in blocking mode.
     *
     * @param millis 0 for ever
     */
    int read(byte[] into, int offset, int length, int millis) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        reading.lock();
        try {
            if (!beginRead()) {
                throw new IllegalBlockingModeException();
            } else if (inputClosed) {
                return -1;
            }
            long deadline = millis == 0 ? 0 : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            int received;
            while ((received = socket.recv(into, offset, length, millis == 0 ? 0 : MSG_DONTWAIT))
                    == Socket.WOULD_BLOCK) {
                if (millis == 0) {
                    Blocking.await(socket, POLLIN);
                } else {
                    Blocking.await(socket, POLLIN, deadline, "Read timed out");
                }
            }
            return received;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw Adaptors.translated(readFailed(e));
        } finally {
            reading.unlock();
        }
    }

    /** For the adaptor: what a read would give at once. */
    int available() throws IOException {
        checkConnected();
        return inputClosed ? 0 : Unread.bytes(socket);
    }

    private boolean beginRead() throws IOException {
        checkConnected();
        boolean blocking = isBlocking();
        if (blocking) {
            Blocking.begin(this);
        }
        if (reset) {
            throw new java.net.SocketException("Connection reset");
        }
        return blocking;
    }

    /** Another thread may have shut down the input meanwhile. */
    private int afterNothing() {
        return inputClosed ? -1 : 0;
    }

    /** False for an operation that may not wait; it keeps the mode that it began with. */
    private boolean awaits(boolean blocking, int events) throws IOException {
        if (events == POLLOUT && outputClosed) {
            throw new AsynchronousCloseException(); // by shutdownOutput, meanwhile
        } else if (blocking) {
            Blocking.await(socket, events);
        }
        return blocking;
    }

    private IOException readFailed(IOException e) throws IOException {
        if (Failures.is(e, Linux.ECONNRESET)) {
            reset = true; // the kernel says it once
        }
        return Failures.ofReceive(Blocking.failed(this, e));
    }

    // ---- write ---------------------------------------------------------------------------------------------------

    @Override
    public int write(ByteBuffer src) throws IOException {
        Objects.requireNonNull(src);
        writing.lock();
        try {
            boolean blocking = beginWrite();
            int total = 0;
            while (src.hasRemaining() || (total == 0 && !isStream())) {
                int sent = socket.send(src, blocking ? 0 : MSG_DONTWAIT);
                if (sent != Socket.WOULD_BLOCK) {
                    total += sent;
                    if (!isStream()) {
                        break;
                    }
                } else if (!awaits(blocking, POLLOUT)) {
                    break;
                }
            }
            return total;
        } catch (IOException e) {
            throw writeFailed(e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, srcs.length);
        writing.lock();
        try {
            boolean blocking = beginWrite();
            long total = 0;
            while (Buffers.hasRemaining(srcs, offset, length)) {
                long sent = socket.write(srcs, offset, length);
                total += sent;
                if (!isStream() && sent > 0) {
                    break;
                } else if (Buffers.hasRemaining(srcs, offset, length) && !awaits(blocking, POLLOUT)) {
                    break;
                }
            }
            return total;
        } catch (IOException e) {
            throw writeFailed(e);
        } finally {
            writing.unlock();
        }
    }

    /** For the adaptor: all of it, in blocking mode. */
    void write(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        writing.lock();
        try {
            if (!beginWrite()) {
                throw new IllegalBlockingModeException();
            }
            for (int done = 0; done < length; ) {
                int sent = socket.send(from, offset + done, length - done, 0);
                if (sent != Socket.WOULD_BLOCK) {
                    done += sent;
                } else {
                    boolean ignored = awaits(true, POLLOUT);
                }
            }
        } catch (IOException e) {
            throw Adaptors.translated(writeFailed(e));
        } finally {
            writing.unlock();
        }
    }

    void sendUrgent(byte data) throws IOException {
        writing.lock();
        try {
            if (!beginWrite()) {
                throw new IllegalBlockingModeException();
            }
            int ignored = socket.send(new byte[] {data}, 0, 1, Linux.MSG_OOB);
        } catch (IOException e) {
            throw writeFailed(e);
        } finally {
            writing.unlock();
        }
    }

    private boolean isStream() {
        return socket.type().equals(SocketType.STREAM);
    }

    private boolean beginWrite() throws IOException {
        checkConnected();
        if (outputClosed) {
            throw new ClosedChannelException();
        }
        boolean blocking = isBlocking();
        if (blocking) {
            Blocking.begin(this);
        }
        return blocking;
    }

    private IOException writeFailed(IOException e) throws IOException {
        if (outputClosed && Failures.is(e, Linux.EPIPE)) {
            return new AsynchronousCloseException(); // another thread has shut it down while this one wrote
        }
        return Failures.of(Blocking.failed(this, e));
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
