package io.sockfd.bpf;

import io.sockfd.option.FilterProgram;

/**
 * Compiles the expressions of tcpdump, such as {@code tcp port 80 and not host 10.0.0.1}, without libpcap.
 *
 * <ul>
 *   <li>{@code [src|dst|src or dst|src and dst] host A}, {@code net N}, {@code net N/bits}, {@code net N mask M}, {@code
 *       port P}, {@code portrange P-Q}, and {@code ether [src|dst] host E}; hosts, ports, networks and protocols also by
 *       their names on this machine: the resolver, /etc/services, /etc/networks, /etc/protocols, /etc/ethers
 *   <li>{@code ip ip6 arp rarp tcp udp sctp icmp icmp6 igmp igrp ah esp pim vrrp carp}, {@code atalk aarp decnet lat sca
 *       moprc mopdl iso esis isis clnp stp ipx netbeui} and the packets of IS-IS, alone or before the above; {@code
 *       proto N}, {@code protochain N}, {@code ip}, {@code ip6}, {@code ether} or {@code iso proto N}
 *   <li>{@code vlan [id]}, {@code mpls [label]}, {@code pppoed}, {@code pppoes [session]}, {@code geneve [vni]}, {@code
 *       vxlan [vni]}: what comes after it in the text looks behind it in the packet
 *   <li>{@code broadcast}, {@code multicast}, {@code ip broadcast}, {@code ip multicast}, {@code ip6 multicast}, {@code
 *       less N}, {@code greater N}, {@code byte N = V}, {@code inbound}, {@code outbound}, {@code ifindex N}, {@code llc
 *       [kind]}
 *   <li>comparisons of numbers, {@code len} and the bytes of headers, {@code tcp[tcpflags] & tcp-syn != 0}, {@code
 *       ip[6:2] & 0x1fff = 0}, with {@code + - * / % & | ^ << >>}
 *   <li>{@code and && or || not !} and parentheses; {@code and} and {@code or} bind alike, from left to right; {@code
 *       port 80 or 443} repeats what came before
 * </ul>
 *
 * <p>A program takes the packets that libpcap 1.10 takes, and is about as long. It differs where that has a fault: a load
 * that {@code byte N & V} forgets, the length of an authentication header in {@code protochain}, {@code & 0xffffffff}.
 * {@code protochain} looks behind ten headers, and {@code net NAME} takes the whole network.
 *
 * <p>The empty expression takes everything.
 *
 * <pre>{@code
 * FilterProgram dns = FilterExpression.compile("udp port 53", Framing.PACKET_RAW);
 * try (PacketSocket eth0 = PacketSocket.on("eth0")) {
 *     SocketFilter.attach(eth0.socket(), dns);
 * }
 * }</pre>
 *
 * @see <a href="https://www.tcpdump.org/manpages/pcap-filter.7.html">pcap-filter(7)</a>
 */
public final class FilterExpression {
    /** tcpdump's own: no packet is longer. */
    public static final int WHOLE_PACKET = 0x4_0000;

    /** For a network whose mask is not known, which {@code ip broadcast} asks for. */
    public static final int NETMASK_UNKNOWN = Addresses.NETMASK_UNKNOWN;

    private FilterExpression() {}

    /** As {@link #compile(String, Framing, int)}, for whole packets. */
    public static FilterProgram compile(String expression, Framing link) {
        return compile(expression, link, WHOLE_PACKET);
    }

    /** As {@link #compile(String, Framing, int, int)}, where the netmask is not known. */
    public static FilterProgram compile(String expression, Framing link, int bytes) {
        return compile(expression, link, bytes, NETMASK_UNKNOWN);
    }

    /**
     * The program of an expression.
     *
     * @param link what packets begin with
     * @param bytes how many of a packet to keep
     * @param netmask of the interface, for {@code ip broadcast}: {@code 0xffffff00} is 255.255.255.0
     * @throws BpfException names the column, or says that the program became too long, or that it would take no packet
     */
    public static FilterProgram compile(String expression, Framing link, int bytes, int netmask) {
        boolean outside = link == Framing.PACKET_RAW || link == Framing.PACKET_DGRAM;
        FilterParser parser = new FilterParser(expression, link, outside, netmask);
        Condition condition = parser.parse();
        if (link == Framing.PACKET_RAW && parser.asksForVlan()) {
            // a tag that the kernel has left in the packet: what a sender of its own wrote, seen on its way out
            Condition inside = new FilterParser(expression, link, false, netmask).parse();
            Condition taken = new Condition.Value.Extended(Extension.VLAN_AVAIL).is(1);
            condition = taken.and(condition).or(taken.not().and(inside));
        }
        FlowGraph graph = new FlowGraph(true);
        FlowGraph.Node root = new FlowOptimizer(graph).optimize(graph.build(condition));
        if (root == graph.drop && isPlainlyEmpty(condition)) {
            throw new BpfException("column 1: the expression takes no packet at all of " + link);
        }
        return Verifier.verify(new FlowCode(graph, root).program(root, bytes));
    }

    /** Whether libpcap would say that the expression rejects all packets; what it does not see is not refused here. */
    private static boolean isPlainlyEmpty(Condition condition) {
        FlowGraph graph = new FlowGraph(false);
        return new FlowOptimizer(graph).optimize(graph.build(condition)) == graph.drop;
    }
}
