package io.sockfd.cli.icmp;

import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Message;
import io.sockfd.SockExtendedErr;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The error queue of a socket: what routers and hosts said about packets that it had sent. No privilege is needed. */
public final class ErrorQueue {
    private static final int QUOTED = 2048;

    /** What an ICMP error becomes, icmp_err_convert in the kernel, and what the kernel itself says about a packet. */
    private static final Set<Errno> REPORTED = Set.of(
            Errno.EHOSTUNREACH,
            Errno.ENETUNREACH,
            Errno.ECONNREFUSED,
            Errno.EMSGSIZE,
            Errno.ENOPROTOOPT,
            Errno.EOPNOTSUPP,
            Errno.EHOSTDOWN,
            Errno.ENONET,
            Errno.EACCES,
            Errno.EPROTO);

    private final Socket socket;
    private final Sockaddr destination = new Sockaddr();
    private final ByteBuffer quoted = ByteBuffer.allocateDirect(QUOTED).order(ByteOrder.BIG_ENDIAN);
    private final Message message = new Message();

    /**
     * An entry.
     *
     * @param port where the packet went
     * @param timestampNanos when the error came, since 1970
     * @param ttl hops that the error had left; -1 unless asked for
     */
    public record Entry(SockExtendedErr error, int port, long timestampNanos, int ttl) {
        /** Whether this host said so, and no other. */
        public boolean isLocal() {
            return error.origin() == Linux.SO_EE_ORIGIN_LOCAL;
        }

        /** Whether a router says that the packet had no hops left. */
        public boolean isTimeExceeded() {
            return isIcmp()
                    ? error.type() == Linux.ICMP_TIME_EXCEEDED
                    : isIcmp6() && error.type() == Linux.ICMPV6_TIME_EXCEED;
        }

        /** Whether the port is closed, which the destination says. */
        public boolean isPortUnreachable() {
            return isIcmp()
                    ? error.type() == Linux.ICMP_DEST_UNREACH && error.code() == Linux.ICMP_PORT_UNREACH
                    : isIcmp6()
                            && error.type() == Linux.ICMPV6_DEST_UNREACH
                            && error.code() == Linux.ICMPV6_PORT_UNREACH;
        }

        boolean isIcmp() {
            return error.origin() == Linux.SO_EE_ORIGIN_ICMP;
        }

        boolean isIcmp6() {
            return error.origin() == Linux.SO_EE_ORIGIN_ICMP6;
        }
    }

    private ErrorQueue(Socket socket) {
        this.socket = socket;
    }

    /** Asks for the errors of a socket, with their times. */
    public static ErrorQueue of(Socket socket, boolean ipv4) throws IOException {
        socket.setOption(ipv4 ? IpOptions.IP_RECVERR : Ipv6Options.IPV6_RECVERR, true)
                .setOption(SocketOptions.SO_TIMESTAMPNS, true);
        return new ErrorQueue(socket);
    }

    /** The next entry, without waiting; null when there is none. */
    public @Nullable Entry next() throws IOException {
        message.data(quoted.clear()).address(destination);
        while (socket.receiveMessage(message, Linux.MSG_ERRQUEUE | Linux.MSG_DONTWAIT) != Socket.WOULD_BLOCK) {
            quoted.flip();
            SockExtendedErr error = message.incoming().extendedError();
            if (error != null) {
                int port = destination.isEmpty() ? 0 : destination.port();
                return new Entry(
                        error,
                        port,
                        message.incoming().timestampNanos(),
                        message.incoming().ttl());
            }
            message.data(quoted.clear());
        }
        return null;
    }

    /** What was sent, from the transport header on as far as it was quoted; of the entry that was read last. */
    ByteBuffer quoted() {
        return quoted;
    }

    /** Whether a failed call of the socket only announced an entry. */
    public static boolean announced(IOException e) {
        return Errors.errnoOf(e).filter(REPORTED::contains).isPresent();
    }
}
