package io.sockfd.option;

import static io.sockfd.option.Family.INET;
import static io.sockfd.option.Family.INET6;
import static io.sockfd.option.Family.RAW4;
import static io.sockfd.option.Family.RAW6;
import static io.sockfd.option.Family.TCP4;
import static io.sockfd.option.Family.UDP4;
import static io.sockfd.option.Family.UDP6;
import static io.sockfd.option.IpOptions.*;
import static io.sockfd.option.Row.row;
import static io.sockfd.option.Row.toggleOn;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.Errno;
import io.sockfd.Option;
import io.sockfd.raw.Linux;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;

/** Groups, IPv4 and IPv6, on loopback; what then arrives is in {@link MulticastIT}. */
final class MulticastRows {
    private static final int TOO_LARGE = 256;
    private static final int LO = 1;
    private static final InetAddress SOURCE4 = address("127.0.0.2");
    private static final InetAddress SOURCE6 = address("::1");
    private static final MulticastGroup ANY4 = MulticastGroup.of(address("239.255.1.2"), LO);
    private static final MulticastGroup SSM4 =
            MulticastGroup.of(address("232.1.2.3"), LO).from(SOURCE4);
    private static final MulticastGroup ANY6 = MulticastGroup.of(address("ff05::1:2"), LO);
    private static final MulticastGroup SSM6 =
            MulticastGroup.of(address("ff35::1:3"), LO).from(SOURCE6);

    private MulticastRows() {}

    static void add(List<Row<?>> rows) {
        sending(rows);
        any(rows, IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP, ANY4, UDP4, UDP6, RAW4);
        any(rows, MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP, ANY4, UDP4, UDP6, RAW4);
        any(rows, Ipv6Options.IPV6_JOIN_GROUP, Ipv6Options.IPV6_LEAVE_GROUP, ANY6, UDP6, RAW6);
        any(rows, Ipv6Options.MCAST_JOIN_GROUP, Ipv6Options.MCAST_LEAVE_GROUP, ANY6, UDP6, RAW6);
        rows.add(row(IP_ADD_MEMBERSHIP, TCP4).refuses(ANY4, Errno.EPROTO)); // TCP knows no groups
        source(rows, IP_ADD_SOURCE_MEMBERSHIP, IP_DROP_SOURCE_MEMBERSHIP, SSM4, UDP4, UDP6);
        source(rows, MCAST_JOIN_SOURCE_GROUP, MCAST_LEAVE_SOURCE_GROUP, SSM4, UDP4, UDP6);
        source(rows, Ipv6Options.MCAST_JOIN_SOURCE_GROUP, Ipv6Options.MCAST_LEAVE_SOURCE_GROUP, SSM6, UDP6);
        block(rows, IP_ADD_MEMBERSHIP, IP_BLOCK_SOURCE, IP_UNBLOCK_SOURCE, ANY4.from(SOURCE4), UDP4);
        block(rows, MCAST_JOIN_GROUP, MCAST_BLOCK_SOURCE, MCAST_UNBLOCK_SOURCE, ANY4.from(SOURCE4), UDP4);
        block(
                rows,
                Ipv6Options.MCAST_JOIN_GROUP,
                Ipv6Options.MCAST_BLOCK_SOURCE,
                Ipv6Options.MCAST_UNBLOCK_SOURCE,
                ANY6.from(SOURCE6),
                UDP6);
        filter(rows, IP_MSFILTER, IP_ADD_MEMBERSHIP, ANY4, SOURCE4, UDP4);
        filter(rows, MCAST_MSFILTER, MCAST_JOIN_GROUP, ANY4, SOURCE4, UDP4);
        filter(rows, Ipv6Options.MCAST_MSFILTER, Ipv6Options.MCAST_JOIN_GROUP, ANY6, SOURCE6, UDP6);
        anycast(rows);
    }

