package io.sockfd.option;

import static io.sockfd.option.IpOptions.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.option.Family.Fixture;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrIn;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What arrives on loopback after joining, leaving, blocking and unblocking. */
@Tag("once")
class MulticastIT {
    private static final int LO = 1;
    private static final int ADDRESS_LENGTH = 28;

    /** A socket bound to the group, and one that sends to it. */
    private record Party(Family family, InetAddress group, Fixture receiver, Fixture sender, ByteBuffer target)
            implements AutoCloseable {

        static Party of(Family family, String group) throws IOException {
            InetAddress address = InetAddress.getByName(group);
            Fixture receiver = family.open();
            Fixture sender = family.open();
            ByteBuffer target = address(address, 0);
            int length = address instanceof Inet6Address ? ADDRESS_LENGTH : SockaddrIn.SIZE;
            Family.call("bind", target, at -> Libc.get().bind(receiver.fd(), at, length));
            ByteBuffer room = Memory.allocate(ADDRESS_LENGTH + Integer.BYTES);
            room.putInt(ADDRESS_LENGTH, ADDRESS_LENGTH);
            Family.call("getsockname", room, at -> Libc.get().getsockname(receiver.fd(), at, at + ADDRESS_LENGTH));
            SockaddrIn.sin_port(target, 0, SockaddrIn.sin_port(room, 0));
            // one's own groups only: others on this host may have joined the same ones
            if (family == Family.UDP6) {
                Ipv6Options.IPV6_MULTICAST_ALL.set(receiver.fd(), false);
                Ipv6Options.IPV6_MULTICAST_IF.set(sender.fd(), LO);
            } else {
                IP_MULTICAST_ALL.set(receiver.fd(), false);
                IP_MULTICAST_IF.set(sender.fd(), MulticastInterface.of(LO));
            }
            family.bound(sender.fd()); // so that the source is 127.0.0.1 or ::1
            return new Party(family, address, receiver, sender, target);
        }

        private static ByteBuffer address(InetAddress address, int port) {
            ByteBuffer memory = Memory.allocate(ADDRESS_LENGTH);
            Sockaddrs.put(memory, 0, new java.net.InetSocketAddress(address, port));
            return memory;
        }

        int fd() {
            return receiver.fd();
        }

        MulticastGroup at() {
            return MulticastGroup.of(group, LO);
        }

        MulticastGroup from(String source) throws IOException {
            return at().from(InetAddress.getByName(source));
        }

        /** Sends one datagram, and says whether it arrived. */
        boolean hears() throws IOException {
            ByteBuffer data = Memory.allocate(1);
            int length = family == Family.UDP6 ? ADDRESS_LENGTH : SockaddrIn.SIZE;
            try {
                long sent = Libc.get().sendto(sender.fd(), Memory.address(data), 1, 0, Memory.address(target), length);
                assertEquals(1, sent);
                // loopback delivers before sendto returns
                return Libc.get().recv(fd(), Memory.address(data), 1, Linux.MSG_DONTWAIT) == 1;
            } finally {
                Reference.reachabilityFence(data);
            }
        }

        @Override
        public void close() throws IOException {
            receiver.close();
            sender.close();
        }
    }

    @Test
    void ipv4FromAnySource() throws IOException {
        try (Party party = Party.of(Family.UDP4, "239.255.77.1")) {
            assertFalse(party.hears());
            IP_ADD_MEMBERSHIP.set(party.fd(), party.at());
            assertTrue(party.hears());
            IP_BLOCK_SOURCE.set(party.fd(), party.from("127.0.0.1"));
            assertFalse(party.hears());
            IP_UNBLOCK_SOURCE.set(party.fd(), party.from("127.0.0.1"));
            assertTrue(party.hears());
            IP_DROP_MEMBERSHIP.set(party.fd(), party.at());
            assertFalse(party.hears());
        }
    }

