package io.sockfd.packet;

import io.sockfd.raw.Linux;
import org.jspecify.annotations.Nullable;

/** Checksums that cover a pseudo-header. */
final class Transport {
    private Transport() {}

    /** The sum over pseudo-header, header and data up to {@code end}; ICMP over IPv4 has no pseudo-header. */
    static long sum(Header<?> h, @Nullable Ipv4 ip4, @Nullable Ipv6 ip6, @Nullable Ipv6Routing routing, int end) {
        int length = end - h.offset;
        long sum = 0;
        if (ip6 != null) {
            int last = routing == null ? -1 : routing.lastDestination();
            int destination = last < 0 ? ip6.offset + Ipv6.DESTINATION : last;
            sum = Checksum.pseudoHeader(ip6.b, ip6.offset + Ipv6.SOURCE, destination, protocol(h), length);
        } else if (ip4 != null && !(h instanceof Icmp)) {
            sum = Checksum.pseudoHeader(ip4.sourceAddress(), ip4.lastDestination(), protocol(h), length);
        }
        return Checksum.add(sum, h.b, h.offset, end);
    }

    static void fill(Header<?> h, @Nullable Ipv4 ip4, @Nullable Ipv6 ip6, @Nullable Ipv6Routing routing, int end) {
        int field = h.offset + field(h);
        Bytes.put16(h.b, field, 0);
        int checksum = Checksum.finish(sum(h, ip4, ip6, routing, end));
        // 0 would mean that there is none; its complement is as good
        Bytes.put16(h.b, field, checksum == 0 && h instanceof Udp ? 0xffff : checksum);
    }

    private static int field(Header<?> h) {
        if (h instanceof Tcp) {
            return Tcp.CHECKSUM;
        }
        return h instanceof Udp ? Udp.CHECKSUM : Icmp.CHECKSUM;
    }

    static int protocol(Header<?> h) {
        if (h instanceof Tcp) {
            return Linux.IPPROTO_TCP;
        } else if (h instanceof Udp) {
            return Linux.IPPROTO_UDP;
        }
        return h instanceof Icmp ? Linux.IPPROTO_ICMP : Linux.IPPROTO_ICMPV6;
    }
}
