package io.sockfd.option;

import static io.sockfd.Codecs.BE_INT;
import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.INT;
import static io.sockfd.Codecs.bytes;
import static io.sockfd.Codecs.flags;
import static io.sockfd.Codecs.range;
import static io.sockfd.option.Sizes.EXTENSION_HEADER;
import static io.sockfd.option.Sizes.PKTOPTIONS;
import static io.sockfd.option.Sizes.SOCKADDR_IN6;
import static io.sockfd.option.Sizes.XFRM_POLICY;

import io.sockfd.Option;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrIn6;
import java.net.InetSocketAddress;

/**
 * The options of IPv6: IPPROTO_IPV6, and the MCAST_ ones of RFC 3678 on this level.
 *
 * <pre>{@code
 * try (Socket udp = Socket.udp6()) {
 *     udp.setOption(Ipv6Options.IPV6_V6ONLY, true).setOption(Ipv6Options.IPV6_RECVPKTINFO, true);
 *     udp.setOption(Ipv6Options.MCAST_JOIN_GROUP, MulticastGroup.of(InetAddress.getByName("ff02::1:2"), "eth0"));
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/ipv6.7.html">ipv6(7)</a>, section "Socket options"
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3493">RFC 3493</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3542">RFC 3542</a>
 */
public final class Ipv6Options {
    private static final Level LEVEL = new Level(Linux.IPPROTO_IPV6);
    private static final int PREFERENCES = Linux.IPV6_PREFER_SRC_TMP
            | Linux.IPV6_PREFER_SRC_PUBLIC
            | Linux.IPV6_PREFER_SRC_PUBTMP_DEFAULT
            | Linux.IPV6_PREFER_SRC_COA
            | Linux.IPV6_PREFER_SRC_HOME;

    /** {@link IpOptions#SO_ORIGINAL_DST} over IPv6. */
    public static final Option<InetSocketAddress> IP6T_SO_ORIGINAL_DST =
            LEVEL.r("IP6T_SO_ORIGINAL_DST", Linux.IP6T_SO_ORIGINAL_DST, Sockaddrs.option(SockaddrIn6.SIZE));

    /** IPV6_RECVDSTOPTS as RFC 2292 had it. */
    public static final Option<Boolean> IPV6_2292DSTOPTS = LEVEL.rw("IPV6_2292DSTOPTS", Linux.IPV6_2292DSTOPTS, BOOL);

    /** IPV6_RECVHOPLIMIT as RFC 2292 had it. */
    public static final Option<Boolean> IPV6_2292HOPLIMIT =
            LEVEL.rw("IPV6_2292HOPLIMIT", Linux.IPV6_2292HOPLIMIT, BOOL);

    /** IPV6_RECVHOPOPTS as RFC 2292 had it. */
    public static final Option<Boolean> IPV6_2292HOPOPTS = LEVEL.rw("IPV6_2292HOPOPTS", Linux.IPV6_2292HOPOPTS, BOOL);

    /** IPV6_RECVPKTINFO as RFC 2292 had it. */
    public static final Option<Boolean> IPV6_2292PKTINFO = LEVEL.rw("IPV6_2292PKTINFO", Linux.IPV6_2292PKTINFO, BOOL);

    /**
     * Control messages for all that is sent, as bytes; empty removes them. Reading is for TCP; elsewhere ENOPROTOOPT.
     */
    public static final Option<byte[]> IPV6_2292PKTOPTIONS =
            LEVEL.rw("IPV6_2292PKTOPTIONS", Linux.IPV6_2292PKTOPTIONS, bytes(PKTOPTIONS));

    /** IPV6_RECVRTHDR as RFC 2292 had it. */
    public static final Option<Boolean> IPV6_2292RTHDR = LEVEL.rw("IPV6_2292RTHDR", Linux.IPV6_2292RTHDR, BOOL);

    /**
     * Set to AF_INET to make a socket that is connected to an IPv4-mapped address an IPv4 socket; ENOTCONN before.
     * Gives the family.
     */
    public static final Option<Integer> IPV6_ADDRFORM = LEVEL.rw("IPV6_ADDRFORM", Linux.IPV6_ADDRFORM, INT);

