package io.sockfd;

import static io.sockfd.MessageCalls.direct;
import static io.sockfd.MessageCalls.name;
import static io.sockfd.MessageCalls.receive;
import static io.sockfd.MessageCalls.room;
import static io.sockfd.MessageCalls.send;
import static io.sockfd.MessageCalls.set;
import static io.sockfd.MessageCalls.setOrSkip;
import static io.sockfd.MessageCalls.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockTxtime;
import io.sockfd.raw.struct.SockaddrLl;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What IP, UDP and packet sockets say beside the data, as this kernel says it over the loopback interface. */
class AncillaryIT {
    private static final String[] HOSTS = {"127.0.0.1", "::1"};

    private final MessageCalls calls = new MessageCalls();
    private final Message out = new Message();
    private final Message in = new Message();
    private final ByteBuffer buffer = room(70_000);

    @AfterEach
    void close() {
        out.close();
        in.close();
        calls.close();
    }

    private int sendTo(int fd, String data) throws IOException {
        int from = calls.udp(name(fd).family() == Linux.AF_INET6 ? "::1" : "127.0.0.1");
        assertEquals(data.length(), send(from, out.data(direct(data)).address(name(fd)), 0));
        return from;
    }

    private ControlReader receiveFrom(int fd) {
        receive(fd, in.data(buffer.clear()), 0);
        assertFalse(in.controlTruncated());
        return in.incoming();
    }

    private static int loopback() throws IOException {
        return java.net.NetworkInterface.getByName("lo").getIndex();
    }

    @Test
    void timeToLiveAndHopLimit() throws IOException {
        for (String host : HOSTS) {
            boolean six = host.equals("::1");
            int fd = calls.udp(host);
            set(fd, six ? Linux.SOL_IPV6 : Linux.SOL_IP, six ? Linux.IPV6_RECVHOPLIMIT : Linux.IP_RECVTTL, 1);
            out.outgoing().clear();
            int from = sendTo(fd, "x");
            assertEquals(64, receiveFrom(fd).ttl(), "net.ipv4.ip_default_ttl");
            ControlWriter seven =
                    six ? out.outgoing().hopLimit(7) : out.outgoing().ttl(7);
            assertEquals(24, seven.length());
            send(from, out.data(direct("x")), 0);
            assertEquals(7, receiveFrom(fd).ttl());
            assertEquals(-1, in.incoming().tos());
        }
    }

    @Test
    void typeOfServiceAndTrafficClass() throws IOException {
        for (String host : HOSTS) {
            boolean six = host.equals("::1");
            int fd = calls.udp(host);
            set(fd, six ? Linux.SOL_IPV6 : Linux.SOL_IP, six ? Linux.IPV6_RECVTCLASS : Linux.IP_RECVTOS, 1);
            ControlWriter control = out.outgoing().clear();
            control = six ? control.trafficClass(0xb8) : control.tos(0xb8);
            int from = sendTo(fd, "x");
            assertEquals(0xb8, receiveFrom(fd).tos());
            control.clear();
            send(from, out.data(direct("x")), 0);
            assertEquals(0, receiveFrom(fd).tos());
        }
    }

    @Test
    void packetInfoBothWays() throws IOException {
        int fd = calls.udp("127.0.0.1");
        set(fd, Linux.SOL_IP, Linux.IP_PKTINFO, 1);
        InetAddress source = InetAddress.getByAddress(new byte[] {127, 0, 0, 9});
        Sockaddr from = new Sockaddr();
        in.address(from);
        int any = calls.socket(Linux.AF_INET, Linux.SOCK_DGRAM, 0);
        out.outgoing().pktinfo(loopback(), source);
        send(any, out.data(direct("x")).address(name(fd)), 0);
        Pktinfo info = receiveFrom(fd).pktinfo();
        InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        assertEquals(new Pktinfo(loopback(), local, local), info);
        assertEquals(loopback(), in.incoming().pktinfoIfindex());
        assertTrue(from.toString().startsWith("127.0.0.9:"), from.toString());

        int six = calls.udp("::1");
        set(six, Linux.SOL_IPV6, Linux.IPV6_RECVPKTINFO, 1);
        int anySix = calls.socket(Linux.AF_INET6, Linux.SOCK_DGRAM, 0);
        InetAddress one = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        out.outgoing().clear().pktinfo(loopback(), one);
        send(anySix, out.data(direct("x")).address(name(six)), 0);
        assertEquals(new Pktinfo(loopback(), one, one), receiveFrom(six).pktinfo());
    }

