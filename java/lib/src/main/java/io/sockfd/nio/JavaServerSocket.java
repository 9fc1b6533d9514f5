package io.sockfd.nio;

import io.sockfd.Domain;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** A java.net.ServerSocket over a socket of any family. */
final class JavaServerSocket extends ServerSocket {
    private final JavaSocketImpl impl;
    private final @Nullable Domain domain;

    JavaServerSocket(@Nullable Domain domain, @Nullable SocketAddress local) {
        this(domain, new JavaSocketImpl(domain, local));
    }

    private JavaServerSocket(@Nullable Domain domain, JavaSocketImpl impl) {
        super(impl);
        this.impl = impl;
        this.domain = domain;
    }

    JavaSocketImpl impl() {
        return impl;
    }

    @Override
    @SuppressWarnings("NullAway") // null is the wildcard
    public void bind(@Nullable SocketAddress local, int backlog) throws IOException {
        SocketAddress shown = local;
        if (JavaSocket.isOther(local) && !isBound() && !isClosed()) {
            impl.target(local);
            shown = JavaSocket.standIn(null);
        } else if (impl.target() != null) {
            shown = JavaSocket.standIn(local instanceof InetSocketAddress stated ? stated : null);
        }
        super.bind(shown, backlog);
    }

    @Override
    public void bind(@Nullable SocketAddress local) throws IOException {
        bind(local, 0);
    }

    @Override
    public Socket accept() throws IOException {
        if (isClosed()) {
            throw new SocketException("Socket closed");
        } else if (!isBound()) {
            throw new SocketException("Socket is not bound yet");
        }
        JavaSocket accepted = new JavaSocket(new JavaSocketImpl(domain, null));
        implAccept(accepted);
        return accepted;
    }

    /** The family's own address, where it is not of the Internet. */
    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        SocketAddress shown = super.getLocalSocketAddress();
        return shown == null || impl.isInet() || isClosed() ? shown : impl.name(false, shown);
    }
}
