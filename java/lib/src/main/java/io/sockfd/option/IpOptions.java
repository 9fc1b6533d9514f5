package io.sockfd.option;

import static io.sockfd.Codecs.BE_INT;
import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.INT;
import static io.sockfd.Codecs.bytes;
import static io.sockfd.Codecs.range;
import static io.sockfd.option.Sizes.IP_OPTIONS_MAX;
import static io.sockfd.option.Sizes.PKTOPTIONS;
import static io.sockfd.option.Sizes.XFRM_POLICY;

import io.sockfd.Option;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrIn;
import java.net.InetSocketAddress;

/**
 * The options of IPv4: IPPROTO_IP. They work on IPv6 sockets too, for what those send and receive over IPv4.
 *
 * <pre>{@code
 * try (Socket udp = Socket.udp()) {
 *     udp.setOption(IpOptions.IP_TTL, 5).setOption(IpOptions.IP_RECVERR, true);
 *     udp.setOption(IpOptions.MCAST_JOIN_GROUP, MulticastGroup.of(InetAddress.getByName("239.1.2.3"), "eth0"));
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>, section "Socket options"
 */
public final class IpOptions {
    private static final Level LEVEL = new Level(Linux.IPPROTO_IP);
    private static final int MAX_BYTE = 255;

    /**
     * Join a group from any source. Set only; EADDRINUSE when joined already, ENODEV without an interface or route,
     * EPROTO on TCP.
     */
    public static final Option<MulticastGroup> IP_ADD_MEMBERSHIP =
            LEVEL.w("IP_ADD_MEMBERSHIP", Linux.IP_ADD_MEMBERSHIP, MulticastCodecs.MREQN);

    /** Join a group for one source. Set only; EADDRNOTAVAIL when joined already for this source. */
    public static final Option<MulticastGroup> IP_ADD_SOURCE_MEMBERSHIP =
            LEVEL.w("IP_ADD_SOURCE_MEMBERSHIP", Linux.IP_ADD_SOURCE_MEMBERSHIP, MulticastCodecs.MREQ_SOURCE);

    /** A bind to port 0 leaves the choice of the port to connect, which may then share it. Linux 4.2. */
    public static final Option<Boolean> IP_BIND_ADDRESS_NO_PORT =
            LEVEL.rw("IP_BIND_ADDRESS_NO_PORT", Linux.IP_BIND_ADDRESS_NO_PORT, BOOL);

    /** Refuse one source of a group joined from any. Set only. */
    public static final Option<MulticastGroup> IP_BLOCK_SOURCE =
            LEVEL.w("IP_BLOCK_SOURCE", Linux.IP_BLOCK_SOURCE, MulticastCodecs.MREQ_SOURCE);

    /** Receive the checksum (u32) of UDP datagrams. Linux 4.0. */
    public static final Option<Boolean> IP_CHECKSUM = LEVEL.rw("IP_CHECKSUM", Linux.IP_CHECKSUM, BOOL);

    /** Leave a group. Set only; EADDRNOTAVAIL when not joined there. */
    public static final Option<MulticastGroup> IP_DROP_MEMBERSHIP =
            LEVEL.w("IP_DROP_MEMBERSHIP", Linux.IP_DROP_MEMBERSHIP, MulticastCodecs.MREQN);

    /** Leave one source of a group. Set only; EADDRNOTAVAIL when not joined for this source. */
    public static final Option<MulticastGroup> IP_DROP_SOURCE_MEMBERSHIP =
            LEVEL.w("IP_DROP_SOURCE_MEMBERSHIP", Linux.IP_DROP_SOURCE_MEMBERSHIP, MulticastCodecs.MREQ_SOURCE);

    /** Bind to an address that this host does not have, or not yet. */
    public static final Option<Boolean> IP_FREEBIND = LEVEL.rw("IP_FREEBIND", Linux.IP_FREEBIND, BOOL);