    private static void sending(List<Row<?>> rows) {
        rows.add(toggleOn(IP_MULTICAST_ALL, UDP4, TCP4, RAW4));
        rows.add(row(IP_MULTICAST_IF, UDP4, UDP6, RAW4)
                .reads(MulticastInterface.of(0))
                .takes(MulticastInterface.of(LO))
                .takes(MulticastInterface.of(loopback()))
                .reads("127.0.0.1", value -> value.address().isLoopbackAddress() && value.ifindex() == 0)
                .refuses(MulticastInterface.of(1 << 30), Errno.EADDRNOTAVAIL));
        rows.add(row(IP_MULTICAST_IF, TCP4).refuses(MulticastInterface.of(LO), Errno.EINVAL));
        rows.add(toggleOn(IP_MULTICAST_LOOP, INET));
        rows.add(row(IP_MULTICAST_TTL, UDP4, UDP6, RAW4)
                .reads(1)
                .sets(255)
                .sets(-1, 1)
                .refuses(TOO_LARGE, Errno.EINVAL));
        rows.add(row(IP_MULTICAST_TTL, TCP4).reads(1).refuses(2, Errno.EINVAL));
        rows.add(toggleOn(Ipv6Options.IPV6_MULTICAST_ALL, INET6).since(4, 20));
        rows.add(row(Ipv6Options.IPV6_MULTICAST_HOPS, UDP6, RAW6)
                .reads(1)
                .sets(255)
                .sets(-1, 1)
                .refuses(TOO_LARGE, Errno.EINVAL));
        rows.add(row(Ipv6Options.IPV6_MULTICAST_IF, UDP6, RAW6)
                .reads(0)
                .sets(LO)
                .sets(0)
                .refuses(1 << 30, Errno.ENODEV));
        rows.add(toggleOn(Ipv6Options.IPV6_MULTICAST_LOOP, INET6));
    }

    private static void any(
            List<Row<?>> rows,
            Option<MulticastGroup> join,
            Option<MulticastGroup> leave,
            MulticastGroup group,
            Family... families) {
        rows.add(row(join, families).takes(group).refuses(group, Errno.EADDRINUSE));
        rows.add(row(leave, families)
                .refuses(group, Errno.EADDRNOTAVAIL)
                .then(fd -> join.set(fd, group))
                .takes(group)
                .refuses(group, Errno.EADDRNOTAVAIL));
    }

    private static void source(
            List<Row<?>> rows,
            Option<MulticastGroup> join,
            Option<MulticastGroup> leave,
            MulticastGroup group,
            Family... families) {
        rows.add(row(join, families).takes(group).refuses(group, Errno.EADDRNOTAVAIL));
        // what was never joined: IPv4 EINVAL, IPv6 EINVAL too
        rows.add(row(leave, families)
                .refuses(group, Errno.EINVAL)
                .then(fd -> join.set(fd, group))
                .takes(group)
                .refuses(group, Errno.EINVAL));
    }

    private static void block(
            List<Row<?>> rows,
            Option<MulticastGroup> join,
            Option<MulticastGroup> block,
            Option<MulticastGroup> unblock,
            MulticastGroup source,
            Family family) {
        rows.add(row(block, family)
                .then(fd -> join.set(fd, source))
                .takes(source)
                .refuses(source, Errno.EADDRNOTAVAIL));
        rows.add(row(unblock, family)
                .then(fd -> join.set(fd, source))
                .refuses(source, Errno.EADDRNOTAVAIL)
                .then(fd -> block.set(fd, source))
                .takes(source));
    }

    private static void filter(
            List<Row<?>> rows,
            Option<SourceFilter> filter,
            Option<MulticastGroup> join,
            MulticastGroup group,
            InetAddress source,
            Family family) {
        SourceFilter request = SourceFilter.request(group.group(), LO);
        SourceFilter exclude = new SourceFilter(group.group(), LO, Linux.MCAST_EXCLUDE, List.of());
        SourceFilter include = new SourceFilter(group.group(), LO, Linux.MCAST_INCLUDE, List.of(source));
        rows.add(row(filter, family)
                .then(fd -> join.set(fd, group))
                .readsFor(request, exclude)
                .takes(include)
                .readsFor(request, include)
                .then(fd -> assertEquals(
                        UnsupportedOperationException.class,
                        org.junit.jupiter.api.Assertions.assertThrows(RuntimeException.class, () -> filter.get(fd))
                                .getClass())));
    }

    private static void anycast(List<Row<?>> rows) {
        MulticastGroup address = MulticastGroup.of(address("fd00::77"), LO);
        // the prefix is not on that link, which only a router may ignore
        rows.add(row(Ipv6Options.IPV6_JOIN_ANYCAST, UDP6).refuses(address, Errno.EADDRNOTAVAIL));
        rows.add(row(Ipv6Options.IPV6_LEAVE_ANYCAST, UDP6).refuses(address, Errno.ENOENT));
        rows.add(row(Ipv6Options.IPV6_JOIN_ANYCAST, UDP6)
                .refuses(MulticastGroup.of(address("ff02::1"), LO), Errno.EINVAL));
    }

    private static NetworkInterface loopback() {
        try {
            return NetworkInterface.getByIndex(LO);
        } catch (java.net.SocketException e) {
            throw new AssertionError(e);
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
