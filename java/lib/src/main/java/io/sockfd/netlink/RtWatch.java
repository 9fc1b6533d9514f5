package io.sockfd.netlink;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches the network of the thread that opens it: interfaces, addresses, routes, neighbours as they come, change and go.
 *
 * <pre>{@code
 * try (RtWatch watch = RtWatch.open(RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR)) {
 *     while (true) {
 *         if (watch.next() instanceof Change.OfLink change) {
 *             System.out.println(change);
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Open it before you read the state that it is to keep up to date, so that nothing falls between. For one thread at a
 * time, but for {@link #close}, which ends a wait.
 */
public final class RtWatch implements AutoCloseable {
    private final Netlink netlink;

    private RtWatch(Netlink netlink) {
        this.netlink = netlink;
    }

    /**
     * Begins to watch.
     *
     * @param groups {@code RTNLGRP_} numbers
     * @throws IllegalArgumentException when there is none
     */
    public static RtWatch open(int... groups) throws IOException {
        if (groups.length == 0) {
            throw new IllegalArgumentException("nothing to watch: name groups, for instance RTNLGRP_LINK");
        }
        Netlink netlink = Netlink.open(Linux.NETLINK_ROUTE);
        try {
            netlink.timeout(Socket.BLOCKING);
            for (int group : groups) {
                netlink.join(group);
            }
            return new RtWatch(netlink);
        } catch (Throwable e) {
            netlink.close();
            throw e;
        }
    }

    /** How long {@link #next} waits: for ever unless told otherwise. */
    public RtWatch timeout(Duration timeout) {
        netlink.timeout(timeout);
        return this;
    }

    /**
     * Waits for the next change.
     *
     * @return null when the watch is non-blocking and there is none
     * @throws NetlinkOverrunException changes were lost: read the state again, then go on here
     * @throws java.net.SocketTimeoutException none came in time
     */
    public @Nullable Change next() throws IOException {
        return netlink.receive() ? Change.decode(netlink.message()) : null;
    }

    /** The message behind the change that came last. */
    public NetlinkMessage message() {
        return netlink.message();
    }

    /** The socket: its options, for instance SO_RCVBUF, and its descriptor for an epoll. */
    public Socket socket() {
        return netlink.socket();
    }

    @Override
    public void close() throws IOException {
        netlink.close();
    }
}