    /** The sender provides the IP header. Raw sockets; ENOPROTOOPT on others. */
    public static final Option<Boolean> IP_HDRINCL = LEVEL.rw("IP_HDRINCL", Linux.IP_HDRINCL, BOOL);

    /**
     * An IPsec policy as the old PF_KEY sadb_x_policy, as bytes. Set only; EOPNOTSUPP unless the module af_key is
     * there.
     */
    public static final Option<byte[]> IP_IPSEC_POLICY = LEVEL.w(
                    "IP_IPSEC_POLICY", Linux.IP_IPSEC_POLICY, bytes(XFRM_POLICY))
            .needs("CAP_NET_ADMIN");

    /** From where ephemeral ports are taken. Linux 6.3; on IPv6 sockets too. */
    public static final Option<PortRange> IP_LOCAL_PORT_RANGE =
            LEVEL.rw("IP_LOCAL_PORT_RANGE", Linux.IP_LOCAL_PORT_RANGE, PortRange.CODEC);

    /** The least TTL that is accepted, 0 to 255: RFC 5082. TCP. Linux 2.6.34. */
    public static final Option<Integer> IP_MINTTL = LEVEL.rw("IP_MINTTL", Linux.IP_MINTTL, INT);

    /** The sources of a joined group. Reading needs a request with group and interface. */
    public static final Option<SourceFilter> IP_MSFILTER =
            LEVEL.rw("IP_MSFILTER", Linux.IP_MSFILTER, MulticastCodecs.IP_MSFILTER);

    /** The path's MTU in bytes. Read only; ENOTCONN unless connected. */
    public static final Option<Integer> IP_MTU = LEVEL.r("IP_MTU", Linux.IP_MTU, INT);

    /** IP_PMTUDISC_DONT, WANT, DO, PROBE, INTERFACE or OMIT. */
    public static final Option<Integer> IP_MTU_DISCOVER = LEVEL.rw("IP_MTU_DISCOVER", Linux.IP_MTU_DISCOVER, INT);

    /** Receive from the groups that any socket of this host joined (true, the default) or only from one's own. */
    public static final Option<Boolean> IP_MULTICAST_ALL = LEVEL.rw("IP_MULTICAST_ALL", Linux.IP_MULTICAST_ALL, BOOL);

    /** Where multicast leaves. Reading gives only the address that was set. */
    public static final Option<MulticastInterface> IP_MULTICAST_IF =
            LEVEL.rw("IP_MULTICAST_IF", Linux.IP_MULTICAST_IF, MulticastInterface.CODEC);

    /** Whether this host hears its own multicast; the sender decides. */
    public static final Option<Boolean> IP_MULTICAST_LOOP =
            LEVEL.rw("IP_MULTICAST_LOOP", Linux.IP_MULTICAST_LOOP, BOOL);

    /** The TTL of sent multicast, 0 to 255; -1 is 1, the default. */
    public static final Option<Integer> IP_MULTICAST_TTL = LEVEL.rw("IP_MULTICAST_TTL", Linux.IP_MULTICAST_TTL, INT);

    /** Send fragments as they are. Raw sockets; ENOPROTOOPT on others. */
    public static final Option<Boolean> IP_NODEFRAG = LEVEL.rw("IP_NODEFRAG", Linux.IP_NODEFRAG, BOOL);

    /** The options in the header of sent packets, at most 40 bytes; empty removes them. */
    public static final Option<byte[]> IP_OPTIONS = LEVEL.rw("IP_OPTIONS", Linux.IP_OPTIONS, bytes(IP_OPTIONS_MAX));

    /** Receive the packet's security context (SCM_SECURITY). */
    public static final Option<Boolean> IP_PASSSEC = LEVEL.rw("IP_PASSSEC", Linux.IP_PASSSEC, BOOL);

