package io.sockfd.netlink;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.time.Duration;

/**
 * Watches the TCP and UDP sockets of the opening thread's network namespace end: what {@code ss -E} shows.
 *
 * <pre>{@code
 * InetSocketView socket = new InetSocketView();
 * try (SocketDiagWatch watch = SocketDiagWatch.open(SKNLGRP_INET_TCP_DESTROY)) {
 *     while (watch.next(socket)) {
 *         System.out.println(socket);
 *     }
 * }
 * }</pre>
 *
 * <p>The kernel tells it when the last use of the socket is gone, to those with CAP_NET_ADMIN. For one thread at a time, but
 * for {@link #close}, which ends a wait.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>
 */
public final class SocketDiagWatch implements AutoCloseable {
    private final Netlink netlink;

    private SocketDiagWatch(Netlink netlink) {
        this.netlink = netlink;
    }

    /**
     * Begins to watch.
     *
     * @param groups SKNLGRP_INET_TCP_DESTROY, SKNLGRP_INET_UDP_DESTROY, SKNLGRP_INET6_TCP_DESTROY, SKNLGRP_INET6_UDP_DESTROY
     * @return a watch that waits for ever
     * @throws IllegalArgumentException when there is no group
     * @throws IOException with the errno of setsockopt(2): EPERM without CAP_NET_ADMIN
     */
    public static SocketDiagWatch open(int... groups) throws IOException {
        if (groups.length == 0) {
            throw new IllegalArgumentException("nothing to watch: name groups, for instance SKNLGRP_INET_TCP_DESTROY");
        }
        Netlink netlink = Netlink.open(Linux.NETLINK_SOCK_DIAG);
        try {
            netlink.timeout(Socket.BLOCKING);
            for (int group : groups) {
                netlink.join(group);
            }
            return new SocketDiagWatch(netlink);
        } catch (Throwable e) {
            netlink.close();
            throw e;
        }
    }

    /** How long {@link #next} waits; see {@link Socket#timeout(Duration)}. */
    public SocketDiagWatch timeout(Duration timeout) {
        netlink.timeout(timeout);
        return this;
    }

    /**
     * Waits for the next socket that ends, and points the view at it.
     *
     * @param view of the message, good until the next call
     * @return false when the watch is non-blocking and none has ended
     * @throws NetlinkOverrunException some were lost; go on
     * @throws MalformedMessageException the message is damaged
     * @throws java.net.SocketTimeoutException none ended in time
     */
    public boolean next(InetSocketView view) throws IOException {
        if (!netlink.receive()) {
            return false;
        }
        view.set(netlink.message(), Linux.IPPROTO_TCP);
        int told = view.u8(Linux.INET_DIAG_PROTOCOL);
        if (told >= 0) {
            view.set(netlink.message(), told);
        }
        return true;
    }

    /** The socket: its options, and its descriptor for an epoll. */
    public Socket socket() {
        return netlink.socket();
    }

    @Override
    public void close() throws IOException {
        netlink.close();
    }
}
