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
import java.nio.channels.DatagramChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A datagram channel of the Internet as a java.net.DatagramSocket, and as a MulticastSocket, which the JDK's own is, too. The
 * constructor of that opens a socket of the JDK, which is closed at once: nothing of the superclass is used.
 */
final class DatagramSocketAdaptor extends MulticastSocket {
    private static final int MAX_PORT = 0xffff;

    private final SockfdDatagramChannel channel;
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

    DatagramSocketAdaptor(SockfdDatagramChannel channel) throws IOException {
        super((SocketAddress) null);
        super.close();
        this.channel = channel;
    }

    @Override
    public DatagramChannel getChannel() {
        return channel;
    }

    // ---- names ---------------------------------------------------------------------------------------------------

    @Override
    public void bind(@Nullable SocketAddress local) throws SocketException {
        if (local != null && !(local instanceof InetSocketAddress)) {
            throw new IllegalArgumentException("Unsupported address type");
        }
        socketException(() -> channel.bind(local));
    }

    private static void socketException(Adaptors.Action action) throws SocketException {
        try {
            Adaptors.run(action);
        } catch (SocketException e) {
            throw e;
        } catch (IOException e) {
            SocketException wrapped = new SocketException(e.getMessage());
            wrapped.initCause(e);
            throw wrapped;
        }
    }

    @Override
    public void connect(InetAddress address, int port) {
        checkPort(port);
        if (address == null) {
            throw new IllegalArgumentException("connect: null address");
        }
        try {
            connect(new InetSocketAddress(address, port));
        } catch (SocketException e) {
            throw new UncheckedIOException("connect failed", e);
        }
    }

    private static void checkPort(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("connect: " + port);
        }
    }

    @Override
    public void connect(SocketAddress remote) throws SocketException {
        if (!(remote instanceof InetSocketAddress inet)) {
            throw new IllegalArgumentException("Unsupported address type");
        } else if (inet.isUnresolved()) {
            throw new SocketException("Unresolved address");
        }
        socketException(() -> channel.disconnect().connect(remote));
    }

    @Override
    public void disconnect() {
        try {
            channel.disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isBound() {
        return channel.isBound();
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return channel.peer() instanceof InetSocketAddress remote ? remote.getAddress() : null;
    }

    @Override
    public int getPort() {
        return channel.peer() instanceof InetSocketAddress remote ? remote.getPort() : -1;
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return channel.peer();
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return Adaptors.local(channel);
    }

    @Override
    public @Nullable InetAddress getLocalAddress() {
        InetSocketAddress local = Adaptors.local(channel);
        return local != null ? local.getAddress() : isClosed() ? null : new InetSocketAddress(0).getAddress();
    }

    @Override
    public int getLocalPort() {
        InetSocketAddress local = Adaptors.local(channel);
        return local != null ? local.getPort() : isClosed() ? -1 : 0;
    }

    // ---- datagrams -----------------------------------------------------------------------------------------------

    @Override
    public void send(DatagramPacket packet) throws IOException {
        synchronized (packet) {
            checkBlocking();
            SocketAddress to = packet.getAddress() == null ? null : packet.getSocketAddress();
            SocketAddress peer = channel.peer();
            if (to == null && peer == null) {
                throw new IllegalArgumentException("Address not set");
            } else if (to == null) {
                packet.setSocketAddress(peer);
            } else if (peer != null && !peer.equals(to)) {
                throw new IllegalArgumentException("Address and packet address differ");
            }
            SocketAddress target = packet.getSocketAddress();
            Adaptors.run(() -> channel.sendPacket(packet.getData(), packet.getOffset(), packet.getLength(), target));
        }
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        synchronized (packet) {
            checkBlocking();
            byte[] data = packet.getData();
            int offset = packet.getOffset();
            int room = room(packet);
            SocketAddress[] sender = new SocketAddress[1];
            int[] received = new int[1];
            Adaptors.run(() -> received[0] = channel.receivePacket(data, offset, room, timeout, sender));
            packet.setLength(received[0]);
            packet.setSocketAddress(sender[0]);
            synchronized (rooms) {
                rooms.put(packet, new Room(data.length, offset, room, received[0]));
            }
        }
    }

    private void checkBlocking() {
        if (channel.isOpen() && !channel.isBlocking()) {
            throw new IllegalBlockingModeException();
        }
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
        Adaptors.run(() -> channel.joinOrFail(groupOf(group), at == null ? standardInterface() : at));
    }

    @Override
    public void leaveGroup(SocketAddress group, @Nullable NetworkInterface at) throws IOException {
        Adaptors.run(() -> channel.leave(groupOf(group), at == null ? standardInterface() : at));
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public void joinGroup(InetAddress group) throws IOException {
        joinGroup(new InetSocketAddress(group, 0), null);
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public void leaveGroup(InetAddress group) throws IOException {
        leaveGroup(new InetSocketAddress(group, 0), null);
    }

    private InetAddress groupOf(SocketAddress group) throws SocketException {
        if (isClosed()) {
            throw new SocketException("Socket is closed");
        } else if (!(group instanceof InetSocketAddress inet)) {
            throw new IllegalArgumentException("Unsupported address type");
        } else if (inet.getAddress() == null || !inet.getAddress().isMulticastAddress()) {
            throw new SocketException("Not a multicast address");
        } else {
            return inet.getAddress();
        }
    }

    /** What IP_MULTICAST_IF says, else the first interface that can do it. */
    private NetworkInterface standardInterface() throws IOException {
        NetworkInterface set = channel.getOption(StandardSocketOptions.IP_MULTICAST_IF);
        if (set != null) {
            return set;
        }
        return NetworkInterface.networkInterfaces()
                .filter(DatagramSocketAdaptor::canMulticast)
                .findFirst()
                .orElseThrow(() -> new SocketException("no interface has multicast: give one"));
    }

    private static boolean canMulticast(NetworkInterface at) {
        try {
            return at.isUp()
                    && at.supportsMulticast()
                    && at.inetAddresses().findAny().isPresent();
        } catch (SocketException e) {
            return false; // gone
        }
    }

    @Override
    @Deprecated
    public void setInterface(InetAddress at) throws SocketException {
        NetworkInterface found = NetworkInterface.getByInetAddress(at);
        if (found == null) {
            throw new SocketException("no interface has the address " + at.getHostAddress());
        }
        setNetworkInterface(found);
    }

    @Override
    @Deprecated
    public InetAddress getInterface() throws SocketException {
        NetworkInterface set = Adaptors.get(channel, StandardSocketOptions.IP_MULTICAST_IF);
        return set == null
                ? new InetSocketAddress(0).getAddress()
                : set.inetAddresses().findFirst().orElse(new InetSocketAddress(0).getAddress());
    }

    @Override
    public void setNetworkInterface(NetworkInterface at) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.IP_MULTICAST_IF, at);
    }

    @Override
    public @Nullable NetworkInterface getNetworkInterface() throws SocketException {
        return Adaptors.get(channel, StandardSocketOptions.IP_MULTICAST_IF);
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
        Adaptors.set(channel, StandardSocketOptions.IP_MULTICAST_TTL, Adaptors.checkOctet(ttl));
    }

    @Override
    public int getTimeToLive() throws IOException {
        return Adaptors.get(channel, StandardSocketOptions.IP_MULTICAST_TTL);
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
        Adaptors.set(channel, StandardSocketOptions.IP_TOS, Adaptors.checkOctet(tos));
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