    /** Receive interface and destination (IP_PKTINFO). */
    public static final Option<Boolean> IP_PKTINFO = LEVEL.rw("IP_PKTINFO", Linux.IP_PKTINFO, BOOL);

    /** The control messages of the last segment, as bytes. Read only, TCP; ENOPROTOOPT on others. */
    public static final Option<byte[]> IP_PKTOPTIONS = LEVEL.r("IP_PKTOPTIONS", Linux.IP_PKTOPTIONS, bytes(PKTOPTIONS));

    /** The protocol that an IPPROTO_RAW socket stands for, else that of the socket. Read only, Linux 6.4. */
    public static final Option<Integer> IP_PROTOCOL = LEVEL.r("IP_PROTOCOL", Linux.IP_PROTOCOL, INT);

    /** Keep ICMP errors with their cause in the error queue (MSG_ERRQUEUE). */
    public static final Option<Boolean> IP_RECVERR = LEVEL.rw("IP_RECVERR", Linux.IP_RECVERR, BOOL);

    /** IP_RECVERR with the position of extensions after RFC 4884. Datagrams, Linux 5.9. */
    public static final Option<Boolean> IP_RECVERR_RFC4884 =
            LEVEL.rw("IP_RECVERR_RFC4884", Linux.IP_RECVERR_RFC4884, BOOL);

    /** Receive the size of the largest fragment (int). Linux 4.11. */
    public static final Option<Boolean> IP_RECVFRAGSIZE = LEVEL.rw("IP_RECVFRAGSIZE", Linux.IP_RECVFRAGSIZE, BOOL);

    /** Receive the header's options (IP_RECVOPTS). */
    public static final Option<Boolean> IP_RECVOPTS = LEVEL.rw("IP_RECVOPTS", Linux.IP_RECVOPTS, BOOL);

    /** Receive the destination before a redirect (IP_ORIGDSTADDR). */
    public static final Option<Boolean> IP_RECVORIGDSTADDR =
            LEVEL.rw("IP_RECVORIGDSTADDR", Linux.IP_RECVORIGDSTADDR, BOOL);

    /** Receive the TOS byte (IP_TOS). */
    public static final Option<Boolean> IP_RECVTOS = LEVEL.rw("IP_RECVTOS", Linux.IP_RECVTOS, BOOL);

    /** Receive the TTL (IP_TTL). */
    public static final Option<Boolean> IP_RECVTTL = LEVEL.rw("IP_RECVTTL", Linux.IP_RECVTTL, BOOL);

    /** Receive the header's options as they would have to be sent back (IP_RETOPTS). */
    public static final Option<Boolean> IP_RETOPTS = LEVEL.rw("IP_RETOPTS", Linux.IP_RETOPTS, BOOL);

    /** Receive all packets to forward that carry the router alert. Raw sockets; EINVAL on others. */
    public static final Option<Boolean> IP_ROUTER_ALERT = LEVEL.rw("IP_ROUTER_ALERT", Linux.IP_ROUTER_ALERT, BOOL);

    /** The TOS byte of sent packets, 0 to 255; on TCP the two ECN bits stay the kernel's. */
    public static final Option<Integer> IP_TOS = LEVEL.rw("IP_TOS", Linux.IP_TOS, range(0, MAX_BYTE));

    /** Bind to any address and take what is redirected to it (TPROXY); CAP_NET_RAW does too. */
    public static final Option<Boolean> IP_TRANSPARENT =
            LEVEL.rw("IP_TRANSPARENT", Linux.IP_TRANSPARENT, BOOL).needs("CAP_NET_ADMIN");

    /** The TTL of sent packets, 1 to 255; -1 is the system's default. */
    public static final Option<Integer> IP_TTL = LEVEL.rw("IP_TTL", Linux.IP_TTL, INT);

