package io.sockfd.netlink;

import io.sockfd.raw.Linux;

/**
 * Which Internet sockets, and how much about each. States and ports are left out by the kernel.
 *
 * @param family AF_INET or AF_INET6
 * @param protocol IPPROTO_TCP, IPPROTO_UDP, IPPROTO_UDPLITE, IPPROTO_RAW for raw sockets, IPPROTO_MPTCP …
 * @param states a mask of {@code 1 << TCP_ESTABLISHED} …
 * @param extensions a mask of {@code 1 << (INET_DIAG_INFO - 1)} …: what the kernel adds that costs something
 * @param localPort only with this one, in host order; 0 for all
 * @param remotePort only with this one, in host order; 0 for all
 */
public record InetQuery(int family, int protocol, int states, int extensions, int localPort, int remotePort) {
    /** Every state but TCP_BOUND_INACTIVE (Linux 6.8), as {@code ss -a} asks: TCP sockets that are only bound. */
    public static final int ALL_STATES = (1 << (Linux.TCP_NEW_SYN_RECV + 1)) - 1;

    /** TCP_INFO, congestion control with its state, memory, type of service. */
    public static final int ALL_EXTENSIONS = bit(Linux.INET_DIAG_INFO)
            | bit(Linux.INET_DIAG_VEGASINFO)
            | bit(Linux.INET_DIAG_CONG)
            | bit(Linux.INET_DIAG_TOS)
            | bit(Linux.INET_DIAG_TCLASS)
            | bit(Linux.INET_DIAG_SKMEMINFO)
            | bit(Linux.INET_DIAG_SHUTDOWN);

    private static final int PORTS = 0x10000;

    /** Checks the ports. */
    public InetQuery {
        if (localPort < 0 || localPort >= PORTS || remotePort < 0 || remotePort >= PORTS) {
            throw new IllegalArgumentException(
                    "ports are 0 to " + (PORTS - 1) + ", not " + localPort + " and " + remotePort);
        }
    }

    private static int bit(int extension) {
        return 1 << (extension - 1);
    }

    /** All sockets of a family and protocol, and everything about them. */
    public static InetQuery of(int family, int protocol) {
        return new InetQuery(family, protocol, ALL_STATES, ALL_EXTENSIONS, 0, 0);
    }

    /** The same in these states: {@code 1 << TCP_LISTEN | …}. */
    public InetQuery states(int mask) {
        return new InetQuery(family, protocol, mask, extensions, localPort, remotePort);
    }

    /** The same with less or more about each. */
    public InetQuery extensions(int mask) {
        return new InetQuery(family, protocol, states, mask, localPort, remotePort);
    }

    /** The same with these ports; 0 is any. */
    public InetQuery ports(int local, int remote) {
        return new InetQuery(family, protocol, states, extensions, local, remote);
    }

    /** Kernels look at the ports for most protocols, and at the peer's not for all states. */
    boolean matches(InetSocketView socket) {
        return (localPort == 0 || localPort == socket.localPort())
                && (remotePort == 0 || remotePort == socket.remotePort());
    }
}
