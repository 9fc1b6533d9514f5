package io.sockfd.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a datagram channel as java.net has them. The constructor of a MulticastSocket opens a socket of the JDK, which
 * is closed at once: nothing of the superclass is used.
 */
abstract class DatagramSocketOptions extends MulticastSocket {
    final DatagramChannel channel;
    private final Object outgoingLock = new Object();
    private @Nullable InetAddress outgoing; // what setInterface took; protected by its lock
    private volatile int timeout; // SO_TIMEOUT, in milliseconds

    DatagramSocketOptions(DatagramChannel channel) throws IOException {
        super((SocketAddress) null);
        super.close();
        this.channel = channel;
    }

    int timeout() {
        return timeout;
    }

    // ---- multicast -----------------------------------------------------------------------------------------------

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

    // ---- all datagrams -------------------------------------------------------------------------------------------

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
}