    /** Take back IP_BLOCK_SOURCE. Set only; EADDRNOTAVAIL when it was not blocked. */
    public static final Option<MulticastGroup> IP_UNBLOCK_SOURCE =
            LEVEL.w("IP_UNBLOCK_SOURCE", Linux.IP_UNBLOCK_SOURCE, MulticastCodecs.MREQ_SOURCE);

    /** The index of the interface that unicast prefers; 0 for none. In C in network byte order, here not. Linux 3.4. */
    public static final Option<Integer> IP_UNICAST_IF = LEVEL.rw("IP_UNICAST_IF", Linux.IP_UNICAST_IF, BE_INT);

    /**
     * An IPsec policy for this socket: struct xfrm_userpolicy_info and its xfrm_user_tmpl[] as bytes; empty removes
     * it. Set only.
     */
    public static final Option<byte[]> IP_XFRM_POLICY =
            LEVEL.w("IP_XFRM_POLICY", Linux.IP_XFRM_POLICY, bytes(XFRM_POLICY)).needs("CAP_NET_ADMIN");

    /** IP_BLOCK_SOURCE with the interface by index. Set only. */
    public static final Option<MulticastGroup> MCAST_BLOCK_SOURCE =
            LEVEL.w("MCAST_BLOCK_SOURCE", Linux.MCAST_BLOCK_SOURCE, MulticastCodecs.GROUP_SOURCE_REQ);

    /** IP_ADD_MEMBERSHIP as RFC 3678 has it. Set only. */
    public static final Option<MulticastGroup> MCAST_JOIN_GROUP =
            LEVEL.w("MCAST_JOIN_GROUP", Linux.MCAST_JOIN_GROUP, MulticastCodecs.GROUP_REQ);

    /** IP_ADD_SOURCE_MEMBERSHIP with the interface by index. Set only. */
    public static final Option<MulticastGroup> MCAST_JOIN_SOURCE_GROUP =
            LEVEL.w("MCAST_JOIN_SOURCE_GROUP", Linux.MCAST_JOIN_SOURCE_GROUP, MulticastCodecs.GROUP_SOURCE_REQ);

    /** IP_DROP_MEMBERSHIP as RFC 3678 has it. Set only. */
    public static final Option<MulticastGroup> MCAST_LEAVE_GROUP =
            LEVEL.w("MCAST_LEAVE_GROUP", Linux.MCAST_LEAVE_GROUP, MulticastCodecs.GROUP_REQ);

    /** IP_DROP_SOURCE_MEMBERSHIP with the interface by index. Set only. */
    public static final Option<MulticastGroup> MCAST_LEAVE_SOURCE_GROUP =
            LEVEL.w("MCAST_LEAVE_SOURCE_GROUP", Linux.MCAST_LEAVE_SOURCE_GROUP, MulticastCodecs.GROUP_SOURCE_REQ);

    /** IP_MSFILTER with the interface by index. Reading needs a request with group and interface. */
    public static final Option<SourceFilter> MCAST_MSFILTER =
            LEVEL.rw("MCAST_MSFILTER", Linux.MCAST_MSFILTER, MulticastCodecs.GROUP_FILTER);

    /** IP_UNBLOCK_SOURCE with the interface by index. Set only. */
    public static final Option<MulticastGroup> MCAST_UNBLOCK_SOURCE =
            LEVEL.w("MCAST_UNBLOCK_SOURCE", Linux.MCAST_UNBLOCK_SOURCE, MulticastCodecs.GROUP_SOURCE_REQ);

    /**
     * Where a connection, or a connected datagram socket, wanted to go before REDIRECT or DNAT of the firewall sent it here.
     * TCP and SCTP. ENOENT when connection tracking knows nothing of it, ENOPROTOOPT where the kernel has none.
     */
    public static final Option<InetSocketAddress> SO_ORIGINAL_DST =
            LEVEL.r("SO_ORIGINAL_DST", Linux.SO_ORIGINAL_DST, Sockaddrs.option(SockaddrIn.SIZE));

    private IpOptions() {}
}
