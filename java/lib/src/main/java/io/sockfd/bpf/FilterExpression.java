package io.sockfd.bpf;

import io.sockfd.option.FilterProgram;

/**
 * Compiles the expressions of tcpdump, such as {@code tcp port 80 and not host 10.0.0.1}, without libpcap.
 *
 * <ul>
 *   <li>{@code [src|dst|src or dst|src and dst] host A}, {@code net N}, {@code net N/bits}, {@code net N mask M}, {@code
 *       port P}, {@code portrange P-Q}, and {@code ether [src|dst] host E}; addresses and ports are numbers
 *   <li>{@code ip ip6 arp rarp tcp udp sctp icmp icmp6 igmp ah esp pim vrrp}, alone or before the above; {@code proto N},
 *       {@code ip proto N}, {@code ip6 proto N}, {@code ether proto N}
 *   <li>{@code vlan [id]}, after which everything looks behind the tag; {@code broadcast}, {@code multicast}, {@code ip
 *       multicast}, {@code ip6 multicast}; {@code less N}, {@code greater N}; {@code inbound}, {@code outbound}
 *   <li>comparisons of numbers, {@code len} and the bytes of headers, {@code tcp[tcpflags] & tcp-syn != 0}, {@code
 *       ip[6:2] & 0x1fff = 0}, with {@code + - * / % & | ^ << >>}
 *   <li>{@code and && or || not !} and parentheses; {@code and} and {@code or} bind alike, from left to right; {@code
 *       port 80 or 443} repeats what came before
 * </ul>
 *
 * <p>The empty expression takes everything.
 *
 * @see <a href="https://www.tcpdump.org/manpages/pcap-filter.7.html">pcap-filter(7)</a>
 */
public final class FilterExpression {
    /** tcpdump's own: no packet is longer. */
    public static final int WHOLE_PACKET = 0x4_0000;

    private static final String TAKE = "take";
    private static final String DROP = "drop";

    private FilterExpression() {}

    /** As {@link #compile(String, Framing, int)}, for whole packets. */
    public static FilterProgram compile(String expression, Framing link) {
        return compile(expression, link, WHOLE_PACKET);
    }

    /**
     * The program of an expression.
     *
     * @param link what packets begin with
     * @param bytes how many of a packet to keep
     * @throws BpfException names the column, or says that the program became too long
     */
    public static FilterProgram compile(String expression, Framing link, int bytes) {
        boolean outside = link == Framing.PACKET_RAW || link == Framing.PACKET_DGRAM;
        FilterParser parser = new FilterParser(expression, link, outside);
        Condition condition = parser.parse();
        ProgramBuilder builder = new ProgramBuilder();
        FilterCode code = new FilterCode(builder);
        if (link == Framing.PACKET_RAW && parser.asksForVlan()) {
            // a tag that the kernel has left in the packet: what a sender of its own wrote, seen on its way out
            Condition inside = new FilterParser(expression, link, false).parse();
            String tagInside = code.label();
            String tagOutside = code.label();
            code.test(new Condition.Value.Extended(Extension.VLAN_AVAIL).is(1), tagOutside, tagInside);
            builder.label(tagInside);
            code.test(inside, TAKE, DROP);
            builder.label(tagOutside);
        }
        code.test(condition, TAKE, DROP);
        FilterProgram program =
                builder.label(TAKE).ret(bytes).label(DROP).ret(0).build();
        return Verifier.verify(program);
    }
}
