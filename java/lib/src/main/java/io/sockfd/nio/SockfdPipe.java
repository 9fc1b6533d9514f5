package io.sockfd.nio;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.SelectorProvider;

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
    private static final class Source extends SourceChannel implements StreamChannel {
        private final Socket socket;
        private final StreamReader in;

        Source(SelectorProvider provider, Socket socket) {
            super(provider);
            this.socket = socket;
            in = new StreamReader(this, socket);
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

        @Override
        public void checkReady() throws ClosedChannelException {
            check(this);
        }

        @Override
        public int read(ByteBuffer dst) throws IOException {
            return in.read(dst);
        }

        @Override
        public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
            return in.read(dsts, offset, length);
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
    private static final class Sink extends SinkChannel implements StreamChannel {
        private final Socket socket;
        private final StreamWriter out;

        Sink(SelectorProvider provider, Socket socket) {
            super(provider);
            this.socket = socket;
            out = new StreamWriter(this, socket);
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

        @Override
        public void checkReady() throws ClosedChannelException {
            check(this);
        }

        @Override
        public int write(ByteBuffer src) throws IOException {
            return out.write(src);
        }

        @Override
        public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
            return out.write(srcs, offset, length);
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
