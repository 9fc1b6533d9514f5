package io.sockfd.nio;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection as a channel: its parts are a {@link StreamReader}, a {@link StreamWriter} and a {@link StreamState}. */
final class SockfdSocketChannel extends SocketChannel implements StreamChannel {
    private final Socket socket;
    private final StreamReader in;
    private final StreamWriter out;
    private final StreamState state;
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
        state = new StreamState(this, in, out, remote);
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
        state.checkConnected();
    }

    // ---- names and options -----------------------------------------------------------------------------------------

    @Override
    public SocketChannel bind(@Nullable SocketAddress local) throws IOException {
        state.bind(local);
        return this;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        state.checkOpen();
        return state.local();
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        state.checkOpen();
        return state.remote();
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
                    adaptor = new SocketAdaptor(this, state, in, out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e); // declared, and never thrown
                }
            }
            return adaptor;
        }
    }

    // ---- connect and shutdown ------------------------------------------------------------------------------------

    @Override
    public boolean isConnected() {
        return state.isConnected();
    }

    @Override
    public boolean isConnectionPending() {
        return state.isPending();
    }

    @Override
    public boolean connect(SocketAddress to) throws IOException {
        return state.connect(to);
    }

    @Override
    public boolean finishConnect() throws IOException {
        return state.finishConnect();
    }

    @Override
    public SocketChannel shutdownInput() throws IOException {
        state.shutdownInput();
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        state.shutdownOutput();
        return this;
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
        boolean writable = (events & Linux.EPOLLOUT) != 0;
        if (state.isConnected()) {
            return ((events & Linux.EPOLLIN) != 0 ? SelectionKey.OP_READ : 0) | (writable ? SelectionKey.OP_WRITE : 0);
        }
        return writable && state.isPending() ? SelectionKey.OP_CONNECT : 0;
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        Blocking.configure(socket, block);
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        state.closing();
        socket.close();
        StandardInput.closed(socket);
    }

    @Override
    public String toString() {
        return "SocketChannel["
                + (!isOpen() || isConnected() ? "" : isConnectionPending() ? "pending " : "unconnected ") + socket
                + "]";
    }
}
