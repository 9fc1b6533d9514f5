package io.sockfd.nio;

import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.POLLIN;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.IllegalBlockingModeException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The input of a channel of bytes: one thread at a time reads. */
final class StreamReader {
    /** Held by whoever reads; connecting holds it, too. */
    final ReentrantLock lock = new ReentrantLock();

    private final StreamChannel channel;
    private final Socket socket;
    private volatile boolean closed;
    private volatile boolean reset;

    StreamReader(StreamChannel channel, Socket socket) {
        this.channel = channel;
        this.socket = socket;
    }

    boolean isClosed() {
        return closed;
    }

    /** From now on it is at its end, whatever still comes. */
    void close() {
        closed = true;
    }

    int read(ByteBuffer dst) throws IOException {
        Objects.requireNonNull(dst);
        lock.lock();
        try {
            boolean blocking = beginRead();
            return closed ? -1 : receive(dst, blocking);
        } finally {
            lock.unlock();
        }
    }

    private int receive(ByteBuffer dst, boolean blocking) throws IOException {
        Buffers.checkWritable(dst);
        if (!dst.hasRemaining()) {
            return 0;
        }
        try {
            int received;
            do {
                received = socket.recv(dst, blocking ? 0 : MSG_DONTWAIT);
            } while (received == Socket.WOULD_BLOCK && Blocking.awaits(blocking, socket, POLLIN));
            return received == Socket.WOULD_BLOCK ? afterNothing() : received;
        } catch (IOException e) {
            throw readFailed(e);
        }
    }

    long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, dsts.length);
        lock.lock();
        try {
            boolean blocking = beginRead();
            return closed ? -1 : receive(dsts, offset, length, blocking);
        } finally {
            lock.unlock();
        }
    }

    private long receive(ByteBuffer[] dsts, int offset, int length, boolean blocking) throws IOException {
        Buffers.checkWritable(dsts, offset, length);
        if (!Buffers.hasRemaining(dsts, offset, length)) {
            return 0;
        }
        try {
            long received;
            do {
                received = socket.read(dsts, offset, length);
            } while (received == 0 && Blocking.awaits(blocking, socket, POLLIN));
            return received == 0 ? afterNothing() : received;
        } catch (IOException e) {
            throw readFailed(e);
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
        lock.lock();
        try {
            if (!beginRead()) {
                throw new IllegalBlockingModeException();
            }
            return closed ? -1 : receive(into, offset, length, millis);
        } finally {
            lock.unlock();
        }
    }

    private int receive(byte[] into, int offset, int length, int millis) throws IOException {
        try {
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
            throw readFailed(e);
        }
    }

    /** For the adaptor: what a read would give at once. */
    int available() throws IOException {
        channel.checkReady();
        return closed ? 0 : Unread.bytes(socket);
    }

    private boolean beginRead() throws IOException {
        channel.checkReady();
        boolean blocking = channel.isBlocking();
        if (blocking) {
            Blocking.begin(channel);
        }
        if (reset) {
            throw new SocketException("Connection reset");
        }
        return blocking;
    }

    /** Another thread may have shut down the input meanwhile. */
    private int afterNothing() {
        return closed ? -1 : 0;
    }

    private IOException readFailed(IOException e) throws IOException {
        if (Failures.is(e, Linux.ECONNRESET)) {
            reset = true; // the kernel says it once
        }
        return Failures.ofReceive(Blocking.failed(channel, e));
    }
}
