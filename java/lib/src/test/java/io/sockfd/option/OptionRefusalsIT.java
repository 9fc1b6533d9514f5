package io.sockfd.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sockfd.Codecs;
import io.sockfd.ErrnoException;
import io.sockfd.Option;
import io.sockfd.Option.Access;
import io.sockfd.option.Family.Fixture;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is refused, by whom and with which words. */
@Tag("once")
class OptionRefusalsIT {
    private static final int NO_FD = -1;

    private static <T> Option<T> option(io.sockfd.Codec<T> codec) {
        return Option.of("AN_OPTION", 1, 2, Access.READ_WRITE, codec);
    }

    private static String refused(Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void whatTheKernelWouldCutIsRefusedBefore() {
        assertEquals(
                "AN_OPTION: 4294967296 does not fit into 32 bits: give 0 to 4294967295",
                refused(() -> option(Codecs.U32).set(NO_FD, 1L << 32)));
        assertTrue(refused(() -> option(Codecs.U32).set(NO_FD, -1L)).contains("does not fit"));
        assertEquals(
                "AN_OPTION: \"four\" has 4 bytes: at most 3 fit",
                refused(() -> option(Codecs.string(4)).set(NO_FD, "four")));
        assertEquals(
                "AN_OPTION: PT-1S is negative: give 0 for no limit",
                refused(() -> option(Codecs.DURATION).set(NO_FD, Duration.ofSeconds(-1))));
        assertEquals(
                "IP_TOS: 256 is outside of 0 to 255",
                refused(() ->
                        Option.from(StandardSocketOptions.IP_TOS, Linux.AF_INET).set(NO_FD, 256)));
        assertEquals(
                "IP_BLOCK_SOURCE: the option is about one source: give group.from(source)",
                refused(() -> IpOptions.IP_BLOCK_SOURCE.set(
                        NO_FD, MulticastGroup.of(InetAddress.getByAddress(new byte[] {(byte) 239, 0, 0, 1})))));
        assertTrue(refused(() -> Ipv6Options.IPV6_JOIN_GROUP.set(
                        NO_FD, MulticastGroup.of(InetAddress.getByAddress(new byte[] {(byte) 239, 0, 0, 1}))))
                .endsWith("239.0.0.1 is not an IPv6 address"));
    }

    @Test
    void theKernelsRefusalNamesOptionAndValue() throws IOException {
        try (Fixture fixture = Family.TCP4.open()) {
            ErrnoException e = assertThrows(ErrnoException.class, () -> TcpOptions.TCP_MAXSEG.set(fixture.fd(), 87));
            assertEquals("setsockopt(TCP_MAXSEG=87): EINVAL (Invalid argument)", e.getMessage());
            e = assertThrows(ErrnoException.class, () -> UdpOptions.UDP_GRO.get(fixture.fd()));
            assertEquals("getsockopt(UDP_GRO): EOPNOTSUPP (Operation not supported)", e.getMessage());
            e = assertThrows(ErrnoException.class, () -> TcpOptions.TCP_FASTOPEN_KEY.set(fixture.fd(), new byte[3]));
            assertEquals("setsockopt(TCP_FASTOPEN_KEY=[3 bytes]): EINVAL (Invalid argument)", e.getMessage());
        }
    }

    @Test
    void aMissingCapabilityIsNamed() throws IOException {
        assumeFalse(Kernel.has("CAP_NET_ADMIN"), "needs a user without CAP_NET_ADMIN");
        try (Fixture fixture = Family.TCP4.open()) {
            ErrnoException e =
                    assertThrows(ErrnoException.class, () -> SocketOptions.SO_RCVBUFFORCE.set(fixture.fd(), 9000));
            assertTrue(String.valueOf(e.getMessage()).contains("which needs CAP_NET_ADMIN"), e.getMessage());
        }
    }

    @Test
    void anOptionOfOnesOwnIsBytes() throws IOException {
        try (Fixture fixture = Family.TCP4.open()) {
            Option<byte[]> keepIdle = Option.bytes(Linux.IPPROTO_TCP, Linux.TCP_KEEPIDLE);
            byte[] value = keepIdle.get(fixture.fd());
            assertEquals(Integer.BYTES, value.length);
            TcpOptions.TCP_KEEPIDLE.set(fixture.fd(), 77);
            byte[] other = keepIdle.get(fixture.fd());
            keepIdle.set(fixture.fd(), value);
            assertTrue(TcpOptions.TCP_KEEPIDLE.get(fixture.fd()) != 77);
            keepIdle.set(fixture.fd(), other);
            assertEquals(77, TcpOptions.TCP_KEEPIDLE.get(fixture.fd()));
            // this one insists on its length
            assertThrows(
                    ErrnoException.class,
                    () -> Option.bytes(Linux.SOL_SOCKET, Linux.SO_NETNS_COOKIE).get(fixture.fd()));
            assertEquals(
                    Long.BYTES,
                    Option.bytes(Linux.SOL_SOCKET, Linux.SO_NETNS_COOKIE, Long.BYTES)
                            .get(fixture.fd())
                            .length);
        }
    }

    @Test
    void aListLongerThanExpectedIsReadAgain() throws IOException {
        try (Fixture fixture = Family.NETLINK.open()) {
            NetlinkOptions.NETLINK_ADD_MEMBERSHIP.set(fixture.fd(), Linux.RTNLGRP_LINK);
            int[] groups = NetlinkOptions.NETLINK_LIST_MEMBERSHIPS.get(fixture.fd());
            Option<byte[]> small = Option.bytes(Linux.SOL_NETLINK, Linux.NETLINK_LIST_MEMBERSHIPS, 0);
            assertEquals(groups.length * Integer.BYTES, small.get(fixture.fd()).length);
        }
    }
}