    /**
     * Which source address is chosen: IPV6_PREFER_SRC_ … (RFC 5014). Of each pair that is left out the kernel sets and
     * gives the default; it knows none about CGA, which is refused.
     */
    public static final Option<Integer> IPV6_ADDR_PREFERENCES =
            LEVEL.rw("IPV6_ADDR_PREFERENCES", Linux.IPV6_ADDR_PREFERENCES, flags(PREFERENCES));

    /** Whether the kernel makes flow labels up. Linux 3.17. */
    public static final Option<Boolean> IPV6_AUTOFLOWLABEL =
            LEVEL.rw("IPV6_AUTOFLOWLABEL", Linux.IPV6_AUTOFLOWLABEL, BOOL);

    /**
     * Where in the data the kernel fills in and checks the checksum, in bytes and even; -1 is off. Raw sockets;
     * ENOPROTOOPT on others.
     */
    public static final Option<Integer> IPV6_CHECKSUM =
            LEVEL.rw("IPV6_CHECKSUM", Linux.IPV6_CHECKSUM, range(-1, Integer.MAX_VALUE));

    /** Do not fragment: EMSGSIZE beyond the MTU. */
    public static final Option<Boolean> IPV6_DONTFRAG = LEVEL.rw("IPV6_DONTFRAG", Linux.IPV6_DONTFRAG, BOOL);

    /** The destination options header of sent packets, as on the wire; empty removes it. */
    public static final Option<byte[]> IPV6_DSTOPTS = LEVEL.rw(
                    "IPV6_DSTOPTS", Linux.IPV6_DSTOPTS, bytes(EXTENSION_HEADER))
            .needs("CAP_NET_RAW");

    /** Receive traffic class and flow label (IPV6_FLOWINFO). */
    public static final Option<Boolean> IPV6_FLOWINFO = LEVEL.rw("IPV6_FLOWINFO", Linux.IPV6_FLOWINFO, BOOL);

    /** Send with the flow label in the destination's sin6_flowinfo. */
    public static final Option<Boolean> IPV6_FLOWINFO_SEND =
            LEVEL.rw("IPV6_FLOWINFO_SEND", Linux.IPV6_FLOWINFO_SEND, BOOL);

    /** Lease, renew and release flow labels. Reading gives this socket's label of TCP; ENOENT without one. */
    public static final Option<FlowLabelRequest> IPV6_FLOWLABEL_MGR =
            LEVEL.rw("IPV6_FLOWLABEL_MGR", Linux.IPV6_FLOWLABEL_MGR, FlowLabelRequest.CODEC);

    /** Bind to an address that this host does not have, or not yet. Linux 4.15. */
    public static final Option<Boolean> IPV6_FREEBIND = LEVEL.rw("IPV6_FREEBIND", Linux.IPV6_FREEBIND, BOOL);

    /** The sender provides the IPv6 header. Raw sockets, Linux 4.5; ENOPROTOOPT on others. */
    public static final Option<Boolean> IPV6_HDRINCL = LEVEL.rw("IPV6_HDRINCL", Linux.IPV6_HDRINCL, BOOL);

    /** The hop limit of one datagram. A control message only. */
    public static final Option<Integer> IPV6_HOPLIMIT = LEVEL.cmsg("IPV6_HOPLIMIT", Linux.IPV6_HOPLIMIT, INT);

    /** The hop-by-hop options header of sent packets, as on the wire; empty removes it. */
    public static final Option<byte[]> IPV6_HOPOPTS = LEVEL.rw(
                    "IPV6_HOPOPTS", Linux.IPV6_HOPOPTS, bytes(EXTENSION_HEADER))
            .needs("CAP_NET_RAW");

    /**
     * An IPsec policy as the old PF_KEY sadb_x_policy, as bytes. Set only; EOPNOTSUPP unless the module af_key is
     * there.
     */
    public static final Option<byte[]> IPV6_IPSEC_POLICY = LEVEL.w(
                    "IPV6_IPSEC_POLICY", Linux.IPV6_IPSEC_POLICY, bytes(XFRM_POLICY))
            .needs("CAP_NET_ADMIN");

    /** Answer to an anycast address. Set only. */
    public static final Option<MulticastGroup> IPV6_JOIN_ANYCAST = LEVEL.w(
                    "IPV6_JOIN_ANYCAST", Linux.IPV6_JOIN_ANYCAST, MulticastCodecs.MREQ6)
            .needs("CAP_NET_ADMIN");

