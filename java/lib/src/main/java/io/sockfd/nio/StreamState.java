package io.sockfd.nio;

import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a channel of bytes is on its way from new to closed, and the names that it has. A connect holds the locks of both
 * directions; the state changes under its own monitor, which nobody holds while waiting.
 */
final class StreamState {
    private enum State {
        UNCONNECTED,
        PENDING,
        CONNECTED,
        CLOSED
    }

    private final StreamChannel channel;
    private final Socket socket;
    private final StreamReader in;
    private final StreamWriter out;
    private final Object monitor = new Object();

    private volatile State state;
    private volatile @Nullable SocketAddress local; // null until somebody asks
    private volatile @Nullable SocketAddress remote;

    /** Connected when there is a peer. */
    StreamState(StreamChannel channel, StreamReader in, StreamWriter out, @Nullable SocketAddress remote) {
        this.channel = channel;
        this.socket = channel.behind();
        this.in = in;
        this.out = out;
        this.remote = remote;
        state = remote == null ? State.UNCONNECTED : State.CONNECTED;
    }

    private void lock() {
        in.lock.lock();
        out.lock.lock();
    }

    private void unlock() {
        out.lock.unlock();
        in.lock.unlock();
    }

    boolean isConnected() {
        return state == State.CONNECTED;
    }

    boolean isPending() {
        return state == State.PENDING;
    }

    void checkOpen() throws ClosedChannelException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    void checkConnected() throws ClosedChannelException {
        checkOpen();
        if (state != State.CONNECTED) {
            throw new NotYetConnectedException();
        }
    }

    // ---- names ---------------------------------------------------------------------------------------------------

    void bind(@Nullable SocketAddress name) throws IOException {
        lock();
        try {
            synchronized (monitor) {
                checkOpen();
                if (state == State.PENDING) {
                    throw new ConnectionPendingException();
                } else if (Names.isBound(socket, isNamed())) {
                    throw new AlreadyBoundException();
                }
                bindTo(name);
            }
        } finally {
            unlock();
        }
    }

    private void bindTo(@Nullable SocketAddress name) throws IOException {
        if (socket.domain().equals(Domain.UNIX) && (name == null || name.equals(Names.UNNAMED))) {
            local = Names.UNNAMED; // the kernel knows of no such bind
            return;
        }
        try {
            socket.bind(name == null ? null : Names.check(name, socket.domain()));
            local = Names.local(socket, true);
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    private boolean isNamed() {
        return local != null || state == State.CONNECTED;
    }

    /** Null as long as it is neither bound nor connected; of a closed channel what it was. */
    @Nullable
    SocketAddress local() throws IOException {
        SocketAddress known = local;
        if (known == null && state == State.CONNECTED) {
            known = Names.local(socket, true);
            local = known;
        } else if (known == null && state == State.UNCONNECTED) {
            return Names.local(socket, false); // the socket itself may have been bound, and not for good
        }
        return known;
    }

    /** Whom it is connected to, or tries to reach, or was before it was closed. */
    @Nullable
    SocketAddress remote() {
        return remote;
    }

    /** Before the socket is closed, which forgets its name. */
    void closing() {
        synchronized (monitor) {
            try {
                if (state == State.CONNECTED && local == null) {
                    local = Names.local(socket, true);
                }
            } catch (IOException e) {
                // the socket itself was closed: nobody knows
            } finally {
                state = State.CLOSED;
            }
        }
    }

    // ---- connect -------------------------------------------------------------------------------------------------

    /** False when it may not wait and the connect is under way. */
    boolean connect(SocketAddress to) throws IOException {
        SocketAddress peer = Names.checkPeer(to, socket.domain());
        lock();
        try {
            boolean blocking = channel.isBlocking();
            begin(peer, blocking);
            return attempt(blocking, () -> socket.connect(peer));
        } finally {
            unlock();
        }
    }

    /** For the adaptor: in blocking mode, with a time for this one connect, 0 for ever. */
    void connect(SocketAddress to, int millis) throws IOException {
        SocketAddress peer = Names.checkPeer(to, socket.domain());
        lock();
        try {
            if (!channel.isBlocking()) {
                throw new IllegalBlockingModeException();
            } else if (!channel.isOpen()) {
                throw new AsynchronousCloseException(); // as the JDK has it
            }
            begin(peer, true);
            boolean ignored = attempt(
                    true, () -> millis == 0 ? socket.connect(peer) : socket.connect(peer, Duration.ofMillis(millis)));
        } finally {
            unlock();
        }
    }

    boolean finishConnect() throws IOException {
        lock();
        try {
            checkOpen();
            if (state == State.CONNECTED) {
                return true;
            } else if (state != State.PENDING) {
                throw new NoConnectionPendingException();
            }
            boolean blocking = channel.isBlocking();
            if (blocking) {
                Blocking.begin(channel);
            }
            return attempt(blocking, socket::finishConnect);
        } finally {
            unlock();
        }
    }

    private void begin(SocketAddress peer, boolean blocking) throws IOException {
        if (blocking) {
            checkOpen();
            Blocking.begin(channel);
        }
        synchronized (monitor) {
            checkOpen();
            if (state == State.CONNECTED) {
                throw new AlreadyConnectedException();
            } else if (state == State.PENDING) {
                throw new ConnectionPendingException();
            }
            remote = peer;
            state = State.PENDING;
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
            channel.close();
            throw Failures.timeout("Connect timed out", e);
        } catch (IOException e) {
            IOException failure = Blocking.failed(channel, e);
            channel.close();
            throw Failures.of(failure);
        }
    }

    private void connected() throws IOException {
        synchronized (monitor) {
            if (state == State.PENDING) {
                local = Names.local(socket, true);
                state = State.CONNECTED;
            }
        }
    }

    // ---- shutdown ------------------------------------------------------------------------------------------------

    void shutdownInput() throws IOException {
        synchronized (monitor) {
            checkConnected();
            if (!in.isClosed()) {
                shutdown(Linux.SHUT_RD);
                in.close();
            }
        }
    }

    void shutdownOutput() throws IOException {
        synchronized (monitor) {
            checkConnected();
            if (!out.isClosed()) {
                out.close();
                shutdown(Linux.SHUT_WR);
            }
        }
    }

    /** A connection that the peer has reset is shut down already. */
    private void shutdown(int how) throws IOException {
        try {
            socket.shutdown(how);
        } catch (IOException e) {
            if (!Failures.is(e, Linux.ENOTCONN)) {
                throw Failures.of(e);
            }
        }
    }
}