    @Test
    void originalDestination() throws IOException {
        for (String host : HOSTS) {
            boolean six = host.equals("::1");
            int fd = calls.udp(host);
            set(
                    fd,
                    six ? Linux.SOL_IPV6 : Linux.SOL_IP,
                    six ? Linux.IPV6_RECVORIGDSTADDR : Linux.IP_RECVORIGDSTADDR,
                    1);
            sendTo(fd, "x");
            assertEquals(name(fd).decode(), receiveFrom(fd).originalDestination());
        }
    }

    @Test
    void timestampsOfAllThreeKinds() throws IOException {
        int[] options = {
            Linux.SO_TIMESTAMP_OLD,
            Linux.SO_TIMESTAMPNS_OLD,
            Linux.SO_TIMESTAMP_NEW,
            Linux.SO_TIMESTAMPNS_NEW,
            Linux.SO_TIMESTAMPING_OLD,
            Linux.SO_TIMESTAMPING_NEW
        };
        for (int option : options) {
            int fd = calls.udp("127.0.0.1");
            boolean flags = option == Linux.SO_TIMESTAMPING_OLD || option == Linux.SO_TIMESTAMPING_NEW;
            int value = flags ? Linux.SOF_TIMESTAMPING_RX_SOFTWARE | Linux.SOF_TIMESTAMPING_SOFTWARE : 1;
            set(fd, Linux.SOL_SOCKET, option, value);
            long before = System.currentTimeMillis();
            int from = sendTo(fd, "x");
            long nanos = receiveFrom(fd).timestampNanos();
            // SO_TIMESTAMPING has no stamp of its own to give while the kernel is still turning stamping on
            while (flags && nanos < 0 && System.currentTimeMillis() - before < 5_000) {
                send(from, out, 0);
                nanos = receiveFrom(fd).timestampNanos();
            }
            long stamp = nanos;
            long after = System.currentTimeMillis() + 1;
            long millis = nanos / 1_000_000;
            assertTrue(millis >= before && millis <= after, () -> option + ": " + before + " " + stamp + " " + after);
            assertEquals(-1, in.incoming().hardwareTimestampNanos(), "lo has no clock");
        }
    }

    @Test
    void aTransmitTimestampComesToTheErrorQueue() throws IOException {
        int fd = calls.udp("127.0.0.1");
        int receiver = calls.udp("127.0.0.1");
        set(
                fd,
                Linux.SOL_SOCKET,
                Linux.SO_TIMESTAMPING,
                Linux.SOF_TIMESTAMPING_SOFTWARE | Linux.SOF_TIMESTAMPING_OPT_ID);
        out.outgoing().timestamping(Linux.SOF_TIMESTAMPING_TX_SOFTWARE);
        out.address(name(receiver));
        send(fd, out.data(direct("one")), 0);
        receive(fd, in.data(buffer.clear()), Linux.MSG_ERRQUEUE);
        assertTrue(in.incoming().timestampNanos() > 0);
        SockExtendedErr error = in.incoming().extendedError();
        assertNotNull(error);
        assertEquals(Linux.SO_EE_ORIGIN_TIMESTAMPING, error.origin());
        assertEquals(Errno.ENOMSG, error.errno());
        assertEquals(Linux.SCM_TSTAMP_SND, error.info());
        assertEquals(0, error.data(), "the first of this socket");
        assertTrue(text(buffer).endsWith("one"), "the packet comes back, headers and all");
    }

    @Test
    void anIcmpErrorNamesTheDestinationAndTheOffender() throws IOException {
        for (String host : HOSTS) {
            boolean six = host.equals("::1");
            int closed = calls.udp(host);
            Sockaddr nobody = name(closed);
            calls.close(closed);
            int fd = calls.udp(host);
            set(fd, six ? Linux.SOL_IPV6 : Linux.SOL_IP, six ? Linux.IPV6_RECVERR : Linux.IP_RECVERR, 1);
            send(fd, out.data(direct("anybody?")).address(nobody), 0);
            Sockaddr destination = new Sockaddr();
            receive(fd, in.data(buffer.clear()).address(destination), Linux.MSG_ERRQUEUE);
            assertTrue((in.flags() & Linux.MSG_ERRQUEUE) != 0);
            assertEquals("anybody?", text(buffer));
            assertEquals(nobody.port(), destination.port());
            SockExtendedErr error = in.incoming().extendedError();
            assertNotNull(error);
            assertEquals(Errno.ECONNREFUSED, error.errno());
            assertEquals(six ? Linux.SO_EE_ORIGIN_ICMP6 : Linux.SO_EE_ORIGIN_ICMP, error.origin());
            assertEquals(six ? 1 : 3, error.type());
            assertEquals(six ? 4 : 3, error.code());
            InetAddress offender = error.offender();
            assertNotNull(offender);
            assertTrue(offender.isLoopbackAddress(), offender.toString());
            assertEquals(-Linux.EAGAIN, receive(fd, in, Linux.MSG_ERRQUEUE | Linux.MSG_DONTWAIT));
        }
    }

