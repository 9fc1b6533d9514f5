package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Interfaces;
import io.sockfd.address.Sockaddr;
import io.sockfd.capture.PrivateNetwork;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.option.MulticastGroup;
import io.sockfd.option.MulticastInterface;
import io.sockfd.option.SocketOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Datagrams to every kind of address, and the answer to each by what the question's control data says. */
@Timeout(60)
@Tag("once")
class AnswerIT {
    private static final Duration MOMENT = Duration.ofSeconds(5);

    /** The kinds of servers: IPv4, and both families with one or both kinds of control messages. */
    private static List<Socket> servers(boolean six) throws IOException {
        InetSocketAddress any = new InetSocketAddress(0);
        Socket dual =
                Socket.udp6().setOption(Ipv6Options.IPV6_RECVPKTINFO, true).bind(any);
        Socket both = Socket.udp6()
                .setOption(Ipv6Options.IPV6_RECVPKTINFO, true)
                .setOption(IpOptions.IP_PKTINFO, true)
                .bind(any);
        return six
                ? List.of(dual, both)
                : List.of(Socket.udp().setOption(IpOptions.IP_PKTINFO, true).bind(any), dual, both);
    }

    /**
     * Asks at an address, answers, and looks where the answer came from.
     *
     * @param expected null where it must be one of the host's own
     */
    private static void ask(InetAddress at, @org.jspecify.annotations.Nullable InetAddress expected, int ifindex)
            throws IOException {
        boolean six = !(at instanceof Inet4Address);
        for (Socket server : servers(six)) {
            try (server;
                    Socket client = six ? Socket.udp6() : Socket.udp();
                    Message message = new Message(1, 256)) {
                server.timeout(MOMENT);
                client.timeout(MOMENT).bind(new InetSocketAddress(0));
                if (at.isMulticastAddress()) {
                    MulticastGroup group = MulticastGroup.of(at, ifindex);
                    server.setOption(six ? Ipv6Options.IPV6_JOIN_GROUP : IpOptions.IP_ADD_MEMBERSHIP, group);
                    if (six) {
                        client.setOption(Ipv6Options.IPV6_MULTICAST_IF, ifindex);
                    } else {
                        client.setOption(IpOptions.IP_MULTICAST_IF, MulticastInterface.of(ifindex));
                    }
                }
                if (!six) {
                    client.setOption(SocketOptions.SO_BROADCAST, true);
                }
                int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
                client.sendTo(ByteBuffer.allocate(1), new InetSocketAddress(at, port), 0);

                Sockaddr from = new Sockaddr();
                message.data(ByteBuffer.allocate(8)).address(from);
                assertEquals(1, server.receiveMessage(message, 0), "the question to " + at);
                message.data(ByteBuffer.allocate(3)).outgoing().answer(message.incoming());
                assertEquals(3, server.sendMessage(message, 0));

                Sockaddr answered = new Sockaddr();
                assertEquals(3, client.recvFrom(ByteBuffer.allocate(8), answered, 0), "the answer from " + at);
                InetSocketAddress source = (InetSocketAddress) answered.decode();
                assertEquals(port, source.getPort());
                assertFalse(source.getAddress().isMulticastAddress(), source.toString());
                if (expected != null) {
                    assertEquals(expected, source.getAddress(), "asked at " + at);
                }
            }
        }
    }

    private static InetAddress ip(String text) throws IOException {
        return InetAddress.getByName(text);
    }

    @Test
    void oneOfSeveralAddressesAnswersItself() throws IOException {
        ask(ip("127.0.0.1"), ip("127.0.0.1"), 0);
        ask(ip("127.0.0.2"), ip("127.0.0.2"), 0);
        ask(ip("127.0.0.3"), ip("127.0.0.3"), 0); // whose last bits are those of a broadcast
        try (Socket probe = Socket.udp6()) {
            probe.bind(new InetSocketAddress(ip("::1"), 0));
        } catch (IOException e) {
            System.out.println("without IPv6: " + e.getMessage());
            return;
        }
        ask(ip("::1"), ip("::1"), 0);
    }

    @Test
    void broadcastsGroupsAndLinkLocalAddresses() throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.run("ip link add v0 type veth peer name v1 && ip link set v0 up && ip link set v1 up"
                    + " && ip addr add 10.9.0.1/24 brd + dev v0 && ip addr add 10.9.0.3/24 dev v0"
                    + " && ip -6 addr add fe80::9/64 dev v0 nodad && ip -6 addr add fd00::9/64 dev v0 nodad"
                    // what is sent before the carrier is there is lost
                    + " && for i in $(seq 200); do ip link show v0 | grep -q 'state UP' && break; sleep 0.02; done");
            int v0 = Interfaces.index("v0");
            ask(ip("10.9.0.1"), ip("10.9.0.1"), v0);
            ask(ip("10.9.0.3"), ip("10.9.0.3"), v0);
            ask(ip("127.255.255.255"), null, 0);
            ask(ip("10.9.0.255"), ip("10.9.0.1"), v0);
            ask(ip("239.1.2.3"), ip("10.9.0.1"), v0);
            ask(ip("fd00::9"), ip("fd00::9"), v0);
            InetAddress linkLocal =
                    java.net.Inet6Address.getByAddress(null, ip("fe80::9").getAddress(), v0);
            ask(linkLocal, linkLocal, v0);
            InetAddress group =
                    java.net.Inet6Address.getByAddress(null, ip("ff02::1234").getAddress(), v0);
            ask(group, null, v0);
        });
    }

    @Test
    void withoutWordsOfWhereItArrivedThereIsNoAnswer() {
        try (Message message = new Message(1, 64)) {
            IllegalStateException e = assertThrows(
                    IllegalStateException.class, () -> message.outgoing().answer(message.incoming()));
            assertTrue(String.valueOf(e.getMessage()).contains("IPV6_RECVPKTINFO"), e.getMessage());
        }
    }
}
