package io.sockfd.netlink;

import io.sockfd.Errno;

/**
 * The socket's receive buffer was full and messages were lost (ENOBUFS). A watcher must read everything again that it
 * keeps; the socket itself goes on. A larger SO_RCVBUF makes it rarer.
 */
public final class NetlinkOverrunException extends NetlinkException {
    private static final long serialVersionUID = 1;

    NetlinkOverrunException(String context) {
        super(
                Errno.ENOBUFS,
                "recv",
                context,
                "messages were lost because the receive buffer was full; read the state again, or enlarge SO_RCVBUF");
    }
}
