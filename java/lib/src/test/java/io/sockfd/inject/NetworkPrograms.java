package io.sockfd.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.TunDevice;
import io.sockfd.address.Interfaces;
import io.sockfd.bpf.Assembler;
import io.sockfd.capture.CapturedPacket;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.ReceiveRing;
import io.sockfd.capture.RingSize;
import io.sockfd.capture.TransmitRing;
import io.sockfd.netlink.Link;
import io.sockfd.netlink.NewLink;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.netlink.SocketDiag;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

/** What needs a network of its own: frames, rings, links, devices. */
final class NetworkPrograms {
    private static final Duration PATIENCE = StreamPrograms.PATIENCE;
    private static final int ETHERTYPE = 0x88b5; // for experiments, IEEE 802
    private static final int LENGTH = 60;
    private static final RingSize SMALL = new RingSize(8192, 4, 2048, Duration.ofMillis(1));

    private NetworkPrograms() {}

    private static ByteBuffer frame() {
        ByteBuffer frame = ByteBuffer.allocateDirect(LENGTH);
        frame.putShort(12, (short) ETHERTYPE);
        return frame;
    }

    private static PacketSocket loopback(Crew crew) throws IOException {
        return crew.own(PacketSocket.on("lo", ETHERTYPE));
    }

    static void packet(Crew crew) throws IOException {
        PacketSocket out = crew.own(PacketSocket.on("lo", 0));
        PacketSocket in = loopback(crew).filter(Assembler.assemble("ret #-1")).ignoreOutgoing(true);
        in.promiscuous(true);
        out.send(frame());
        CapturedPacket got = in.next(PATIENCE);
        assertNotNull(got);
        assertEquals(LENGTH, got.length());
        assertEquals(null, in.next(Duration.ofMillis(1)));
        assertTrue(in.statistics().packets() > 0);
    }

    static void receiveRing(Crew crew) throws IOException {
        PacketSocket out = crew.own(PacketSocket.on("lo", 0));
        PacketSocket in = loopback(crew).ignoreOutgoing(true);
        ReceiveRing ring = crew.own(ReceiveRing.open(in, SMALL));
        for (int i = 0; i < 3; i++) {
            out.send(frame());
        }
        for (int i = 0; i < 3; i++) {
            CapturedPacket got = ring.next(PATIENCE);
            assertNotNull(got);
            assertEquals(LENGTH, got.length());
        }
        assertEquals(null, ring.next(Duration.ofMillis(1)));
    }

    static void transmitRing(Crew crew) throws IOException {
        PacketSocket in = loopback(crew).ignoreOutgoing(true);
        PacketSocket out = crew.own(PacketSocket.on("lo", 0));
        TransmitRing ring = crew.own(TransmitRing.open(out, SMALL));
        ring.send(frame());
        ring.next().put(frame());
        ring.commit();
        ring.flush();
        assertTrue(ring.drain(PATIENCE));
        for (int i = 0; i < 2; i++) {
            assertNotNull(in.next(PATIENCE));
        }
    }

    static void rtnetlink(Crew crew) throws IOException {
        RtNetlink rt = crew.own(RtNetlink.open());
        assertEquals("lo", rt.link(1).name());
        assertFalse(rt.links().isEmpty());
        assertFalse(rt.addresses().isEmpty());
        crew.own(() -> cleanUp("inject0"));
        rt.create(NewLink.veth("inject0", "inject1"));
        int index = rt.link("inject0").index();
        rt.setUp(index);
        rt.addAddress(index, InetAddress.getByName("10.77.0.1"), 24);
        assertEquals(
                1,
                rt.addresses(index).stream().filter(a -> a.prefixLength() == 24).count());
        assertFalse(rt.routes().isEmpty());
        rt.deleteLink(index);
    }

    /** What a failed run has left. */
    private static void cleanUp(String name) throws IOException {
        FailingLibc.quietly(() -> {
            try (RtNetlink rt = RtNetlink.open()) {
                for (Link link : rt.links()) {
                    if (link.name().equals(name)) {
                        rt.deleteLink(link.index());
                    }
                }
            }
        });
    }

    static void sockDiag(Crew crew) throws IOException {
        Socket listener = crew.own(Socket.tcp()).bind(StreamPrograms.loopback()).listen();
        InetSocketAddress local = (InetSocketAddress) listener.getLocalAddress();
        SocketDiag diag = crew.own(SocketDiag.open());
        assertTrue(diag.tcp().stream().anyMatch(view -> view.localPort() == local.getPort()));
        diag.udp();
        diag.unix();
        InetSocketAddress none = new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0);
        assertNotNull(diag.find(Linux.IPPROTO_TCP, local, none));
    }

    static void tun(Crew crew) throws IOException {
        TunDevice tun = crew.own(TunDevice.open("inj%d", Linux.IFF_TUN | Linux.IFF_NO_PI));
        tun.timeout(PATIENCE);
        int index = Interfaces.index(tun.name());
        FailingLibc.quietly(() -> {
            try (RtNetlink rt = RtNetlink.open()) {
                rt.addAddress(index, InetAddress.getByName("10.78.0.1"), 24);
                rt.setUp(index);
            }
        });
        Socket udp = crew.own(Socket.udp());
        udp.sendTo(ByteBuffer.wrap(new byte[5]), new InetSocketAddress("10.78.0.2", 9), 0);
        ByteBuffer packet = ByteBuffer.allocateDirect(2048);
        do {
            assertTrue(tun.read(packet.clear()) > 0);
        } while (packet.get(0) >> 4 != 4); // IPv6 says something about itself first
        assertEquals(20 + 8 + 5, packet.position());
        assertEquals(33, tun.write(packet.flip()));
        Socket raw = crew.own(Socket.raw(Protocol.ICMP));
        assertTrue(Objects.requireNonNull(raw.getLocalAddress()).toString().length() > 0);
    }
}
