package io.sockfd.nio;

import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.IllegalBlockingModeException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The output of a channel of datagrams: one thread at a time sends. */
final class DatagramWriter {
    private final OwnChannel channel;
    private final Socket socket;
    private final DatagramState state;
    private final ReentrantLock lock;
    private final Sockaddr target = new Sockaddr(); // protected by the lock
    private @Nullable SocketAddress targetSet; // what it holds

    DatagramWriter(OwnChannel channel, DatagramState state) {
        this.channel = channel;
        this.socket = channel.behind();
        this.state = state;
        lock = state.writing;
    }

    int send(ByteBuffer src, SocketAddress to) throws IOException {
        Objects.requireNonNull(src);
        SocketAddress peer = Names.check(to, socket.domain());
        lock.lock();
        try {
            boolean blocking = state.begin(false);
            SocketAddress connected = state.remote();
            if (connected == null) {
                return send(src, encode(peer), blocking);
            } else if (!connected.equals(to)) {
                throw new AlreadyConnectedException();
            }
            return sendToPeer(src, blocking);
        } finally {
            lock.unlock();
        }
    }

    private int send(ByteBuffer src, @Nullable Sockaddr to, boolean blocking) throws IOException {
        try {
            int sent;
            do {
                sent = socket.sendTo(src, to, blocking ? 0 : MSG_DONTWAIT);
            } while (sent == Socket.WOULD_BLOCK && Blocking.awaits(blocking, socket, POLLOUT));
            return Math.max(0, sent);
        } catch (IOException e) {
            if (state.isOfLastPeer(e)) {
                return send(src, to, blocking);
            }
            throw state.failed(e);
        }
    }

    /** As the JDK has it, a buffer without bytes is no datagram where there is a peer. */
    private int sendToPeer(ByteBuffer src, boolean blocking) throws IOException {
        return src.hasRemaining() ? send(src, null, blocking) : 0;
    }

    /** Whoever sends to the same object again pays nothing. */
    @SuppressWarnings("ReferenceEquality") // addresses do not change
    private Sockaddr encode(SocketAddress to) throws IOException {
        if (to != targetSet) {
            if (to instanceof InetSocketAddress inet && inet.getPort() == 0) {
                throw new SocketException("Can't send to port 0");
            }
            targetSet = null;
            target.set(Names.somebody(to), socket.domain().value());
            targetSet = to;
        }
        return target;
    }

    /** For the adaptor: in blocking mode. A packet without an address gets the peer's. */
    void send(DatagramPacket packet) throws IOException {
        lock.lock();
        try {
            state.checkOpen();
            if (!channel.isBlocking()) {
                throw new IllegalBlockingModeException();
            }
            if (packet.getAddress() == null) {
                SocketAddress peer = state.remote();
                if (peer == null) {
                    throw new IllegalArgumentException("Address not set");
                }
                packet.setSocketAddress(peer);
            }
            ByteBuffer src = ByteBuffer.wrap(packet.getData(), packet.getOffset(), packet.getLength());
            int ignored = send(src, packet.getSocketAddress());
        } finally {
            lock.unlock();
        }
    }

    int write(ByteBuffer src) throws IOException {
        Objects.requireNonNull(src);
        lock.lock();
        try {
            return sendToPeer(src, state.begin(true));
        } finally {
            lock.unlock();
        }
    }

    long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, srcs.length);
        lock.lock();
        try {
            boolean blocking = state.begin(true);
            return Buffers.hasRemaining(srcs, offset, length) ? write(srcs, offset, length, blocking) : 0;
        } finally {
            lock.unlock();
        }
    }

    private long write(ByteBuffer[] srcs, int offset, int length, boolean blocking) throws IOException {
        try {
            long sent;
            do {
                sent = socket.write(srcs, offset, length);
            } while (sent == 0 && Blocking.awaits(blocking, socket, POLLOUT));
            return sent;
        } catch (IOException e) {
            throw state.failed(e);
        }
    }
}
