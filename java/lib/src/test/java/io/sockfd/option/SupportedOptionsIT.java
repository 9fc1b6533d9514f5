package io.sockfd.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.DescriptorGuard;
import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Option;
import io.sockfd.Option.Access;
import io.sockfd.OptionTable;
import io.sockfd.option.Family.Fixture;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The set of options of a socket is true for that socket, and asking for it changes nothing. */
@Tag("once")
class SupportedOptionsIT {

    private static Set<Option<?>> supported(Fixture fixture, Family family) {
        return OptionTable.supported(fixture.fd(), family.domain, family.type, family.protocol);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNIX_PAIR", "TCP4", "TCP6", "TCP4_CONNECTED", "UDP4", "UDP6", "NETLINK"})
    void whatIsInTheSetIsThereAndWhatIsNotIsNot(Family family) throws IOException {
        try (Fixture fixture = family.open()) {
            Set<Option<?>> supported = supported(fixture, family);
            for (Option<?> option : OptionTable.all()) {
                if (option.access() == Access.READ_ONLY || option.access() == Access.READ_WRITE) {
                    assertAnswers(option, fixture.fd(), supported.contains(option));
                }
            }
            assertTrue(supported.contains(SocketOptions.SO_RCVBUFFORCE));
        }
    }

    private static void assertAnswers(Option<?> option, int fd, boolean supported) {
        boolean there = true;
        try {
            Object value = option.get(fd);
            if (value instanceof AutoCloseable closeable) {
                closeable.close();
            }
        } catch (UnsupportedOperationException e) {
            return; // needs a request
        } catch (Exception e) {
            Errno errno = Errors.errnoOf(e).orElseThrow(() -> new AssertionError(option.name(), e));
            there = !errno.equals(Errno.ENOPROTOOPT) && !errno.equals(Errno.EOPNOTSUPP);
        }
        assertEquals(there, supported, option.name());
    }

    @Test
    void eachLevelIsOnlyOnItsFamily() throws IOException {
        try (Fixture tcp = Family.TCP4.open();
                Fixture udp = Family.UDP4.open()) {
            assertTrue(supported(tcp, Family.TCP4).contains(TcpOptions.TCP_NODELAY));
            assertFalse(supported(tcp, Family.TCP4).contains(UdpOptions.UDP_GRO));
            assertFalse(supported(tcp, Family.TCP4).contains(Ipv6Options.IPV6_V6ONLY));
            assertFalse(supported(tcp, Family.TCP4).contains(PacketOptions.PACKET_RX_RING));
            assertTrue(supported(udp, Family.UDP4).contains(UdpOptions.UDP_GRO));
            assertFalse(supported(udp, Family.UDP4).contains(TcpOptions.TCP_MD5SIG));
            assertTrue(supported(udp, Family.UDP4).contains(IpOptions.IP_ADD_MEMBERSHIP));
        }
    }

    @Test
    void askingChangesNothing() throws IOException {
        try (Fixture pair = Family.UNIX_PAIR.open();
                Fixture accepted = Family.TCP4_ACCEPTED.open()) {
            var before = DescriptorGuard.open();
            assertTrue(supported(pair, Family.UNIX_PAIR).contains(SocketOptions.SO_PEERCRED));
            assertTrue(supported(accepted, Family.TCP4).contains(TcpOptions.TCP_SAVED_SYN));
            assertEquals(before, DescriptorGuard.open());
            assertTrue(TcpOptions.TCP_SAVED_SYN.get(accepted.fd()).length > 0, "the SYN was not dropped");
        }
    }
}