    @Test
    void droppedDatagramsAreCounted() throws IOException {
        int fd = calls.udp("127.0.0.1");
        set(fd, Linux.SOL_SOCKET, Linux.SO_RXQ_OVFL, 1);
        set(fd, Linux.SOL_SOCKET, Linux.SO_RCVBUF, 0);
        int from = sendTo(fd, "x");
        for (int i = 0; i < 50; i++) {
            send(from, out.data(room(1000)), 0);
        }
        in.data(buffer);
        while (receive(fd, in, Linux.MSG_DONTWAIT) >= 0) {
            buffer.clear();
        }
        send(from, out.data(direct("y")), 0);
        long most = receiveFrom(fd).rxqOverflow();
        assertTrue(most > 10 && most <= 50, "dropped " + most);
    }

    @Test
    void markAndPriority() throws IOException {
        assumeTrue(MessageCalls.isRoot(), "SO_MARK needs CAP_NET_ADMIN");
        int fd = calls.udp("127.0.0.1");
        setOrSkip(fd, Linux.SOL_SOCKET, Linux.SO_RCVMARK, 1, "SO_RCVMARK came with Linux 5.19");
        out.outgoing().mark(0x8000_0001);
        sendTo(fd, "x");
        assertEquals(0x8000_0001L, receiveFrom(fd).mark());

        int other = calls.udp("127.0.0.1");
        setOrSkip(other, Linux.SOL_SOCKET, Linux.SO_RCVPRIORITY, 1, "SO_RCVPRIORITY came with Linux 6.14");
        out.outgoing().clear().priority(5);
        sendTo(other, "x");
        assertEquals(5, receiveFrom(other).priority());
    }

    @Test
    void ipOptionsTravelInTheHeader() throws IOException {
        int fd = calls.udp("127.0.0.1");
        set(fd, Linux.SOL_IP, Linux.IP_RECVOPTS, 1);
        byte[] noOperations = {1, 1, 1, 1};
        out.outgoing().ipOptions(noOperations);
        sendTo(fd, "x");
        receive(fd, in.data(buffer.clear()), 0);
        ControlCursor c = in.incoming().cursor();
        assertTrue(c.next());
        assertTrue(c.is(Linux.SOL_IP, Linux.IP_RECVOPTS));
        assertArrayEquals(noOperations, c.bytes());
    }

    @Test
    void aTransmitTimeNeedsItsOption() throws IOException {
        int fd = calls.udp("127.0.0.1");
        int from = calls.udp("127.0.0.1");
        out.data(direct("x")).address(name(fd)).outgoing().txtime(1);
        assertEquals(-Linux.EINVAL, send(from, out, 0));
        ByteBuffer txtime = Memory.allocate(SockTxtime.SIZE);
        SockTxtime.clockid(txtime, 0, Linux.CLOCK_MONOTONIC);
        try {
            int result = MessageCalls.LIBC.setsockopt(
                    from, Linux.SOL_SOCKET, Linux.SO_TXTIME, Memory.address(txtime), SockTxtime.SIZE);
            assumeTrue(result == 0, "SO_TXTIME wants CAP_NET_ADMIN here");
        } finally {
            Reference.reachabilityFence(txtime);
        }
        out.outgoing().clear().txtime(System.nanoTime());
        assertEquals(1, send(from, out, 0));
        receiveFrom(fd);
        assertEquals("x", text(buffer));
    }

