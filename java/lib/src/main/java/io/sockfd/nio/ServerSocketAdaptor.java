package io.sockfd.nio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A listener of the Internet as a java.net.ServerSocket. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // the channel has its own locks
final class ServerSocketAdaptor extends ServerSocket {
    private static final int STANDARD_BACKLOG = 50;

    private final SockfdServerSocketChannel channel;
    private volatile int timeout; // SO_TIMEOUT, in milliseconds

    ServerSocketAdaptor(SockfdServerSocketChannel channel) {
        super(new NoSocketImpl());
        this.channel = channel;
    }

    @Override
    public ServerSocketChannel getChannel() {
        return channel;
    }

    @Override
    public void bind(@Nullable SocketAddress local) throws IOException {
        bind(local, STANDARD_BACKLOG);
    }

    @Override
    public void bind(@Nullable SocketAddress local, int backlog) throws IOException {
        SocketAddress name = local == null ? new InetSocketAddress(0) : local;
        Adaptors.run(() -> channel.bind(name, backlog));
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        InetSocketAddress local = local();
        return local == null ? null : local.getAddress();
    }

    @Override
    public int getLocalPort() {
        InetSocketAddress local = local();
        return local == null ? -1 : local.getPort();
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return local();
    }

    private @Nullable InetSocketAddress local() {
        return (InetSocketAddress) channel.local();
    }

    /** Where the channel does not block it takes one that is there. */
    @Override
    public Socket accept() throws IOException {
        SocketChannel[] accepted = new SocketChannel[1];
        Adaptors.run(() -> accepted[0] = channel.accept(timeout));
        if (accepted[0] == null) {
            throw new IllegalBlockingModeException();
        }
        return accepted[0].socket();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public boolean isBound() {
        return channel.isListening();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        timeout = Adaptors.checkTimeout(channel, millis);
    }

    @Override
    public int getSoTimeout() throws IOException {
        return Adaptors.checkTimeout(channel, timeout);
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
    public void setReceiveBufferSize(int size) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.SO_RCVBUF, Adaptors.checkSize(size));
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return Adaptors.get(channel, StandardSocketOptions.SO_RCVBUF);
    }

    @Override
    public void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {}

    @Override
    public <T> ServerSocket setOption(SocketOption<T> name, T value) throws IOException {
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
    public String toString() {
        return isBound()
                ? "ServerSocket[addr=" + getInetAddress() + ",localport=" + getLocalPort() + "]"
                : "ServerSocket[unbound]";
    }
}
