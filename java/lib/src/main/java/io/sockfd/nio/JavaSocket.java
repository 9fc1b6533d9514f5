package io.sockfd.nio;

import io.sockfd.Socket;
import io.sockfd.address.LinuxAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A java.net.Socket over a socket of any family. Its superclass wants addresses of the Internet: it is given the loopback
 * address in the place of others, with the name and port that were asked for.
 */
final class JavaSocket extends java.net.Socket {
    private final JavaSocketImpl impl;

    JavaSocket(JavaSocketImpl impl) throws SocketException {
        super(impl);
        this.impl = impl;
    }

    /** Over a connected socket. */
    static JavaSocket connected(Socket socket) throws IOException {
        JavaSocket view = new JavaSocket(new JavaSocketImpl(socket, true));
        SocketAddress peer = socket.getRemoteAddress();
        view.connect(peer instanceof InetSocketAddress ? peer : standIn(null), 0);
        return view;
    }

    /** The loopback address, as that of the host that was named. */
    static InetSocketAddress standIn(@Nullable InetSocketAddress stated) throws IOException {
        byte[] loopback = InetAddress.getLoopbackAddress().getAddress();
        return stated == null
                ? new InetSocketAddress(InetAddress.getByAddress("localhost", loopback), 0)
                : new InetSocketAddress(InetAddress.getByAddress(stated.getHostString(), loopback), stated.getPort());
    }

    static boolean isOther(@Nullable SocketAddress address) {
        return address instanceof UnixDomainSocketAddress || address instanceof LinuxAddress;
    }

    JavaSocketImpl impl() {
        return impl;
    }

    @Override
    @SuppressWarnings("NullAway") // java.net.Socket says what null is: IllegalArgumentException
    public void connect(@Nullable SocketAddress to, int timeout) throws IOException {
        SocketAddress shown = to;
        if (isOther(to) && !isConnected() && !isClosed()) {
            impl.target(to);
            shown = standIn(null);
        } else if (impl.target() != null && to instanceof InetSocketAddress stated) {
            shown = standIn(stated);
        }
        super.connect(shown, timeout);
    }

    @Override
    public void connect(@Nullable SocketAddress to) throws IOException {
        connect(to, 0);
    }

    /** The family's own address, where it is not of the Internet. */
    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        SocketAddress shown = super.getRemoteSocketAddress();
        return shown == null || impl.isInet() || isClosed() ? shown : impl.name(true, shown);
    }

    /** The family's own address, where it is not of the Internet. */
    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        SocketAddress shown = super.getLocalSocketAddress();
        return shown == null || impl.isInet() || isClosed() ? shown : impl.name(false, shown);
    }
}
