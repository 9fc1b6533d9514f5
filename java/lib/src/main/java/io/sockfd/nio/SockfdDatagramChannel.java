package io.sockfd.nio;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.SelectorProvider;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams as a channel: its parts are a {@link DatagramReader}, a {@link DatagramWriter}, a {@link DatagramState} and the
 * {@link Memberships}.
 */
final class SockfdDatagramChannel extends DatagramChannel implements OwnChannel {
    private final Socket socket;
    private final DatagramState state;
    private final DatagramReader in;
    private final DatagramWriter out;
    private final Memberships memberships;
    private @Nullable DatagramSocket adaptor; // protected by the monitor of state

    @SuppressWarnings("this-escape") // the socket keeps a weak reference, and nobody looks into the channel
    SockfdDatagramChannel(SelectorProvider provider, Socket socket, @Nullable SocketAddress remote) {
        super(provider);
        this.socket = socket;
        state = new DatagramState(this, remote);
        in = new DatagramReader(this, state);
        out = new DatagramWriter(this, state);
        memberships = new Memberships(this, socket);
        Blocking.own(socket, this);
        Blocking.configure(socket, true);
    }

    /** For a new socket: it gets what it has joined, and not what others on this host have. */
    static SockfdDatagramChannel open(SelectorProvider provider, Socket socket) throws IOException {
        try {
            if (Families.isInet(socket.domain())) {
                socket.setOption(IpOptions.IP_MULTICAST_ALL, false);
            }
            if (socket.domain().equals(Domain.INET6)) {
                socket.setOption(Ipv6Options.IPV6_MULTICAST_ALL, false);
            }
            return new SockfdDatagramChannel(provider, socket, null);
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
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

    // ---- names and options -----------------------------------------------------------------------------------------

    @Override
    public DatagramChannel bind(@Nullable SocketAddress local) throws IOException {
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
    public boolean isConnected() {
        return state.isConnected();
    }

    @Override
    public DatagramChannel connect(SocketAddress to) throws IOException {
        state.connect(to, false);
        return this;
    }

    @Override
    public DatagramChannel disconnect() throws IOException {
        state.disconnect();
        return this;
    }

    @Override
    public <T> DatagramChannel setOption(SocketOption<T> name, T value) throws IOException {
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
    public DatagramSocket socket() {
        Options.checkInet(socket.domain());
        synchronized (state) {
            if (adaptor == null) {
                try {
                    adaptor = new DatagramSocketAdaptor(this, state, in, out, memberships);
                } catch (IOException e) {
                    throw new UncheckedIOException(e); // no descriptor is left
                }
            }
            return adaptor;
        }
    }

    // ---- datagrams -----------------------------------------------------------------------------------------------

    @Override
    public @Nullable SocketAddress receive(ByteBuffer dst) throws IOException {
        return in.receive(dst);
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
    public int send(ByteBuffer src, SocketAddress to) throws IOException {
        return out.send(src, to);
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        return out.write(src);
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        return out.write(srcs, offset, length);
    }

    // ---- multicast -----------------------------------------------------------------------------------------------

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface at) throws IOException {
        return memberships.join(group, at, null);
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface at, @Nullable InetAddress source) throws IOException {
        return memberships.join(group, at, Objects.requireNonNull(source));
    }

    // ---- selection and end -----------------------------------------------------------------------------------------

    @Override
    public int eventsOf(int interestOps) {
        return ((interestOps & SelectionKey.OP_READ) != 0 ? Linux.EPOLLIN : 0)
                | ((interestOps & SelectionKey.OP_WRITE) != 0 ? Linux.EPOLLOUT : 0);
    }

    @Override
    public int readyOf(int events) {
        return ((events & Linux.EPOLLIN) != 0 ? SelectionKey.OP_READ : 0)
                | ((events & Linux.EPOLLOUT) != 0 ? SelectionKey.OP_WRITE : 0);
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        Blocking.configure(socket, block);
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        try {
            socket.close();
            StandardInput.closed(socket);
        } finally {
            memberships.end();
        }
    }

    @Override
    public String toString() {
        return "DatagramChannel[" + socket + "]";
    }
}
