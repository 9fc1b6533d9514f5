package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.address.Addresses;
import io.sockfd.address.Sockaddr;
import io.sockfd.capture.PrivateNetwork;
import io.sockfd.option.IcmpOptions;
import io.sockfd.option.IcmpTypes;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** First steps on raw IP sockets, on the loopback of a namespace of their own. */
@Timeout(60)
class RawIpIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration NOTHING_COMES = Duration.ofMillis(50);
    private static final SocketAddress LO = Addresses.parse("127.0.0.1:0");
    private static final SocketAddress LO6 = Addresses.parse("[::1]:0");
    private static final int EXPERIMENT = 253; // RFC 3692
    private static final int IP_HEADER = 20;
    private static final int ECHO = 8;
    private static final int ECHO_REPLY = 0;
    private static final int ECHO6 = 128;
    private static final int ECHO6_REPLY = 129;

    private static ByteBuffer echo(int type, int id) {
        ByteBuffer request = ByteBuffer.allocate(16).put(0, (byte) type).putShort(4, (short) id);
        return request.putShort(2, (short) ~((type << 8) + id)); // the checksum of ICMPv4
    }

    @Test
    void theKernelWritesTheHeaderOrWeDo() throws Exception {
        PrivateNetwork.run(() -> {
            try (Socket socket = Socket.raw(new Protocol(EXPERIMENT)).timeout(SOON)) {
                ByteBuffer packet = ByteBuffer.allocateDirect(100);
                assertEquals(4, socket.sendTo(ByteBuffer.allocate(4).putInt(0, 0x11223344), LO, 0));
                assertEquals(IP_HEADER + 4, socket.recv(packet, 0));
                assertEquals(0x45, packet.get(0));
                assertEquals(0x11223344, packet.getInt(IP_HEADER));

                socket.setOption(IpOptions.IP_HDRINCL, true);
                ByteBuffer own = ByteBuffer.allocate(IP_HEADER + 4);
                own.put(0, (byte) 0x45).put(8, (byte) 33).put(9, (byte) EXPERIMENT);
                own.putInt(12, 0x7f000009).putInt(16, 0x7f000001).putInt(IP_HEADER, 0x55667788);
                assertEquals(24, socket.sendTo(own, LO, 0));
                Sockaddr from = new Sockaddr();
                assertEquals(24, socket.recvFrom(packet.clear(), from, 0));
                assertEquals(33, packet.get(8));
                assertEquals(24, packet.getShort(2), "the kernel fills in the length");
                assertTrue(packet.getShort(10) != 0, "and the checksum");
                assertEquals(0x55667788, packet.getInt(IP_HEADER));
                assertEquals(
                        "/127.0.0.9",
                        ((InetSocketAddress) from.decode()).getAddress().toString());
            }
        });
    }

    @Test
    void icmpFilters() throws Exception {
        PrivateNetwork.run(() -> {
            try (Socket socket = Socket.raw(Protocol.ICMP).timeout(SOON)) {
                assertEquals(IcmpTypes.allBut(), socket.getOption(IcmpOptions.ICMP_FILTER));
                socket.setOption(IcmpOptions.ICMP_FILTER, IcmpTypes.only(ECHO_REPLY));
                assertTrue(socket.getOption(IcmpOptions.ICMP_FILTER).passes(ECHO_REPLY));
                assertFalse(socket.getOption(IcmpOptions.ICMP_FILTER).passes(ECHO));
                socket.sendTo(echo(ECHO, 7), LO, 0);
                ByteBuffer packet = ByteBuffer.allocate(100);
                assertEquals(IP_HEADER + 16, socket.recv(packet, 0));
                assertEquals(ECHO_REPLY, packet.get(IP_HEADER), "the request, which came first, is left out");
                socket.setOption(IcmpOptions.ICMP_FILTER, IcmpTypes.only());
                socket.sendTo(echo(ECHO, 8), LO, 0);
                socket.timeout(NOTHING_COMES);
                assertThrows(SocketTimeoutException.class, () -> socket.recv(packet.clear(), 0));
            }
        });
    }

    @Test
    void icmp6ChecksumsAndFilters() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/sys/net/ipv6")), "no IPv6 here");
        PrivateNetwork.run(() -> {
            try (Socket socket = Socket.raw6(Protocol.ICMPV6).timeout(SOON)) {
                assertEquals(IcmpTypes.allBut(), socket.getOption(IcmpOptions.ICMPV6_FILTER));
                IcmpTypes replies = IcmpTypes.only(ECHO6_REPLY);
                socket.setOption(IcmpOptions.ICMPV6_FILTER, replies);
                assertEquals(replies, socket.getOption(IcmpOptions.ICMPV6_FILTER));
                socket.sendTo(echo(ECHO6, 9).putShort(2, (short) 0), LO6, 0);
                ByteBuffer packet = ByteBuffer.allocate(100);
                assertEquals(16, socket.recv(packet, 0), "no IPv6 header");
                assertEquals((byte) ECHO6_REPLY, packet.get(0));
                assertEquals(9, packet.getShort(4));
                assertTrue(packet.getShort(2) != 0, "the kernel wrote the checksum");
            }
            try (Socket socket = Socket.raw6(new Protocol(EXPERIMENT)).timeout(SOON)) {
                socket.setOption(Ipv6Options.IPV6_CHECKSUM, 2);
                socket.sendTo(ByteBuffer.allocate(8).putInt(4, 42), LO6, 0);
                ByteBuffer packet = ByteBuffer.allocate(100);
                assertEquals(8, socket.recv(packet, 0));
                assertTrue(packet.getShort(2) != 0, "the kernel wrote the checksum where it was told");
                IOException odd = assertThrows(IOException.class, () -> socket.setOption(Ipv6Options.IPV6_CHECKSUM, 3));
                assertEquals(Errno.EINVAL, Errors.errnoOf(odd).orElseThrow());
            }
        });
    }

    /** The sockets of ping(8): no privilege, an id and a checksum by the kernel, and only the own replies. */
    @Test
    void pingSocketsAreForTheGroupsThatTheSystemNames() throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.run("echo 1 0 > /proc/sys/net/ipv4/ping_group_range");
            IOException nobody =
                    assertThrows(IOException.class, () -> Socket.open(Domain.INET, SocketType.DGRAM, Protocol.ICMP));
            assertEquals(Errno.EACCES, Errors.errnoOf(nobody).orElseThrow());
            PrivateNetwork.run("echo 0 2147483647 > /proc/sys/net/ipv4/ping_group_range");
            try (Socket ping =
                    Socket.open(Domain.INET, SocketType.DGRAM, Protocol.ICMP).timeout(SOON)) {
                ByteBuffer request = ByteBuffer.allocate(16).put(0, (byte) ECHO).putShort(6, (short) 3);
                assertEquals(16, ping.sendTo(request, LO, 0));
                ByteBuffer reply = ByteBuffer.allocate(100);
                assertEquals(16, ping.recv(reply, 0), "no IP header");
                assertEquals(ECHO_REPLY, reply.get(0));
                assertEquals(3, reply.getShort(6));
                int id = ((InetSocketAddress) ping.getLocalAddress()).getPort();
                assertEquals(id, reply.getShort(4) & 0xffff, "the id is the socket's port");
            }
        });
    }
}
