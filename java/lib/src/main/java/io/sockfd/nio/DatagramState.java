package io.sockfd.nio;

import static io.sockfd.raw.Linux.MSG_DONTWAIT;

import io.sockfd.Domain;
import io.sockfd.Socket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a channel of datagrams. What changes them holds the locks of both directions and the monitor, which nobody
 * holds while waiting.
 */
final class DatagramState {
    private static final int FLUSHED = 100; // bytes of a datagram that came before the connect: it is not for the peer

    /** Held by whoever receives. */
    final ReentrantLock reading = new ReentrantLock();

    /** Held by whoever sends. */
    final ReentrantLock writing = new ReentrantLock();

    private final OwnChannel channel;
    private final Socket socket;
    private final Object monitor = new Object();
    private volatile @Nullable SocketAddress local; // null until it is bound here
    private volatile @Nullable SocketAddress remote;

    DatagramState(OwnChannel channel, @Nullable SocketAddress remote) {
        this.channel = channel;
        this.socket = channel.behind();
        this.remote = remote;
    }

    void checkOpen() throws ClosedChannelException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /**
     * Before anything is sent or received; whoever does so has a port.
     *
     * @return whether it may wait
     */
    boolean begin(boolean mustBeConnected) throws IOException {
        checkOpen();
        boolean blocking = channel.isBlocking();
        if (blocking) {
            Blocking.begin(channel);
        }
        if (mustBeConnected && remote == null) {
            throw new NotYetConnectedException();
        }
        if (local == null && Families.isInet(socket.domain())) {
            synchronized (monitor) {
                checkOpen();
                bindIfNone();
            }
        }
        return blocking;
    }

    /** What an operation throws when its socket failed. */
    IOException failed(IOException e) throws IOException {
        IOException failure = Blocking.failed(channel, e);
        return remote == null ? Failures.of(failure) : Failures.ofDatagram(failure);
    }

    /** What the host of the peer that it had before has said: the kernel says it once, and it is nothing to this operation. */
    boolean isOfLastPeer(IOException e) {
        return e instanceof ConnectException && remote == null && Families.isInet(socket.domain());
    }

    private void lock() {
        reading.lock();
        writing.lock();
    }

    private void unlock() {
        writing.unlock();
        reading.unlock();
    }

    // ---- local ---------------------------------------------------------------------------------------------------

    void bind(@Nullable SocketAddress name) throws IOException {
        lock();
        try {
            synchronized (monitor) {
                checkOpen();
                if (Names.isBound(socket, remote != null)) {
                    throw new AlreadyBoundException();
                }
                bindTo(name);
            }
        } finally {
            unlock();
        }
    }

    private void bindIfNone() throws IOException {
        if (local == null) {
            local = Names.local(socket, remote != null); // the socket itself may have been bound
            if (local == null) {
                bindTo(null);
            }
        }
    }

    private void bindTo(@Nullable SocketAddress name) throws IOException {
        try {
            if (name == null && socket.domain().equals(Domain.UNIX)) {
                TemporaryPaths.bind(socket);
            } else {
                socket.bind(name == null ? null : Names.check(name, socket.domain()));
            }
            local = Names.local(socket, false);
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    /** Null as long as it is not bound; of a closed channel what it was. */
    @Nullable
    SocketAddress local() throws IOException {
        return channel.isOpen() ? Names.local(socket, remote != null) : local;
    }

    // ---- remote --------------------------------------------------------------------------------------------------

    boolean isConnected() {
        return remote != null && channel.isOpen();
    }

    /** Null when it is not connected; of a closed channel what it was. */
    @Nullable
    SocketAddress remote() {
        return remote;
    }

    /** Connects, or connects to another one if that is allowed. */
    void connect(SocketAddress to, boolean again) throws IOException {
        SocketAddress peer = Names.check(to, socket.domain());
        lock();
        try {
            synchronized (monitor) {
                checkOpen();
                if (remote != null && !again) {
                    throw new AlreadyConnectedException();
                } else if (peer instanceof InetSocketAddress inet && inet.getPort() == 0) {
                    throw new SocketException("Can't connect to port 0");
                }
                connectTo(peer);
            }
        } finally {
            unlock();
        }
    }

    private void connectTo(SocketAddress peer) throws IOException {
        if (Families.isInet(socket.domain())) {
            bindIfNone();
        }
        try {
            socket.connect(Names.somebody(peer));
            remote = Names.remote(peer);
            local = Names.local(socket, true);
            flush();
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    /** What came from whomever before, and what the last peer's host said. */
    private void flush() throws IOException {
        ByteBuffer memory = ByteBuffer.allocate(FLUSHED);
        int received = 0;
        while (received >= 0) {
            try {
                received = socket.recv(memory.clear(), MSG_DONTWAIT);
            } catch (ConnectException e) {
                received = 0; // the kernel says it once
            }
        }
    }

    void disconnect() throws IOException {
        lock();
        try {
            synchronized (monitor) {
                if (channel.isOpen() && remote != null) {
                    socket.disconnect();
                    remote = null;
                    local = Names.local(socket, false);
                }
            }
        } catch (IOException e) {
            throw Failures.of(e);
        } finally {
            unlock();
        }
    }
}