    /** Join a group from any source; also called IPV6_ADD_MEMBERSHIP. Set only; EADDRINUSE when joined already. */
    public static final Option<MulticastGroup> IPV6_JOIN_GROUP =
            LEVEL.w("IPV6_JOIN_GROUP", Linux.IPV6_JOIN_GROUP, MulticastCodecs.MREQ6);

    /** Give an anycast address up. Set only; ENOENT when not joined. */
    public static final Option<MulticastGroup> IPV6_LEAVE_ANYCAST =
            LEVEL.w("IPV6_LEAVE_ANYCAST", Linux.IPV6_LEAVE_ANYCAST, MulticastCodecs.MREQ6);

    /** Leave a group; also called IPV6_DROP_MEMBERSHIP. Set only; EADDRNOTAVAIL when not joined. */
    public static final Option<MulticastGroup> IPV6_LEAVE_GROUP =
            LEVEL.w("IPV6_LEAVE_GROUP", Linux.IPV6_LEAVE_GROUP, MulticastCodecs.MREQ6);

    /** The least hop limit that is accepted, 0 to 255: RFC 5082. TCP. Linux 2.6.35. */
    public static final Option<Integer> IPV6_MINHOPCOUNT = LEVEL.rw("IPV6_MINHOPCOUNT", Linux.IPV6_MINHOPCOUNT, INT);

    /** The path's MTU in bytes; ENOTCONN unless connected. Set it (1280 and more, or 0) to send smaller packets; what was set cannot be read. */
    public static final Option<Integer> IPV6_MTU = LEVEL.rw("IPV6_MTU", Linux.IPV6_MTU, INT);

    /** IPV6_PMTUDISC_DONT, WANT, DO, PROBE, INTERFACE or OMIT. */
    public static final Option<Integer> IPV6_MTU_DISCOVER = LEVEL.rw("IPV6_MTU_DISCOVER", Linux.IPV6_MTU_DISCOVER, INT);

    /**
     * Receive from the groups that any socket of this host joined (true, the default) or only from one's own. Linux
     * 4.20.
     */
    public static final Option<Boolean> IPV6_MULTICAST_ALL =
            LEVEL.rw("IPV6_MULTICAST_ALL", Linux.IPV6_MULTICAST_ALL, BOOL);

    /** The hop limit of sent multicast, 0 to 255; -1 is 1, the default. */
    public static final Option<Integer> IPV6_MULTICAST_HOPS =
            LEVEL.rw("IPV6_MULTICAST_HOPS", Linux.IPV6_MULTICAST_HOPS, INT);

    /** The index of the interface where multicast leaves, 0 for the route's. */
    public static final Option<Integer> IPV6_MULTICAST_IF = LEVEL.rw("IPV6_MULTICAST_IF", Linux.IPV6_MULTICAST_IF, INT);

    /** Whether this host hears its own multicast; the sender decides. */
    public static final Option<Boolean> IPV6_MULTICAST_LOOP =
            LEVEL.rw("IPV6_MULTICAST_LOOP", Linux.IPV6_MULTICAST_LOOP, BOOL);

    /** The next hop's sockaddr_in6. Linux only knows it as a name: ENOPROTOOPT. */
    public static final Option<byte[]> IPV6_NEXTHOP =
            LEVEL.cmsg("IPV6_NEXTHOP", Linux.IPV6_NEXTHOP, bytes(SOCKADDR_IN6));

    /** The path's MTU and destination. Read only; ENOTCONN unless connected. */
    public static final Option<Ip6Mtuinfo> IPV6_PATHMTU = LEVEL.r("IPV6_PATHMTU", Linux.IPV6_PATHMTU, Ip6Mtuinfo.CODEC);

    /** Source address and interface of all that is sent; all zero removes it. Set only, and a control message. */
    public static final Option<In6Pktinfo> IPV6_PKTINFO = LEVEL.w("IPV6_PKTINFO", Linux.IPV6_PKTINFO, In6Pktinfo.CODEC);

    /** Receive the destination options header (IPV6_DSTOPTS). */
    public static final Option<Boolean> IPV6_RECVDSTOPTS = LEVEL.rw("IPV6_RECVDSTOPTS", Linux.IPV6_RECVDSTOPTS, BOOL);

