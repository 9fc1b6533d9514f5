package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.wait.Life;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * The socket of which an exception speaks: its number, what it is, and its names. The kernel is asked for the names when a
 * message is made, never with an exception, and in memory of their own, because the address of the call that failed may lie
 * in the thread's.
 */
class Subject {
    private static final Libc LIBC = Libc.getOrRefusing();

    final Life life;
    final Domain domain;
    final SocketType type;

    /** What is known of the names; null before anybody asks, and after a bind, a connect … */
    private volatile @Nullable Ends ends;

    Subject(Life life, Domain domain, SocketType type) {
        this.life = life;
        this.domain = domain;
        this.type = type;
    }

    /** The number even after a close. */
    final int number() {
        return life.fd();
    }

    /** Of a connection it is made once: a program may fail to send again and again. */
    private String describe(int fd) {
        Ends ends = ends();
        String known = ends.text;
        return known != null ? known : describe(fd, ends);
    }

    /** With {@code 127.0.0.1:1 -> 127.0.0.1:2}, {@code 127.0.0.1:1}, or nothing where there are no names. */
    private String describe(int fd, Ends ends) {
        Sockaddr name = new Sockaddr();
        String local = local(name) ? text(name) : "";
        boolean connected = peer(name);
        String remote = connected ? text(name) : "";
        String both = remote.isEmpty() ? local : (local.isEmpty() ? "" : local + " ") + "-> " + remote;
        String text = "Socket(fd " + fd + (both.isEmpty() ? "" : ", " + both) + ")";
        if (connected) {
            ends.text = text;
        }
        return text;
    }

    /** Take it before the kernel is asked, and keep the answer there: it counts until {@link #renamed}. */
    final Ends ends() {
        Ends known = ends;
        return known != null ? known : begin(false);
    }

    private synchronized Ends begin(boolean shared) {
        Ends known = ends;
        if (known == null || (shared && !known.shared)) {
            known = new Ends(shared);
            ends = known;
        }
        return known;
    }

    /** After what may have changed a name, or not. */
    final void renamed() {
        if (ends != null) {
            forget();
        }
    }

    private synchronized void forget() {
        Ends known = ends;
        ends = known != null && known.shared ? new Ends(true) : null;
    }

    /** From now on somebody else has the socket, too. */
    final void share() {
        Ends known = ends;
        if (known == null || !known.shared) {
            begin(true);
        }
    }

    /** Whether an exception has named a peer. */
    final boolean isNamed() {
        Ends known = ends;
        return known != null && known.text != null;
    }

    /** Puts the socket's own address into {@code name}; false where the kernel gives none. */
    final boolean local(Sockaddr name) {
        name.reset();
        return LIBC.getsockname(number(), name.address(), name.lengthAddress()) == 0;
    }

    /** As {@link #local} the peer's, of a broken connection and of one that only begins, too. */
    final boolean peer(Sockaddr name) {
        name.reset();
        return LIBC.getpeername(number(), name.address(), name.lengthAddress()) == 0 || peerOfTheBroken(name);
    }

    /** getpeername(2) forgets the peer of TCP once the connection is reset, and while it begins; SO_PEERNAME does not. */
    private boolean peerOfTheBroken(Sockaddr name) {
        int family = domain.value();
        int length = family == Linux.AF_INET ? SockaddrIn.SIZE : family == Linux.AF_INET6 ? SockaddrIn6.SIZE : 0;
        name.length(length); // the kernel refuses to give less than it has, and more
        return length != 0
                && LIBC.getsockopt(number(), Linux.SOL_SOCKET, Linux.SO_PEERNAME, name.address(), name.lengthAddress())
                        == 0;
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

    /** {@code Socket(fd 8, 127.0.0.1:40000 -> 127.0.0.1:80)}; a closed socket has no names. */
    @Override
    public final String toString() {
        try {
            int fd = life.enter();
            try {
                return describe(fd);
            } finally {
                life.exit();
            }
        } catch (ClosedChannelException e) {
            return "Socket(fd " + number() + ", closed)";
        }
    }
}
