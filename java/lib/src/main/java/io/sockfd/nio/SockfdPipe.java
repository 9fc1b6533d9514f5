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
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.SelectorProvider;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** A pipe: a pair of UNIX stream sockets, of which one end reads and the other writes. */
final class SockfdPipe extends Pipe {
    private final Source source;
    private final Sink sink;

    private SockfdPipe(SelectorProvider provider, Socket.Pair pair) {
        source = new Source(provider, pair.first());
        sink = new Sink(provider, pair.second());
    }

    static SockfdPipe open(SelectorProvider provider) throws IOException {
        return new SockfdPipe(provider, Socket.pair(Domain.UNIX, SocketType.STREAM));
    }

    @Override
    public SourceChannel source() {
        return source;
    }

    @Override
    public SinkChannel sink() {
        return sink;
    }

    private static void check(java.nio.channels.Channel channel) throws ClosedChannelException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** The end that reads. */
    private static final class Source extends SourceChannel implements SelectableSocket, WaitOwner {
        private final Socket socket;
        private final ReentrantLock reading = new ReentrantLock();

        Source(SelectorProvider provider, Socket socket) {
            super(provider);
            this.socket = socket;
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

        private boolean beginRead() throws IOException {
            check(this);
            boolean blocking = isBlocking();
            if (blocking) {
                Blocking.begin(this);
            }
            return blocking;
        }

        @Override
        public int read(ByteBuffer dst) throws IOException {
            Buffers.checkWritable(dst);
            reading.lock();
            try {
                boolean blocking = beginRead();
                if (!dst.hasRemaining()) {
                    return 0;
                }
                int received = socket.recv(dst, blocking ? 0 : MSG_DONTWAIT);
                while (received == Socket.WOULD_BLOCK && blocking) { // the mode was changed meanwhile
                    Blocking.await(socket, POLLIN);
                    received = socket.recv(dst, 0);
                }
                return received == Socket.WOULD_BLOCK ? 0 : received;
            } catch (IOException e) {
                throw Failures.of(Blocking.failed(this, e));
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
                if (!Buffers.hasRemaining(dsts, offset, length)) {
                    return 0;
                }
                long received = socket.read(dsts, offset, length);
                while (received == 0 && blocking) { // the mode was changed meanwhile
                    Blocking.await(socket, POLLIN);
                    received = socket.read(dsts, offset, length);
                }
                return received;
            } catch (IOException e) {
                throw Failures.of(Blocking.failed(this, e));
            } finally {
                reading.unlock();
            }
        }

        @Override
        public long read(ByteBuffer[] dsts) throws IOException {
            return read(dsts, 0, dsts.length);
        }

        @Override
        public int eventsOf(int interestOps) {
            return (interestOps & SelectionKey.OP_READ) != 0 ? Linux.EPOLLIN : 0;
        }

        @Override
        public int readyOf(int events) {
            return (events & Linux.EPOLLIN) != 0 ? SelectionKey.OP_READ : 0;
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
            return "Pipe.Source[" + socket + "]";
        }
    }

    /** The end that writes. */
    private static final class Sink extends SinkChannel implements SelectableSocket, WaitOwner {
        private final Socket socket;
        private final ReentrantLock writing = new ReentrantLock();

        Sink(SelectorProvider provider, Socket socket) {
            super(provider);
            this.socket = socket;
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

        private boolean beginWrite() throws IOException {
            check(this);
            boolean blocking = isBlocking();
            if (blocking) {
                Blocking.begin(this);
            }
            return blocking;
        }

        @Override
        public int write(ByteBuffer src) throws IOException {
            Objects.requireNonNull(src);
            writing.lock();
            try {
                boolean blocking = beginWrite();
                int total = 0;
                while (src.hasRemaining()) {
                    int sent = socket.send(src, blocking ? 0 : MSG_DONTWAIT);
                    if (sent != Socket.WOULD_BLOCK) {
                        total += sent;
                    } else if (blocking) {
                        Blocking.await(socket, POLLOUT);
                    } else {
                        break;
                    }
                }
                return total;
            } catch (IOException e) {
                throw Failures.of(Blocking.failed(this, e));
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
                long total = socket.write(srcs, offset, length);
                while (blocking && Buffers.hasRemaining(srcs, offset, length)) { // the mode was changed meanwhile
                    Blocking.await(socket, POLLOUT);
                    total += socket.write(srcs, offset, length);
                }
                return total;
            } catch (IOException e) {
                throw Failures.of(Blocking.failed(this, e));
            } finally {
                writing.unlock();
            }
        }

        @Override
        public long write(ByteBuffer[] srcs) throws IOException {
            return write(srcs, 0, srcs.length);
        }

        @Override
        public int eventsOf(int interestOps) {
            return (interestOps & SelectionKey.OP_WRITE) != 0 ? Linux.EPOLLOUT : 0;
        }

        @Override
        public int readyOf(int events) {
            return (events & Linux.EPOLLOUT) != 0 ? SelectionKey.OP_WRITE : 0;
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
            return "Pipe.Sink[" + socket + "]";
        }
    }
}