    /** Keep ICMPv6 errors with their cause in the error queue (MSG_ERRQUEUE). */
    public static final Option<Boolean> IPV6_RECVERR = LEVEL.rw("IPV6_RECVERR", Linux.IPV6_RECVERR, BOOL);

    /** IPV6_RECVERR with the position of extensions after RFC 4884. Datagrams, Linux 5.9. */
    public static final Option<Boolean> IPV6_RECVERR_RFC4884 =
            LEVEL.rw("IPV6_RECVERR_RFC4884", Linux.IPV6_RECVERR_RFC4884, BOOL);

    /** Receive the size of the largest fragment (int). Linux 4.11. */
    public static final Option<Boolean> IPV6_RECVFRAGSIZE =
            LEVEL.rw("IPV6_RECVFRAGSIZE", Linux.IPV6_RECVFRAGSIZE, BOOL);

    /** Receive the hop limit (IPV6_HOPLIMIT). */
    public static final Option<Boolean> IPV6_RECVHOPLIMIT =
            LEVEL.rw("IPV6_RECVHOPLIMIT", Linux.IPV6_RECVHOPLIMIT, BOOL);

    /** Receive the hop-by-hop options header (IPV6_HOPOPTS). */
    public static final Option<Boolean> IPV6_RECVHOPOPTS = LEVEL.rw("IPV6_RECVHOPOPTS", Linux.IPV6_RECVHOPOPTS, BOOL);

    /** Receive the destination before a redirect (IPV6_ORIGDSTADDR). */
    public static final Option<Boolean> IPV6_RECVORIGDSTADDR =
            LEVEL.rw("IPV6_RECVORIGDSTADDR", Linux.IPV6_RECVORIGDSTADDR, BOOL);

    /** Receive a path MTU that became smaller (IPV6_PATHMTU). */
    public static final Option<Boolean> IPV6_RECVPATHMTU = LEVEL.rw("IPV6_RECVPATHMTU", Linux.IPV6_RECVPATHMTU, BOOL);

    /** Receive interface and destination (IPV6_PKTINFO). */
    public static final Option<Boolean> IPV6_RECVPKTINFO = LEVEL.rw("IPV6_RECVPKTINFO", Linux.IPV6_RECVPKTINFO, BOOL);

    /** Receive the routing header (IPV6_RTHDR). */
    public static final Option<Boolean> IPV6_RECVRTHDR = LEVEL.rw("IPV6_RECVRTHDR", Linux.IPV6_RECVRTHDR, BOOL);

    /** Receive the traffic class (IPV6_TCLASS). */
    public static final Option<Boolean> IPV6_RECVTCLASS = LEVEL.rw("IPV6_RECVTCLASS", Linux.IPV6_RECVTCLASS, BOOL);

    /**
     * Receive all packets to forward whose router alert has this value; -1 ends that, and 1 is read
     * for any. Raw sockets of IPPROTO_RAW;
     * ENOPROTOOPT on others.
     */
    public static final Option<Integer> IPV6_ROUTER_ALERT = LEVEL.rw("IPV6_ROUTER_ALERT", Linux.IPV6_ROUTER_ALERT, INT);

    /** IPV6_ROUTER_ALERT only for this network namespace. Linux 5.1. */
    public static final Option<Boolean> IPV6_ROUTER_ALERT_ISOLATE =
            LEVEL.rw("IPV6_ROUTER_ALERT_ISOLATE", Linux.IPV6_ROUTER_ALERT_ISOLATE, BOOL);

    /**
     * The routing header of sent packets, as on the wire; empty removes it. Only types 2 and 4 (segment routing) are
     * taken.
     */
    public static final Option<byte[]> IPV6_RTHDR =
            LEVEL.rw("IPV6_RTHDR", Linux.IPV6_RTHDR, bytes(EXTENSION_HEADER)).needs("CAP_NET_RAW");

    /** The destination options header before the routing header, as on the wire; empty removes it. */
    public static final Option<byte[]> IPV6_RTHDRDSTOPTS = LEVEL.rw(
                    "IPV6_RTHDRDSTOPTS", Linux.IPV6_RTHDRDSTOPTS, bytes(EXTENSION_HEADER))
            .needs("CAP_NET_RAW");

