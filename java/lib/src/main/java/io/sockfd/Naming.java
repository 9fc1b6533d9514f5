package io.sockfd;

import io.sockfd.address.Addresses;
import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrCan;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import io.sockfd.raw.struct.SockaddrLl;
import io.sockfd.raw.struct.SockaddrNl;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The names of a socket: bind(2), getsockname(2) and getpeername(2). */
final class Naming {
    private static final Libc LIBC = Libc.getOrRefusing();

    private Naming() {}

    static void bind(Endpoint socket, @Nullable SocketAddress local) throws IOException {
        bind(socket, local == null ? any(socket.domain) : socket.sockaddr(local));
    }

    static void bind(Endpoint socket, Sockaddr local) throws IOException {
        int fd = socket.enter();
        try {
            int result = LIBC.bind(fd, local.address(), local.length());
            socket.unsettle();
            if (result < 0) {
                throw Errors.exception(result, "bind", Target.of(socket, local));
            }
        } finally {
            socket.exit();
        }
    }

    static Sockaddr getsockname(Endpoint socket, Sockaddr address) throws IOException {
        int fd = socket.enter();
        try {
            address.reset();
            Errors.check(LIBC.getsockname(fd, address.address(), address.lengthAddress()), "getsockname", socket);
            return address;
        } finally {
            socket.exit();
        }
    }

    static Sockaddr getpeername(Endpoint socket, Sockaddr address) throws IOException {
        int fd = socket.enter();
        try {
            address.reset();
            Errors.check(LIBC.getpeername(fd, address.address(), address.lengthAddress()), "getpeername", socket);
            return address;
        } finally {
            socket.exit();
        }
    }

    /** {@link Socket#getLocalAddress}. */
    static SocketAddress local(Endpoint socket) throws IOException {
        socket.checkOpen();
        Ends ends = socket.ends();
        SocketAddress known = ends.local;
        if (known == null) {
            Sockaddr name = getsockname(socket, CallMemory.address());
            known = name.decode();
            if (!ends.shared && (isForEver(socket, name) || socket.isSettled())) {
                ends.local = known;
            }
        }
        return known;
    }

    /** {@link Socket#getRemoteAddress}. */
    static SocketAddress remote(Endpoint socket) throws IOException {
        socket.checkOpen();
        Ends ends = socket.ends();
        SocketAddress known = ends.remote;
        if (known == null) {
            Sockaddr name = getpeername(socket, CallMemory.address());
            known = name.decode();
            boolean same = !socket.type.equals(SocketType.DGRAM); // one of datagrams may lose its peer
            if (!ends.shared && same && (isForEver(socket, name) || socket.isSettled())) {
                ends.remote = known;
            }
        }
        return known;
    }

    /** A UNIX socket gets a name once: by a bind, which it may do after the connect. */
    private static boolean isForEver(Endpoint socket, Sockaddr name) {
        return socket.domain.equals(Domain.UNIX) && name.length() > Short.BYTES;
    }

    /** What bind(2) takes for an address that the kernel chooses: the family and nothing else. */
    private static Sockaddr any(Domain domain) {
        ByteBuffer bytes = CallMemory.of(Sockaddr.CAPACITY);
        for (int i = 0; i < Sockaddr.CAPACITY; i += Long.BYTES) {
            bytes.putLong(i, 0);
        }
        bytes.putShort(0, (short) domain.value());
        Sockaddr any = new Sockaddr();
        any.copyFrom(bytes, 0, anyLength(domain.value()));
        return any;
    }

    private static int anyLength(int domain) {
        return switch (domain) {
            case Linux.AF_UNIX -> Short.BYTES; // autobind, unix(7)
            case Linux.AF_INET -> SockaddrIn.SIZE;
            case Linux.AF_INET6 -> SockaddrIn6.SIZE;
            case Linux.AF_NETLINK -> SockaddrNl.SIZE;
            case Linux.AF_PACKET -> SockaddrLl.SIZE;
            case Linux.AF_CAN -> SockaddrCan.SIZE;
            default ->
                throw new IllegalArgumentException(
                        Addresses.familyName(domain) + " has no address that the kernel chooses: give one to bind");
        };
    }
}
