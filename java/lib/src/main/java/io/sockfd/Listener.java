package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.POLLIN;
import static io.sockfd.raw.Linux.SOCK_CLOEXEC;
import static io.sockfd.raw.Linux.SOCK_NONBLOCK;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.wait.Wait;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/** listen(2) and accept(2). */
final class Listener {
    private static final Libc LIBC = Libc.getOrRefusing();

    /** As many connections in a row may fail before there is a pause. */
    static final int MOST_PASSED = 64;

    private Listener() {}

    static void listen(Endpoint socket, int backlog) throws IOException {
        int fd = socket.enter();
        try {
            socket.makeNonBlocking();
            Errors.check(LIBC.listen(fd, backlog), "listen", socket);
            socket.settle();
        } finally {
            socket.exit();
        }
    }

    /**
     * Takes the next connection.
     *
     * @param blocking whether it is to be without O_NONBLOCK
     * @param patience in nanoseconds, or {@link Patience#OF_SOCKET}
     * @return its number, or {@link Endpoint#WOULD_BLOCK}
     */
    static int accept(Endpoint socket, @Nullable Sockaddr peer, boolean blocking, long patience) throws IOException {
        Wait wait = null;
        int fd = socket.enter();
        try {
            for (int passed = 0; ; passed++) {
                int accepted = attempt(fd, peer, SOCK_CLOEXEC | (blocking ? 0 : SOCK_NONBLOCK));
                if (accepted >= 0) {
                    return accepted;
                } else if (accepted == -EAGAIN && Patience.nanos(socket, false, patience) == 0) {
                    return Endpoint.WOULD_BLOCK;
                } else if (accepted == -EAGAIN) {
                    wait = Patience.begin(wait, socket, false, patience);
                    if (!socket.await(wait, POLLIN) && !wait.isNonBlocking()) {
                        throw Errors.timeout(Errno.EAGAIN, "accept4", socket);
                    }
                    passed = 0;
                } else if (!passesOver(accepted, socket)) {
                    throw Errors.exception(accepted, "accept4", socket);
                } else if (passed >= MOST_PASSED) {
                    if (Patience.nanos(socket, false, patience) == 0) {
                        return Endpoint.WOULD_BLOCK;
                    }
                    // the queue may be as it was: Linux asks a security module before it takes the connection out
                    wait = Patience.begin(wait, socket, false, patience);
                    if (!socket.pause(wait) && !wait.isNonBlocking()) {
                        throw Errors.timeout(Errno.ofResult(accepted), "accept4", socket);
                    }
                }
            }
        } finally {
            Wait.end(wait);
            socket.exit();
        }
    }

    private static int attempt(int fd, @Nullable Sockaddr peer, int flags) {
        if (peer != null) {
            peer.reset();
        }
        return Refused.accept(fd, peer, flags);
    }

    /**
     * Whether accept(2) is to be repeated: the connection that was next has failed, which is not the listener's failure.
     * The network's errors are there because Linux passes them on from the new socket, EPERM is a firewall's word.
     */
    private static boolean passesOver(int result, Endpoint listener) {
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
    private static boolean isListening(Endpoint socket) {
        try {
            int fd = socket.enter();
            try {
                return Probe.intOption(fd, Linux.SO_ACCEPTCONN) != 0;
            } finally {
                socket.exit();
            }
        } catch (IOException | NotYetConnectedException e) {
            return false;
        }
    }
}
