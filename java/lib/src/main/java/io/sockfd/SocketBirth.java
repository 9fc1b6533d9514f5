package io.sockfd;

import io.sockfd.address.Addresses;
import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.BlockedWaiter;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrCan;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import io.sockfd.raw.struct.SockaddrLl;
import io.sockfd.raw.struct.SockaddrNl;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sockets that were opened elsewhere, and what must be asked of them. */
final class SocketBirth {
    private static final Libc LIBC = Libc.getOrRefusing();

    /** What {@link #intOption(ByteBuffer, int, int)} needs. */
    static final int OPTION_SIZE = 2 * Integer.BYTES;

    private SocketBirth() {}

    static Socket adopt(int fd) throws IOException {
        Domain domain = new Domain(intOption(fd, Linux.SO_DOMAIN));
        SocketType type = new SocketType(intOption(fd, Linux.SO_TYPE));
        Errors.check(LIBC.fcntl(fd, Linux.F_SETFD, Linux.FD_CLOEXEC), "fcntl", "F_SETFD");
        makeNonBlocking(fd);
        return Socket.wrap(fd, true, domain, type);
    }

    static void makeNonBlocking(int fd) throws IOException {
        ByteBuffer on = CallMemory.of(Integer.BYTES).putInt(0, 1);
        Errors.check(LIBC.ioctl(fd, Linux.FIONBIO, Memory.address(on)), "ioctl", "FIONBIO");
    }

    /** After a connect that failed: what is left of it would be the next one's answer. */
    static void disconnect(int fd) {
        ByteBuffer unspecified = CallMemory.of(SockaddrIn.SIZE);
        for (int i = 0; i < SockaddrIn.SIZE; i++) {
            unspecified.put(i, (byte) 0);
        }
        LIBC.connect(fd, Memory.address(unspecified), SockaddrIn.SIZE);
    }

    /** Whether a new socket may do without O_NONBLOCK, and wait in the kernel: see {@link BlockedWaiter}. */
    static boolean mayBlock(Domain domain, SocketType type, Protocol protocol) {
        return domain.equals(Domain.UNIX)
                || ((domain.equals(Domain.INET) || domain.equals(Domain.INET6))
                        && ((type.equals(SocketType.STREAM) && isOne(protocol, Linux.IPPROTO_TCP))
                                || (type.equals(SocketType.DGRAM) && isOne(protocol, Linux.IPPROTO_UDP))));
    }

    private static boolean isOne(Protocol protocol, int number) {
        return protocol.value() == 0 || protocol.value() == number;
    }

    static Socket adopt(Descriptor descriptor) throws IOException {
        intOption(descriptor.fd(), Linux.SO_TYPE); // not a socket: the descriptor stays the caller's
        int fd = descriptor.release();
        try {
            return adopt(fd);
        } catch (Throwable e) {
            LIBC.close(fd);
            throw e;
        }
    }

    static Socket borrow(int fd) throws IOException {
        Domain domain = new Domain(intOption(fd, Linux.SO_DOMAIN));
        return Socket.wrap(fd, false, domain, new SocketType(intOption(fd, Linux.SO_TYPE)));
    }

    /** What bind(2) takes for an address that the kernel chooses: the family and nothing else. */
    static Sockaddr any(Domain domain) {
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

    static int intOption(int fd, int name) throws IOException {
        return intOption(CallMemory.of(OPTION_SIZE), fd, name);
    }

    /** With {@link #OPTION_SIZE} bytes of direct memory that the caller keeps reachable. */
    static int intOption(ByteBuffer memory, int fd, int name) throws IOException {
        return Errors.check(valueOrErrno(memory, fd, name), "getsockopt", "fd " + fd);
    }

    /** The value of an option that is never negative, or -errno: whether a number is a socket at all. */
    static int valueOrErrno(int fd, int name) {
        return valueOrErrno(CallMemory.of(OPTION_SIZE), fd, name);
    }

    private static int valueOrErrno(ByteBuffer memory, int fd, int name) {
        memory.putInt(0, 0).putInt(Integer.BYTES, Integer.BYTES);
        long address = Memory.address(memory);
        int result = LIBC.getsockopt(fd, Linux.SOL_SOCKET, name, address, address + Integer.BYTES);
        return result < 0 ? result : memory.getInt(0);
    }

    /** So many connections in a row may fail before there is a pause. */
    static final int MOST_PASSED = 64;

    /**
     * Whether accept(2) is to be repeated: the connection that was next has failed, which is not the listener's failure.
     * The network's errors are there because Linux passes them on from the new socket, EPERM is a firewall's word.
     */
    static boolean passesOver(int result, Socket listener) {
        return switch (-result) {
            case Linux.EINTR,
                    Linux.ECONNABORTED,
                    Linux.EPERM,
                    Linux.EPROTO,
                    Linux.ENETDOWN,
                    Linux.ENOPROTOOPT,
                    Linux.EHOSTDOWN,
                    Linux.ENONET,
                    Linux.EHOSTUNREACH,
                    Linux.ENETUNREACH -> true;
            case Linux.EOPNOTSUPP -> isListening(listener); // a datagram socket has this error of its own
            default -> false;
        };
    }

    /** False after a close. */
    static boolean isListening(Socket socket) {
        try {
            int fd = socket.enter();
            try {
                return intOption(fd, Linux.SO_ACCEPTCONN) != 0;
            } finally {
                socket.exit();
            }
        } catch (IOException | NotYetConnectedException e) {
            return false;
        }
    }

    static Set<SocketOption<?>> supportedOptions(Socket socket) {
        try {
            int fd = socket.enter();
            try {
                int domain = socket.domain().value();
                Set<Option<?>> ours =
                        OptionTable.supported(fd, domain, socket.type().value(), intOption(fd, Linux.SO_PROTOCOL));
                Set<SocketOption<?>> supported = new HashSet<>(ours);
                for (SocketOption<?> option : Jdk.OPTIONS) {
                    // the JDK's forms have codecs of their own: what counts is level and number
                    Option<?> form = Option.from(option, domain);
                    if (ours.stream().anyMatch(o -> o.level() == form.level() && o.optname() == form.optname())) {
                        supported.add(option);
                    }
                }
                return Set.copyOf(supported);
            } finally {
                socket.exit();
            }
        } catch (IOException e) {
            return Set.of(); // closed
        }
    }

    /** A class of its own, so that they are loaded only where they are asked for. */
    private static final class Jdk {
        static final List<SocketOption<?>> OPTIONS = List.of(
                StandardSocketOptions.IP_MULTICAST_IF,
                StandardSocketOptions.IP_MULTICAST_LOOP,
                StandardSocketOptions.IP_MULTICAST_TTL,
                StandardSocketOptions.IP_TOS,
                StandardSocketOptions.SO_BROADCAST,
                StandardSocketOptions.SO_KEEPALIVE,
                StandardSocketOptions.SO_LINGER,
                StandardSocketOptions.SO_RCVBUF,
                StandardSocketOptions.SO_REUSEADDR,
                StandardSocketOptions.SO_REUSEPORT,
                StandardSocketOptions.SO_SNDBUF,
                StandardSocketOptions.TCP_NODELAY);
    }
}
