package io.sockfd.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Option;
import io.sockfd.option.Family.Fixture;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The JDK's options read and set here what they read and set on the JDK's own channels. */
@Tag("once")
class JdkOptionsIT {
    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("SO_SNDBUF", 30_000),
            Map.entry("SO_RCVBUF", 30_000),
            Map.entry("SO_LINGER", 5),
            Map.entry("IP_TOS", 0xb8),
            Map.entry("IP_MULTICAST_TTL", 7),
            Map.entry("IP_MULTICAST_LOOP", false),
            Map.entry("IP_DONTFRAGMENT", true),
            Map.entry("TCP_QUICKACK", false),
            Map.entry("TCP_KEEPIDLE", 100),
            Map.entry("TCP_KEEPINTERVAL", 10),
            Map.entry("TCP_KEEPCOUNT", 3));

    private static NetworkChannel channel(Family family) throws IOException {
        boolean six = family.domain == Linux.AF_INET6;
        if (family.type == Linux.SOCK_DGRAM) {
            return DatagramChannel.open(six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        }
        return SocketChannel.open();
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP6", "UDP4", "UDP6"})
    void everyOptionOfAChannelGivesTheSame(Family family) throws IOException {
        try (NetworkChannel channel = channel(family);
                Fixture fixture = family.open()) {
            Set<SocketOption<?>> options = channel.supportedOptions();
            assertTrue(options.size() >= 5, options.toString());
            for (SocketOption<?> option : options) {
                compare(option, channel, fixture.fd(), family.domain);
            }
        }
    }

    private static <T> void compare(SocketOption<T> name, NetworkChannel channel, int fd, int domain)
            throws IOException {
        Option<T> option = Option.from(name, domain);
        if (name.name().equals("SO_INCOMING_NAPI_ID")) { // the JDK cannot set it either
            assertEquals(channel.getOption(name), option.get(fd));
            return;
        }
        assertEquals(channel.getOption(name), option.get(fd), name.name());
        T value = value(name);
        channel.setOption(name, value);
        option.set(fd, value);
        assertEquals(channel.getOption(name), option.get(fd), name.name());
    }

    private static <T> T value(SocketOption<T> name) throws IOException {
        if (name.type() == NetworkInterface.class) {
            return name.type().cast(NetworkInterface.getByIndex(1));
        }
        return name.type().cast(VALUES.getOrDefault(name.name(), true));
    }

    @Test
    void ipv6IsSetForIpv4Too() throws IOException {
        try (Fixture fixture = Family.UDP6.open()) {
            Option.from(StandardSocketOptions.IP_TOS, Linux.AF_INET6).set(fixture.fd(), 0x20);
            assertEquals(0x20, Ipv6Options.IPV6_TCLASS.get(fixture.fd()));
            assertEquals(0x20, IpOptions.IP_TOS.get(fixture.fd()));
            Option.from(StandardSocketOptions.IP_MULTICAST_TTL, Linux.AF_INET6).set(fixture.fd(), 9);
            assertEquals(9, Ipv6Options.IPV6_MULTICAST_HOPS.get(fixture.fd()));
            assertEquals(9, IpOptions.IP_MULTICAST_TTL.get(fixture.fd()));
        }
    }

    @Test
    void noLingerIsMinusOne() throws IOException {
        try (Fixture fixture = Family.TCP4.open()) {
            Option<Integer> linger = Option.from(StandardSocketOptions.SO_LINGER, Linux.AF_INET);
            assertEquals(-1, linger.get(fixture.fd()));
            linger.set(fixture.fd(), 0);
            assertEquals(0, linger.get(fixture.fd()));
            linger.set(fixture.fd(), -7);
            assertEquals(-1, linger.get(fixture.fd()));
            linger.set(fixture.fd(), 100_000);
            assertEquals(65_535, linger.get(fixture.fd()));
        }
    }

    @Test
    void thePeerIsAPrincipal() throws IOException {
        try (Fixture fixture = Family.UNIX_PAIR.open()) {
            var principal = Option.from(ExtendedSocketOptions.SO_PEERCRED, Linux.AF_UNIX)
                    .get(fixture.fd());
            var owner = java.nio.file.Files.getOwner(java.nio.file.Path.of("/proc/self"));
            assumeTrue(owner.getName().equals(System.getProperty("user.name")), "a process with its user's name");
            assertEquals(owner, principal.user());
            assertEquals(owner.getName(), principal.user().getName());
        }
    }
}
