package io.sockfd.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** A datagram channel of the Internet as a java.net.DatagramSocket, and as a MulticastSocket, which the JDK's own is, too. */
final class DatagramSocketAdaptor extends DatagramSocketOptions {
    /** Java 17's says of a receive that was interrupted what it says of one whose socket was closed. */
    private static final boolean INTERRUPTS_SHOW = Runtime.version().feature() > 17;

    private final DatagramState state;
    private final DatagramReader in;
    private final DatagramWriter out;
    private final Memberships memberships;
    private final Object ttlLock = new Object();

    /**
     * How much room a packet has that a receive has filled: that shortens its length, and nobody but java.net may look at what
     * it was before. Protected by its monitor.
     */
    private final Map<DatagramPacket, Room> rooms = new WeakHashMap<>();

    private record Room(int capacity, int offset, int room, int received) {
        boolean isOf(DatagramPacket packet) {
            return packet.getData().length == capacity
                    && packet.getOffset() == offset
                    && packet.getLength() == received;
        }
    }

    DatagramSocketAdaptor(
            DatagramChannel channel,
            DatagramState state,
            DatagramReader in,
            DatagramWriter out,
            Memberships memberships)
            throws IOException {
        super(channel);
        this.state = state;
        this.in = in;
        this.out = out;
        this.memberships = memberships;
    }

    @Override
    public DatagramChannel getChannel() {
        return channel;
    }

    // ---- names ---------------------------------------------------------------------------------------------------

    @Override
    public void bind(@Nullable SocketAddress local) throws SocketException {
        SocketAddress name = local == null ? new InetSocketAddress(0) : checkInet(local);
        Adaptors.runStrictly(() -> state.bind(name));
    }

    @Override
    public void connect(InetAddress address, int port) {
        if (address == null) {
            throw new IllegalArgumentException("Address can't be null");
        }
        try {
            connect(new InetSocketAddress(address, port));
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To another one, too; nothing when it is closed. */
    @Override
    public void connect(SocketAddress remote) throws SocketException {
        if (remote == null) {
            throw new IllegalArgumentException("Address can't be null");
        }
        SocketAddress peer = checkInet(remote);
        Adaptors.runStrictly(() -> {
            try {
                state.connect(peer, true);
            } catch (ClosedChannelException e) {
                // as a DatagramSocket has it
            }
        });
    }

    private static SocketAddress checkInet(SocketAddress address) {
        if (!(address instanceof InetSocketAddress)) {
            throw new UnsupportedAddressTypeException();
        }
        return address;
    }

    @Override
    public void disconnect() {
        try {
            state.disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isBound() {
        return local() != null;
    }

    @Override
    public boolean isConnected() {
        return state.remote() != null;
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return state.remote() instanceof InetSocketAddress remote ? remote.getAddress() : null;
    }

    @Override
    public int getPort() {
        return state.remote() instanceof InetSocketAddress remote ? remote.getPort() : -1;
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return state.remote();
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return isClosed() ? null : local();
    }

    @Override
    public @Nullable InetAddress getLocalAddress() {
        InetSocketAddress local = local();
        return isClosed() ? null : local != null ? local.getAddress() : new InetSocketAddress(0).getAddress();
    }

    @Override
    public int getLocalPort() {
        InetSocketAddress local = local();
        return isClosed() ? -1 : local != null ? local.getPort() : 0;
    }

    private @Nullable InetSocketAddress local() {
        try {
            return (InetSocketAddress) state.local();
        } catch (IOException e) {
            return null; // closed meanwhile
        }
    }

    // ---- datagrams -----------------------------------------------------------------------------------------------

    @Override
    public void send(DatagramPacket packet) throws IOException {
        synchronized (packet) {
            try {
                out.send(packet);
            } catch (AlreadyConnectedException e) {
                throw new IllegalArgumentException("Connected and packet address differ", e);
            } catch (ClosedChannelException e) {
                throw closed(e);
            }
        }
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        synchronized (packet) {
            int room = room(packet);
            int received;
            try {
                received = in.receive(packet, room, timeout());
            } catch (ClosedChannelException e) {
                throw e instanceof ClosedByInterruptException && INTERRUPTS_SHOW ? e : closed(e);
            }
            packet.setLength(received);
            synchronized (rooms) {
                rooms.put(packet, new Room(packet.getData().length, packet.getOffset(), room, received));
            }
        }
    }

    private static SocketException closed(ClosedChannelException cause) {
        SocketException e = new SocketException("Socket closed");
        e.initCause(cause);
        return e;
    }

    private int room(DatagramPacket packet) {
        synchronized (rooms) {
            Room known = rooms.get(packet);
            return known != null && known.isOf(packet) ? known.room : packet.getLength();
        }
    }

    // ---- multicast -----------------------------------------------------------------------------------------------

    @Override
    public void joinGroup(SocketAddress group, @Nullable NetworkInterface at) throws IOException {
        InetAddress address = groupOf(group);
        NetworkInterface where = at == null ? getNetworkInterface() : at;
        checkOpen();
        memberships.joinOnce(address, where);
    }

    @Override
    public void leaveGroup(SocketAddress group, @Nullable NetworkInterface at) throws IOException {
        InetAddress address = groupOf(group);
        NetworkInterface where = at == null ? getNetworkInterface() : at;
        checkOpen();
        memberships.leave(address, where);
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public void joinGroup(InetAddress group) throws IOException {
        joinGroup(new InetSocketAddress(Objects.requireNonNull(group), 0), null);
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public void leaveGroup(InetAddress group) throws IOException {
        leaveGroup(new InetSocketAddress(Objects.requireNonNull(group), 0), null);
    }

    private static InetAddress groupOf(SocketAddress group) throws SocketException {
        if (!(group instanceof InetSocketAddress inet)) {
            throw new IllegalArgumentException("Unsupported address type");
        } else if (inet.isUnresolved()) {
            throw new IllegalArgumentException("Unresolved address");
        } else if (!inet.getAddress().isMulticastAddress()) {
            throw new SocketException("Not a multicast address");
        }
        return inet.getAddress();
    }

    private void checkOpen() throws SocketException {
        if (isClosed()) {
            throw new SocketException("Socket is closed");
        }
    }

    @Override
    @Deprecated
    public void send(DatagramPacket packet, byte ttl) throws IOException {
        synchronized (ttlLock) {
            int before = getTimeToLive();
            setTTL(ttl);
            try {
                send(packet);
            } finally {
                setTimeToLive(before);
            }
        }
    }

    // ---- end -------------------------------------------------------------------------------------------------------

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }
}