    @Test
    void ipv4FromOneSource() throws IOException {
        try (Party party = Party.of(Family.UDP4, "232.77.0.1")) {
            IP_ADD_SOURCE_MEMBERSHIP.set(party.fd(), party.from("127.0.0.9"));
            assertFalse(party.hears());
            IP_ADD_SOURCE_MEMBERSHIP.set(party.fd(), party.from("127.0.0.1"));
            assertTrue(party.hears());
            SourceFilter filter = IP_MSFILTER.get(party.fd(), SourceFilter.request(party.group(), LO));
            assertEquals(Linux.MCAST_INCLUDE, filter.mode());
            assertEquals(LO, filter.ifindex());
            assertEquals(
                    List.of("127.0.0.1", "127.0.0.9"),
                    filter.sources().stream()
                            .map(InetAddress::getHostAddress)
                            .sorted()
                            .toList());
            IP_DROP_SOURCE_MEMBERSHIP.set(party.fd(), party.from("127.0.0.1"));
            assertFalse(party.hears());
        }
    }

    @Test
    void ipv4AsRfc3678HasIt() throws IOException {
        try (Party party = Party.of(Family.UDP4, "239.255.77.2")) {
            MCAST_JOIN_GROUP.set(party.fd(), party.at());
            assertTrue(party.hears());
            MCAST_BLOCK_SOURCE.set(party.fd(), party.from("127.0.0.1"));
            assertFalse(party.hears());
            MCAST_UNBLOCK_SOURCE.set(party.fd(), party.from("127.0.0.1"));
            assertTrue(party.hears());
            MCAST_LEAVE_GROUP.set(party.fd(), party.at());
            assertFalse(party.hears());
            MCAST_JOIN_SOURCE_GROUP.set(party.fd(), party.from("127.0.0.1"));
            assertTrue(party.hears());
            MCAST_LEAVE_SOURCE_GROUP.set(party.fd(), party.from("127.0.0.1"));
            assertFalse(party.hears());
        }
    }

    @Test
    void ipv6FromAnySource() throws Throwable {
        Loopback.withMulticastRoute(MulticastIT::joinAndBlock6);
    }

    private static void joinAndBlock6() throws IOException {
        try (Party party = Party.of(Family.UDP6, "ff05::77:1")) {
            assertFalse(party.hears());
            Ipv6Options.IPV6_JOIN_GROUP.set(party.fd(), party.at());
            assertTrue(party.hears());
            Ipv6Options.MCAST_BLOCK_SOURCE.set(party.fd(), party.from("::1"));
            assertFalse(party.hears());
            Ipv6Options.MCAST_UNBLOCK_SOURCE.set(party.fd(), party.from("::1"));
            assertTrue(party.hears());
            Ipv6Options.IPV6_LEAVE_GROUP.set(party.fd(), party.at());
            assertFalse(party.hears());
        }
    }

    @Test
    void ipv6FromOneSource() throws Throwable {
        Loopback.withMulticastRoute(MulticastIT::joinSources6);
    }

    private static void joinSources6() throws IOException {
        try (Party party = Party.of(Family.UDP6, "ff35::77:2")) {
            Ipv6Options.MCAST_JOIN_SOURCE_GROUP.set(party.fd(), party.from("fd00::9"));
            assertFalse(party.hears());
            Ipv6Options.MCAST_JOIN_SOURCE_GROUP.set(party.fd(), party.from("::1"));
            assertTrue(party.hears());
            SourceFilter filter = Ipv6Options.MCAST_MSFILTER.get(party.fd(), SourceFilter.request(party.group(), LO));
            assertEquals(Linux.MCAST_INCLUDE, filter.mode());
            assertEquals(2, filter.sources().size());
            Ipv6Options.MCAST_LEAVE_SOURCE_GROUP.set(party.fd(), party.from("::1"));
            assertFalse(party.hears());
        }
    }

    @Test
    void aFilterSetsAllSourcesAtOnce() throws IOException {
        try (Party party = Party.of(Family.UDP4, "239.255.77.3")) {
            IP_ADD_MEMBERSHIP.set(party.fd(), party.at());
            InetAddress here = InetAddress.getLoopbackAddress();
            IP_MSFILTER.set(party.fd(), new SourceFilter(party.group(), LO, Linux.MCAST_EXCLUDE, List.of(here)));
            assertFalse(party.hears());
            IP_MSFILTER.set(party.fd(), new SourceFilter(party.group(), LO, Linux.MCAST_INCLUDE, List.of(here)));
            assertTrue(party.hears());
        }
    }
}
