package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A socket's two addresses for a message: asked for when the message is made, never an exception, and in memory of their
 * own, because the address of the call that failed may lie in the thread's.
 */
final class SocketNames {
    private static final Libc LIBC = Libc.getOrRefusing();

    private SocketNames() {}

    /**
     * {@code 127.0.0.1:1 -> 127.0.0.1:2}, {@code 127.0.0.1:1}, or nothing where there are no names. Those of a connection are
     * asked for once: a program may fail to send again and again.
     */
    static String of(int fd, SocketCalls socket) {
        String known = socket.ends;
        return known != null ? known : ask(fd, socket);
    }

    private static String ask(int fd, SocketCalls socket) {
        int domain = socket.domain.value();
        Sockaddr name = new Sockaddr();
        name.reset();
        String local = LIBC.getsockname(fd, name.address(), name.lengthAddress()) == 0 ? text(name) : "";
        name.reset();
        boolean connected =
                LIBC.getpeername(fd, name.address(), name.lengthAddress()) == 0 || peerOfTheBroken(fd, domain, name);
        String remote = connected ? text(name) : "";
        String both = remote.isEmpty() ? local : (local.isEmpty() ? "" : local + " ") + "-> " + remote;
        if (connected) {
            socket.ends = both;
        }
        return both;
    }

    /** The peer, of a broken connection and of one that only begins, too. */
    static boolean peer(int fd, int domain, Sockaddr name) {
        name.reset();
        return LIBC.getpeername(fd, name.address(), name.lengthAddress()) == 0 || peerOfTheBroken(fd, domain, name);
    }

    /** getpeername(2) forgets the peer of TCP once the connection is reset, and while it begins; SO_PEERNAME does not. */
    private static boolean peerOfTheBroken(int fd, int domain, Sockaddr name) {
        int length = domain == Linux.AF_INET ? SockaddrIn.SIZE : domain == Linux.AF_INET6 ? SockaddrIn6.SIZE : 0;
        name.length(length); // the kernel refuses to give less than it has, and more
        return length != 0
                && LIBC.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_PEERNAME, name.address(), name.lengthAddress()) == 0;
    }

    private static String text(Sockaddr name) {
        if (name.length() <= Short.BYTES) {
            return ""; // a UNIX socket without a name
        }
        SocketAddress address = name.decode();
        return isNone(address) ? "" : name.toString();
    }

    /** An IP socket that is not bound. */
    private static boolean isNone(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet
                && inet.getPort() == 0
                && inet.getAddress().isAnyLocalAddress();
    }
}
