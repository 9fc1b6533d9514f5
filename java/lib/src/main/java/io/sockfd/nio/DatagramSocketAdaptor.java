package io.sockfd.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A datagram channel of the Internet as a java.net.DatagramSocket, and as a MulticastSocket, which the JDK's own is, too. The
 * constructor of that opens a socket of the JDK, which is closed at once: nothing of the superclass is used.
 */
final class DatagramSocketAdaptor extends MulticastSocket {
    private final DatagramChannel channel;
    private final DatagramState state;
    private final DatagramReader in;
    private final DatagramWriter out;
    private final Memberships memberships;
    private final Object outgoingLock = new Object();
    private final Object ttlLock = new Object();
    private @Nullable InetAddress outgoing; // what setInterface took; protected by its lock
    private volatile int timeout; // SO_TIMEOUT, in milliseconds

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
        super((SocketAddress) null);
        super.close();
        this.channel = channel;
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
                received = in.receive(packet, room, timeout);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (ClosedChannelException e) {
                throw closed(e);
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
    public void setInterface(InetAddress at) throws SocketException {
        if (at == null) {
            throw new SocketException("Invalid value 'null'");
        }
        NetworkInterface found = NetworkInterface.getByInetAddress(at);
        if (found == null) {
            throw new SocketException("no interface has the address " + at.getHostAddress());
        }
        synchronized (outgoingLock) {
            setNetworkInterface(found);
            outgoing = at;
        }
    }

    /** The address that was set, as long as it is the interface's. */
    @Override
    @Deprecated
    public @Nullable InetAddress getInterface() throws SocketException {
        synchronized (outgoingLock) {
            NetworkInterface set = Adaptors.get(channel, StandardSocketOptions.IP_MULTICAST_IF);
            if (set == null) {
                return new InetSocketAddress(0).getAddress();
            } else if (outgoing == null || set.inetAddresses().noneMatch(outgoing::equals)) {
                outgoing = set.inetAddresses().findFirst().orElse(null);
            }
            return outgoing;
        }
    }

    @Override
    public void setNetworkInterface(NetworkInterface at) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.IP_MULTICAST_IF, at);
    }

    /** Where none is set, the JDK's own stand-in with the index 0, for which the kernel takes its route's. */
    @Override
    public NetworkInterface getNetworkInterface() throws SocketException {
        NetworkInterface set = Adaptors.get(channel, StandardSocketOptions.IP_MULTICAST_IF);
        if (set != null) {
            return set;
        }
        try (MulticastSocket other = new MulticastSocket(null)) { // nobody else can make one
            return other.getNetworkInterface();
        } catch (SocketException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    @Deprecated
    public void setLoopbackMode(boolean disable) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.IP_MULTICAST_LOOP, !disable);
    }

    @Override
    @Deprecated
    public boolean getLoopbackMode() throws SocketException {
        return !Adaptors.get(channel, StandardSocketOptions.IP_MULTICAST_LOOP);
    }

    @Override
    public void setTimeToLive(int ttl) throws IOException {
        Adaptors.set(channel, StandardSocketOptions.IP_MULTICAST_TTL, ttl);
    }

    @Override
    public int getTimeToLive() throws IOException {
        return Adaptors.get(channel, StandardSocketOptions.IP_MULTICAST_TTL);
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public void setTTL(byte ttl) throws IOException {
        setTimeToLive(Byte.toUnsignedInt(ttl));
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public byte getTTL() throws IOException {
        return (byte) getTimeToLive();
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

    // ---- options and end -------------------------------------------------------------------------------------------

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        timeout = Adaptors.checkTimeout(channel, millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return Adaptors.checkTimeout(channel, timeout);
    }

    @Override
    public void setSendBufferSize(int size) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.SO_SNDBUF, Adaptors.checkSize(size));
    }

    @Override
    public int getSendBufferSize() throws SocketException {
        return Adaptors.get(channel, StandardSocketOptions.SO_SNDBUF);
    }

    @Override
    public void setReceiveBufferSize(int size) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.SO_RCVBUF, Adaptors.checkSize(size));
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return Adaptors.get(channel, StandardSocketOptions.SO_RCVBUF);
    }

    @Override
    public void setReuseAddress(boolean on) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.SO_REUSEADDR, on);
    }

    @Override
    public boolean getReuseAddress() throws SocketException {
        return Adaptors.get(channel, StandardSocketOptions.SO_REUSEADDR);
    }

    @Override
    public void setBroadcast(boolean on) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.SO_BROADCAST, on);
    }

    @Override
    public boolean getBroadcast() throws SocketException {
        return Adaptors.get(channel, StandardSocketOptions.SO_BROADCAST);
    }

    @Override
    public void setTrafficClass(int tos) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.IP_TOS, tos);
    }

    @Override
    public int getTrafficClass() throws SocketException {
        return Adaptors.get(channel, StandardSocketOptions.IP_TOS);
    }

    @Override
    public <T> DatagramSocket setOption(SocketOption<T> name, T value) throws IOException {
        channel.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return channel.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return channel.supportedOptions();
    }

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
