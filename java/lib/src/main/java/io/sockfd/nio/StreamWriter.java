package io.sockfd.nio;

import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** The output of a channel of bytes: one thread at a time writes. */
final class StreamWriter {
    /** Held by whoever writes; connecting holds it, too. */
    final ReentrantLock lock = new ReentrantLock();

    private final StreamChannel channel;
    private final Socket socket;
    private final boolean stream; // else each write is a record
    private volatile boolean closed;

    StreamWriter(StreamChannel channel, Socket socket) {
        this.channel = channel;
        this.socket = socket;
        stream = socket.type().equals(SocketType.STREAM);
    }

    boolean isClosed() {
        return closed;
    }

    /** Before the socket is shut down, which ends those who wait for room: they are to find this. */
    void close() {
        closed = true;
    }

    int write(ByteBuffer src) throws IOException {
        Objects.requireNonNull(src);
        lock.lock();
        try {
            return send(src, beginOpen());
        } finally {
            lock.unlock();
        }
    }

    private int send(ByteBuffer src, boolean blocking) throws IOException {
        try {
            int total = 0;
            while (src.hasRemaining() || (total == 0 && !stream)) {
                int sent = socket.send(src, blocking ? 0 : MSG_DONTWAIT);
                if (sent != Socket.WOULD_BLOCK) {
                    total += sent;
                    if (!stream) {
                        break;
                    }
                } else if (!awaits(blocking)) {
                    break;
                }
            }
            return total;
        } catch (IOException e) {
            throw writeFailed(e);
        }
    }

    long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, srcs.length);
        lock.lock();
        try {
            return send(srcs, offset, length, beginOpen());
        } finally {
            lock.unlock();
        }
    }

    private long send(ByteBuffer[] srcs, int offset, int length, boolean blocking) throws IOException {
        try {
            long total = 0;
            while (Buffers.hasRemaining(srcs, offset, length)) {
                long sent = socket.write(srcs, offset, length);
                total += sent;
                if (!stream && sent > 0) {
                    break;
                } else if (Buffers.hasRemaining(srcs, offset, length) && !awaits(blocking)) {
                    break;
                }
            }
            return total;
        } catch (IOException e) {
            throw writeFailed(e);
        }
    }

    /** For the adaptor: all of it, in blocking mode. */
    void write(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        if (length == 0) {
            return;
        }
        lock.lock();
        try {
            if (!beginWrite()) {
                throw new IllegalBlockingModeException();
            } else if (closed) {
                throw new ClosedChannelException();
            }
            send(from, offset, length);
        } finally {
            lock.unlock();
        }
    }

    private void send(byte[] from, int offset, int length) throws IOException {
        try {
            for (int done = 0; done < length; ) {
                int sent = socket.send(from, offset + done, length - done, 0);
                if (sent != Socket.WOULD_BLOCK) {
                    done += sent;
                } else {
                    boolean ignored = awaits(true);
                }
            }
        } catch (IOException e) {
            throw writeFailed(e);
        }
    }

    /** For the adaptor, in either mode: false when there is no room. */
    boolean sendUrgent(byte data) throws IOException {
        lock.lock();
        try {
            boolean ignored = beginOpen();
            return sendNow(data);
        } finally {
            lock.unlock();
        }
    }

    private boolean sendNow(byte data) throws IOException {
        try {
            return socket.send(new byte[] {data}, 0, 1, Linux.MSG_OOB | MSG_DONTWAIT) == 1;
        } catch (IOException e) {
            throw writeFailed(e);
        }
    }

    /** False for an operation that may not wait; it keeps the mode that it began with. */
    private boolean awaits(boolean blocking) throws IOException {
        if (closed) {
            throw new AsynchronousCloseException(); // meanwhile
        }
        return Blocking.awaits(blocking, socket, POLLOUT);
    }

    private boolean beginWrite() throws IOException {
        channel.checkReady();
        boolean blocking = channel.isBlocking();
        if (blocking) {
            Blocking.begin(channel);
        }
        return blocking;
    }

    /** The JDK throws the same whether the output was shut down before or during the write. */
    private boolean beginOpen() throws IOException {
        boolean blocking = beginWrite();
        if (closed) {
            throw new AsynchronousCloseException();
        }
        return blocking;
    }

    private IOException writeFailed(IOException e) throws IOException {
        if (closed && Failures.is(e, Linux.EPIPE)) {
            return new AsynchronousCloseException(); // another thread has shut it down while this one wrote
        }
        return Failures.of(Blocking.failed(channel, e));
    }
}