    @Test
    void segmentsAreCutBySendingAndJoinedByReceiving() throws IOException {
        int fd = calls.udp("127.0.0.1");
        out.outgoing().segmentSize(1000);
        int from = calls.udp("127.0.0.1");
        out.address(name(fd));
        assertEquals(2500, send(from, out.data(room(2500)), 0));
        assertEquals(1000, receive(fd, in.data(buffer.clear()), 0));
        assertEquals(1000, receive(fd, in.data(buffer.clear()), 0));
        assertEquals(500, receive(fd, in.data(buffer.clear()), 0));
        assertEquals(-1, in.incoming().udpGroSegment());

        setOrSkip(fd, Linux.SOL_UDP, Linux.UDP_GRO, 1, "UDP_GRO came with Linux 5.0");
        assertEquals(2500, send(from, out.data(room(2500)), 0));
        assertEquals(2500, receive(fd, in.data(buffer.clear()), 0));
        assertEquals(1000, in.incoming().udpGroSegment());

        try (MessageBatch batch = new MessageBatch(4, 1, 64)) {
            for (int i = 0; i < 4; i++) {
                batch.get(i).data(room(5000)).address(name(fd)).outgoing().segmentSize(1000 + i);
            }
            assertEquals(4, MessageCalls.send(from, batch, 0, 4, 0));
            for (int i = 0; i < 4; i++) {
                batch.get(i).data(room(6000)).address(null);
            }
            assertEquals(4, MessageCalls.receive(fd, batch, 0, 4, Linux.MSG_DONTWAIT));
            for (int i = 0; i < 4; i++) {
                assertEquals(5000, batch.get(i).length());
                assertEquals(1000 + i, batch.get(i).incoming().udpGroSegment());
            }
        }
    }

    @Test
    void aTcpSocketSaysWhatIsLeft() throws IOException {
        int[] pair = calls.tcp();
        set(pair[1], Linux.SOL_TCP, Linux.TCP_INQ, 1);
        assertEquals(10, send(pair[0], out.data(room(10)), 0));
        assertEquals(4, receive(pair[1], in.data(room(4)), 0));
        assertEquals(6, in.incoming().inq());
    }

    @Test
    void packetsComeWithTheirLength() throws IOException {
        int fd = MessageCalls.LIBC.socket(Linux.AF_PACKET, Linux.SOCK_DGRAM | Linux.SOCK_CLOEXEC, 0);
        assumeTrue(fd != -Linux.EPERM, "packet sockets need CAP_NET_RAW");
        calls.keep(fd);
        set(fd, Linux.SOL_PACKET, Linux.PACKET_AUXDATA, 1);
        Sockaddr lo = new Sockaddr();
        SockaddrLl.sll_family(lo.buffer(), 0, Linux.AF_PACKET);
        SockaddrLl.sll_protocol(lo.buffer(), 0, Linux.ETH_P_IP);
        SockaddrLl.sll_ifindex(lo.buffer(), 0, loopback());
        lo.length(SockaddrLl.SIZE);
        assertEquals(0, MessageCalls.LIBC.bind(fd, lo.address(), lo.length()));
        int udp = calls.udp("127.0.0.1");
        Sockaddr from = new Sockaddr();
        in.address(from);
        do {
            sendTo(udp, "a packet of our own"); // again: the loopback's other traffic may fill our queue
            assertTrue(receive(fd, in.data(buffer.clear()), 0) > 0);
        } while (!text(buffer).endsWith("a packet of our own"));
        PacketAuxdata auxdata = in.incoming().packetAuxdata();
        assertNotNull(auxdata);
        assertEquals(in.length(), auxdata.len());
        assertEquals(in.length(), auxdata.snaplen());
        assertEquals(0, auxdata.net(), "SOCK_DGRAM begins at the network header");
        assertEquals(Linux.AF_PACKET, from.family());
    }

    @Test
    void aPacketSocketTakesAMessageToo() throws IOException {
        assumeTrue(MessageCalls.isRoot(), "packet sockets need CAP_NET_RAW");
        try (Socket socket = Socket.packet(SocketType.RAW, Linux.ETH_P_IP)) {
            socket.timeout(java.time.Duration.ofSeconds(5));
            sendTo(calls.udp("127.0.0.1"), "x");
            // with MSG_CMSG_CLOEXEC this would be EINVAL
            assertTrue(socket.receiveMessage(in.data(buffer.clear()), 0) > 0);
        }
    }

    @Test
    void theSocketsOwnAnswerToWhatItDoesNotKnow() throws IOException {
        int a = calls.udp("127.0.0.1");
        out.data(direct("x")).address(name(a)).outgoing().putInt(Linux.SOL_SOCKET, 9999, 1);
        assertEquals(-Linux.EINVAL, send(a, out, 0));
        out.outgoing().clear().rights(0);
        assertEquals(1, send(a, out, 0), "descriptors are for UNIX sockets, others ignore them");
        receiveFrom(a);
        assertEquals(0, in.descriptorCount());
        assertNull(in.incoming().credentials());
    }
}
