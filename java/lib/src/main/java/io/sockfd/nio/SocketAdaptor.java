package io.sockfd.nio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A channel of the Internet as a java.net.Socket; it has no SocketImpl. Its streams are the channel's own: a reader and a writer
 * do not wait for each other.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // the channel has its own locks
final class SocketAdaptor extends java.net.Socket {
    private final SocketChannel channel;
    private final StreamState state;
    private final StreamReader in;
    private final StreamWriter out;
    private volatile int timeout; // SO_TIMEOUT, in milliseconds

    @SuppressWarnings("NullAway") // which the constructor accepts
    SocketAdaptor(SocketChannel channel, StreamState state, StreamReader in, StreamWriter out) throws SocketException {
        super((SocketImpl) null);
        this.channel = channel;
        this.state = state;
        this.in = in;
        this.out = out;
    }

    @Override
    public SocketChannel getChannel() {
        return channel;
    }

    // ---- names ---------------------------------------------------------------------------------------------------

    @Override
    public void connect(SocketAddress remote) throws IOException {
        connect(remote, 0);
    }

    @Override
    public void connect(SocketAddress remote, int millis) throws IOException {
        if (remote == null) {
            throw new IllegalArgumentException("connect: The address can't be null");
        } else if (remote instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw unresolved(inet);
        } else if (millis < 0) {
            throw new IllegalArgumentException("connect: timeout can't be negative");
        }
        Adaptors.run(() -> state.connect(remote, millis));
    }

    /** A connect that fails closes the socket. */
    private IOException unresolved(InetSocketAddress remote) throws IOException {
        if (isClosed()) {
            return new SocketException("Socket is closed");
        } else if (isConnected()) {
            return new SocketException("Already connected");
        }
        close();
        return new UnknownHostException(remote.toString());
    }

    @Override
    public void bind(@Nullable SocketAddress local) throws IOException {
        Adaptors.run(() -> channel.bind(local));
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return state.remote() instanceof InetSocketAddress remote ? remote.getAddress() : null;
    }

    @Override
    public int getPort() {
        return state.remote() instanceof InetSocketAddress remote ? remote.getPort() : 0;
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return state.remote();
    }

    @Override
    public InetAddress getLocalAddress() {
        InetSocketAddress local = isClosed() ? null : local();
        return local == null ? new InetSocketAddress(0).getAddress() : local.getAddress();
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

    /** What it was, when it is closed. */
    private @Nullable InetSocketAddress local() {
        try {
            return (InetSocketAddress) state.local();
        } catch (IOException e) {
            return null; // closed meanwhile
        }
    }

    // ---- bytes ---------------------------------------------------------------------------------------------------

    @Override
    public InputStream getInputStream() throws IOException {
        checkConnected();
        if (in.isClosed()) {
            throw new SocketException("Socket input is shutdown");
        }
        return new Input();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        checkConnected();
        if (out.isClosed()) {
            throw new SocketException("Socket output is shutdown");
        }
        return new Output();
    }

    private void checkConnected() throws SocketException {
        if (isClosed()) {
            throw new SocketException("Socket is closed");
        } else if (!channel.isConnected()) {
            throw new SocketException("Socket is not connected");
        }
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return in.read(into, offset, length, timeout);
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            SocketAdaptor.this.close();
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
        }

        @Override
        public void close() throws IOException {
            SocketAdaptor.this.close();
        }
    }

    @Override
    public void sendUrgentData(int data) throws IOException {
        if (!out.sendUrgent((byte) data)) {
            throw new IOException("Socket buffer full");
        }
    }

    // ---- states --------------------------------------------------------------------------------------------------

    @Override
    public void shutdownInput() throws IOException {
        Adaptors.run(channel::shutdownInput);
    }

    @Override
    public void shutdownOutput() throws IOException {
        Adaptors.run(channel::shutdownOutput);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isBound() {
        return local() != null;
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public boolean isInputShutdown() {
        return in.isClosed();
    }

    @Override
    public boolean isOutputShutdown() {
        return out.isClosed();
    }

    // ---- options -------------------------------------------------------------------------------------------------

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.TCP_NODELAY, on);
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return Adaptors.get(channel, StandardSocketOptions.TCP_NODELAY);
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.SO_LINGER, on ? seconds : -1);
    }

    @Override
    public int getSoLinger() throws SocketException {
        return Adaptors.get(channel, StandardSocketOptions.SO_LINGER);
    }

    @Override
    public void setOOBInline(boolean on) throws SocketException {
        Adaptors.set(channel, io.sockfd.option.SocketOptions.SO_OOBINLINE, on);
    }

    @Override
    public boolean getOOBInline() throws SocketException {
        return Adaptors.get(channel, io.sockfd.option.SocketOptions.SO_OOBINLINE);
    }

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
    public void setKeepAlive(boolean on) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.SO_KEEPALIVE, on);
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        return Adaptors.get(channel, StandardSocketOptions.SO_KEEPALIVE);
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
    public void setReuseAddress(boolean on) throws SocketException {
        Adaptors.set(channel, StandardSocketOptions.SO_REUSEADDR, on);
    }

    @Override
    public boolean getReuseAddress() throws SocketException {
        return Adaptors.get(channel, StandardSocketOptions.SO_REUSEADDR);
    }

    @Override
    public void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {}

    @Override
    public <T> java.net.Socket setOption(SocketOption<T> name, T value) throws IOException {
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
        return isConnected()
                ? "Socket[addr=" + getInetAddress() + ",port=" + getPort() + ",localport=" + getLocalPort() + "]"
                : "Socket[unconnected]";
    }
}
