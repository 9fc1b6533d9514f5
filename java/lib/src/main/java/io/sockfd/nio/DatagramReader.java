package io.sockfd.nio;

import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.POLLIN;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.IllegalBlockingModeException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The input of a channel of datagrams: one thread at a time receives. */
final class DatagramReader {
    private final OwnChannel channel;
    private final Socket socket;
    private final DatagramState state;
    private final ReentrantLock lock;
    private final Sockaddr sender = new Sockaddr(); // protected by the lock

    DatagramReader(OwnChannel channel, DatagramState state) {
        this.channel = channel;
        this.socket = channel.behind();
        this.state = state;
        lock = state.reading;
    }

    @Nullable
    SocketAddress receive(ByteBuffer dst) throws IOException {
        Buffers.checkWritable(dst);
        lock.lock();
        try {
            return receive(dst, state.begin(false));
        } finally {
            lock.unlock();
        }
    }

    private @Nullable SocketAddress receive(ByteBuffer dst, boolean blocking) throws IOException {
        try {
            int received;
            do {
                received = socket.recvFrom(dst, sender, blocking ? 0 : MSG_DONTWAIT);
            } while (received == Socket.WOULD_BLOCK && Blocking.awaits(blocking, socket, POLLIN));
            return received == Socket.WOULD_BLOCK ? null : Names.sender(sender, socket.domain());
        } catch (IOException e) {
            if (state.isOfLastPeer(e)) {
                return receive(dst, blocking);
            }
            throw state.failed(e);
        }
    }

    int read(ByteBuffer dst) throws IOException {
        Objects.requireNonNull(dst);
        lock.lock();
        try {
            boolean blocking = state.begin(true);
            Buffers.checkWritable(dst);
            return dst.hasRemaining() ? read(dst, blocking) : 0;
        } finally {
            lock.unlock();
        }
    }

    private int read(ByteBuffer dst, boolean blocking) throws IOException {
        try {
            int received;
            do {
                received = socket.recv(dst, blocking ? 0 : MSG_DONTWAIT);
            } while (received == Socket.WOULD_BLOCK && Blocking.awaits(blocking, socket, POLLIN));
            return Math.max(0, received);
        } catch (IOException e) {
            throw state.failed(e);
        }
    }

    long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, dsts.length);
        lock.lock();
        try {
            boolean blocking = state.begin(true);
            Buffers.checkWritable(dsts, offset, length);
            return Buffers.hasRemaining(dsts, offset, length) ? read(dsts, offset, length, blocking) : 0;
        } finally {
            lock.unlock();
        }
    }

    private long read(ByteBuffer[] dsts, int offset, int length, boolean blocking) throws IOException {
        try {
            long received;
            do {
                received = socket.read(dsts, offset, length);
                // 0 is an empty datagram, too: only of a channel whose mode was changed it is not for certain
            } while (received == 0 && blocking && !channel.isBlocking() && Blocking.awaits(true, socket, POLLIN));
            return received;
        } catch (IOException e) {
            throw state.failed(e);
        }
    }

    /**
     * For the adaptor: in blocking mode. Gives the packet its sender, and neither its length nor where its bytes are to be.
     *
     * @param room how many bytes of it may be filled
     * @param millis 0 for ever
     * @return how many came
     */
    int receive(DatagramPacket packet, int room, int millis) throws IOException {
        ByteBuffer dst = ByteBuffer.wrap(packet.getData(), packet.getOffset(), room);
        lock.lock();
        try {
            state.checkOpen();
            if (!channel.isBlocking()) {
                throw new IllegalBlockingModeException();
            }
            boolean ignored = state.begin(false);
            receive(dst, millis);
            packet.setSocketAddress(sender.decode());
            return dst.position() - packet.getOffset();
        } finally {
            lock.unlock();
        }
    }

    private void receive(ByteBuffer dst, int millis) throws IOException {
        try {
            long deadline = millis == 0 ? 0 : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (socket.recvFrom(dst, sender, millis == 0 ? 0 : MSG_DONTWAIT) == Socket.WOULD_BLOCK) {
                if (millis == 0) {
                    Blocking.await(socket, POLLIN);
                } else {
                    Blocking.await(socket, POLLIN, deadline, "Receive timed out");
                }
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw state.failed(e);
        }
    }
}