    /** The traffic class of sent packets, 0 to 255; -1 is 0, the default. On TCP the two ECN bits stay the kernel's. */
    public static final Option<Integer> IPV6_TCLASS = LEVEL.rw("IPV6_TCLASS", Linux.IPV6_TCLASS, INT);

    /** Bind to any address and take what is redirected to it (TPROXY); CAP_NET_RAW does too. */
    public static final Option<Boolean> IPV6_TRANSPARENT =
            LEVEL.rw("IPV6_TRANSPARENT", Linux.IPV6_TRANSPARENT, BOOL).needs("CAP_NET_ADMIN");

    /** The hop limit of sent packets, 0 to 255; -1 is the route's. */
    public static final Option<Integer> IPV6_UNICAST_HOPS = LEVEL.rw("IPV6_UNICAST_HOPS", Linux.IPV6_UNICAST_HOPS, INT);

    /** The index of the interface that unicast prefers; 0 for none. In C in network byte order, here not. Linux 3.4. */
    public static final Option<Integer> IPV6_UNICAST_IF = LEVEL.rw("IPV6_UNICAST_IF", Linux.IPV6_UNICAST_IF, BE_INT);

    /** No IPv4 through this socket; EINVAL once it is bound. */
    public static final Option<Boolean> IPV6_V6ONLY = LEVEL.rw("IPV6_V6ONLY", Linux.IPV6_V6ONLY, BOOL);

    /**
     * An IPsec policy for this socket: struct xfrm_userpolicy_info and its xfrm_user_tmpl[] as bytes; empty removes
     * it. Set only.
     */
    public static final Option<byte[]> IPV6_XFRM_POLICY = LEVEL.w(
                    "IPV6_XFRM_POLICY", Linux.IPV6_XFRM_POLICY, bytes(XFRM_POLICY))
            .needs("CAP_NET_ADMIN");

    /** Refuse one source of a group joined from any. Set only. */
    public static final Option<MulticastGroup> MCAST_BLOCK_SOURCE =
            LEVEL.w("MCAST_BLOCK_SOURCE", Linux.MCAST_BLOCK_SOURCE, MulticastCodecs.GROUP_SOURCE_REQ);

    /** IPV6_JOIN_GROUP as RFC 3678 has it. Set only. */
    public static final Option<MulticastGroup> MCAST_JOIN_GROUP =
            LEVEL.w("MCAST_JOIN_GROUP", Linux.MCAST_JOIN_GROUP, MulticastCodecs.GROUP_REQ);

    /** Join a group for one source. Set only. */
    public static final Option<MulticastGroup> MCAST_JOIN_SOURCE_GROUP =
            LEVEL.w("MCAST_JOIN_SOURCE_GROUP", Linux.MCAST_JOIN_SOURCE_GROUP, MulticastCodecs.GROUP_SOURCE_REQ);

    /** IPV6_LEAVE_GROUP as RFC 3678 has it. Set only. */
    public static final Option<MulticastGroup> MCAST_LEAVE_GROUP =
            LEVEL.w("MCAST_LEAVE_GROUP", Linux.MCAST_LEAVE_GROUP, MulticastCodecs.GROUP_REQ);

    /** Leave one source of a group. Set only. */
    public static final Option<MulticastGroup> MCAST_LEAVE_SOURCE_GROUP =
            LEVEL.w("MCAST_LEAVE_SOURCE_GROUP", Linux.MCAST_LEAVE_SOURCE_GROUP, MulticastCodecs.GROUP_SOURCE_REQ);

    /** The sources of a joined group. Reading needs a request with group and interface. */
    public static final Option<SourceFilter> MCAST_MSFILTER =
            LEVEL.rw("MCAST_MSFILTER", Linux.MCAST_MSFILTER, MulticastCodecs.GROUP_FILTER);

    /** Take back MCAST_BLOCK_SOURCE. Set only. */
    public static final Option<MulticastGroup> MCAST_UNBLOCK_SOURCE =
            LEVEL.w("MCAST_UNBLOCK_SOURCE", Linux.MCAST_UNBLOCK_SOURCE, MulticastCodecs.GROUP_SOURCE_REQ);

    private Ipv6Options() {}
}
