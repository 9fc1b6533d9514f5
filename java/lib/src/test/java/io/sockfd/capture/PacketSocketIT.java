package io.sockfd.capture;

import static io.sockfd.capture.Frames.BROADCAST;
import static io.sockfd.capture.Frames.ETHERTYPE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.SocketType;
import io.sockfd.address.HardwareAddress;
import io.sockfd.address.Interfaces;
import io.sockfd.address.PacketAddress;
import io.sockfd.option.TpacketStats;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Packet sockets at the two ends of a wire in a namespace of their own. */
@Timeout(60)
@Tag("once")
class PacketSocketIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration NOTHING_COMES = Duration.ofMillis(50);
    private static final byte[] SOMEBODY = {2, 0, 0, 0, 0, 0x77};
    private static final byte[] GROUP = {1, 0, 0x5e, 0, 0, 0x55};

    private static void overAWire(PrivateNetwork.Body body) throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.veth();
            body.run();
        });
    }

    private static CapturedPacket expect(PacketSocket socket) throws IOException {
        CapturedPacket packet = socket.next(SOON);
        assertNotNull(packet, "nothing came");
        return packet;
    }

    @Test
    void seesWhatTheOtherEndSends() throws Exception {
        overAWire(() -> {
            try (PacketSocket out = PacketSocket.on("veth0", 0);
                    PacketSocket in = PacketSocket.on("veth1")) {
                ByteBuffer frame = Frames.frame(BROADCAST, 60, 42);
                long before = System.currentTimeMillis();
                out.send(frame);
                assertEquals(0, frame.remaining());
                CapturedPacket packet = expect(in);
                assertEquals(frame.clear(), packet.data());
                assertEquals(60, packet.length());
                assertFalse(packet.truncated());
                assertEquals(ETHERTYPE, packet.protocol());
                assertEquals(Linux.PACKET_BROADCAST, packet.packetType());
                assertEquals(Linux.ARPHRD_ETHER, packet.hardwareType());
                assertEquals(Interfaces.index("veth1"), packet.ifindex());
                assertTrue(
                        Math.abs(packet.timestampNanos() / 1_000_000 - before) < 5_000, "" + packet.timestampNanos());
                assertNull(in.next(Duration.ZERO));
                assertNull(out.next(NOTHING_COMES), "protocol 0 receives nothing");
            }
        });
    }

    @Test
    void putsVlanTagsBack() throws Exception {
        overAWire(() -> {
            try (PacketSocket out = PacketSocket.on("veth0", 0);
                    PacketSocket in = PacketSocket.on("veth1");
                    PacketSocket cooked = PacketSocket.open(SocketType.DGRAM).bind("veth1", Linux.ETH_P_ALL)) {
                for (int tpid : new int[] {Linux.ETH_P_8021Q, Linux.ETH_P_8021AD}) {
                    ByteBuffer frame = Frames.tagged(tpid, 0x6064, 64, 9);
                    out.send(frame);
                    CapturedPacket packet = expect(in);
                    assertEquals(frame.clear(), packet.data());
                    assertEquals(0x6064, packet.vlanTci());
                    assertEquals(tpid, packet.vlanTpid());
                    assertEquals(64, packet.length());
                    CapturedPacket payload = expect(cooked);
                    assertEquals(64 - 18, payload.length());
                    assertEquals(0x6064, payload.vlanTci());
                }
                out.send(Frames.frame(BROADCAST, 60, 1));
                assertEquals(CapturedPacket.ABSENT, expect(in).vlanTci(), "a packet without a tag after one with");
            }
        });
    }

    @Test
    void aVlanInterfaceOfTheKernelAgrees() throws Exception {
        overAWire(() -> {
            assumeTrue(PrivateNetwork.tries("ip link add link veth1 name veth1.100 type vlan id 100"), "no 8021q here");
            PrivateNetwork.ip("link set veth1.100 up");
            try (PacketSocket out = PacketSocket.on("veth0", 0);
                    PacketSocket in = PacketSocket.on("veth1.100");
                    PacketSocket back = PacketSocket.on("veth0").ignoreOutgoing(true)) {
                out.send(Frames.tagged(Linux.ETH_P_8021Q, 100, 64, 5));
                CapturedPacket inner = expect(in);
                assertEquals(5, Frames.sequence(inner));
                assertEquals(60, inner.length(), "the interface has taken the tag off");
                in.send(Frames.frame(BROADCAST, 60, 6));
                CapturedPacket tagged = expect(back);
                assertEquals(100, tagged.vlanTci());
                assertEquals(Frames.tagged(Linux.ETH_P_8021Q, 100, 64, 6), tagged.data());
            }
        });
    }

    @Test
    void marksWhatGoesOutOrLeavesItOut() throws Exception {
        overAWire(() -> {
            try (PacketSocket sender = PacketSocket.on("veth0", 0).qdiscBypass(true);
                    PacketSocket both = PacketSocket.on("veth1");
                    PacketSocket incoming = PacketSocket.on("veth1").ignoreOutgoing(true);
                    PacketSocket other = PacketSocket.on("veth1", 0)) {
                other.send(Frames.frame(BROADCAST, 60, 1));
                sender.send(Frames.frame(BROADCAST, 60, 2));
                CapturedPacket first = expect(both);
                assertTrue(first.outgoing());
                assertEquals(1, Frames.sequence(first));
                CapturedPacket second = expect(both);
                assertFalse(second.outgoing());
                assertEquals(2, Frames.sequence(second));
                assertEquals(2, Frames.sequence(expect(incoming)));
                assertNull(incoming.next(NOTHING_COMES));
            }
        });
    }

    /** On veth every frame arrives; what the setting does is seen in the interface's own state. */
    @Test
    void membershipsReachTheInterfaceAndEndWithTheSocket() throws Exception {
        overAWire(() -> {
            try (PacketSocket socket = PacketSocket.on("veth1")) {
                assertEquals(0, promiscuity());
                socket.promiscuous(true);
                assertEquals(1, promiscuity());
                socket.promiscuous(false);
                assertEquals(0, promiscuity());
                socket.promiscuous(true).allMulticast(true).join(HardwareAddress.of(GROUP));
                assertTrue(details().contains("allmulti 1"), details());
                assertTrue(groups().contains("01:00:5e:00:00:55"), groups());
                socket.leave(HardwareAddress.of(GROUP));
                assertFalse(groups().contains("01:00:5e:00:00:55"), groups());
            }
            assertEquals(0, promiscuity());
        });
    }

    private static String details() throws Exception {
        return PrivateNetwork.run("ip -d link show dev veth1");
    }

    private static int promiscuity() throws Exception {
        String details = details();
        int at = details.indexOf("promiscuity ") + "promiscuity ".length();
        return Integer.parseInt(details.substring(at, details.indexOf(' ', at)));
    }

    private static String groups() throws Exception {
        return PrivateNetwork.run("ip maddress show dev veth1");
    }

    /** A bridge-less macvlan drops what is not its own, as network cards do, unless it is promiscuous. */
    @Test
    void promiscuousBringsWhatIsForOthers() throws Exception {
        overAWire(() -> {
            assumeTrue(
                    PrivateNetwork.tries("ip link add link veth1 name mac0 type macvlan mode private"), "no macvlan");
            PrivateNetwork.ip("link set mac0 up");
            try (PacketSocket out = PacketSocket.on("veth0", 0);
                    PacketSocket in = PacketSocket.on("mac0").ignoreOutgoing(true)) {
                out.send(Frames.frame(GROUP, 60, 1));
                assertNull(in.next(NOTHING_COMES), "not joined");
                in.join(HardwareAddress.of(GROUP));
                out.send(Frames.frame(GROUP, 60, 2));
                CapturedPacket packet = expect(in);
                assertEquals(2, Frames.sequence(packet));
                assertEquals(Linux.PACKET_MULTICAST, packet.packetType());
                in.allMulticast(true);
                out.send(Frames.frame(GROUP, 60, 4));
                assertEquals(4, Frames.sequence(expect(in)));
                out.send(Frames.frame(SOMEBODY, 60, 5));
                assertNull(in.next(NOTHING_COMES), "for somebody else");
            }
            try (PacketSocket out = PacketSocket.on("veth0", 0);
                    PacketSocket in = PacketSocket.on("veth1").promiscuous(true)) {
                out.send(Frames.frame(SOMEBODY, 60, 6));
                CapturedPacket packet = expect(in);
                assertEquals(6, Frames.sequence(packet));
                assertEquals(Linux.PACKET_OTHERHOST, packet.packetType());
            }
        });
    }

    @Test
    void fanoutSharesThePackets() throws Exception {
        overAWire(() -> {
            try (PacketSocket out = PacketSocket.on("veth0", 0);
                    PacketSocket one = PacketSocket.on("veth1");
                    PacketSocket two = PacketSocket.on("veth1")) {
                int type = Linux.PACKET_FANOUT_LB | Linux.PACKET_FANOUT_FLAG_DEFRAG;
                assertEquals(7, one.fanout(7, type));
                assertEquals(7, two.fanout(7, type));
                for (int i = 0; i < 100; i++) {
                    out.send(Frames.frame(BROADCAST, 60, i));
                }
                boolean[] seen = new boolean[100];
                assertEquals(50, take(one, seen));
                assertEquals(50, take(two, seen));
                for (boolean each : seen) {
                    assertTrue(each);
                }
                IOException twice = assertThrows(IOException.class, () -> one.fanout(7, type));
                assertEquals(Errno.EALREADY, Errors.errnoOf(twice).orElseThrow());
            }
            try (PacketSocket unbound = PacketSocket.open()) {
                assertThrows(IOException.class, () -> unbound.fanout(8, Linux.PACKET_FANOUT_HASH));
            }
            try (PacketSocket one = PacketSocket.on("veth1");
                    PacketSocket two = PacketSocket.on("veth1")) {
                int first = one.fanout(0, Linux.PACKET_FANOUT_CPU | Linux.PACKET_FANOUT_FLAG_UNIQUEID);
                assertEquals(first, two.fanout(first, Linux.PACKET_FANOUT_CPU));
            }
            for (int type : new int[] {
                Linux.PACKET_FANOUT_HASH,
                Linux.PACKET_FANOUT_ROLLOVER,
                Linux.PACKET_FANOUT_RND,
                Linux.PACKET_FANOUT_QM,
                Linux.PACKET_FANOUT_HASH | Linux.PACKET_FANOUT_FLAG_ROLLOVER
            }) {
                try (PacketSocket one = PacketSocket.on("veth1")) {
                    assertEquals(9, one.fanout(9, type));
                }
            }
        });
    }

    private static int take(PacketSocket socket, boolean[] seen) throws IOException {
        int count = 0;
        for (CapturedPacket packet; count < seen.length && (packet = socket.next(NOTHING_COMES)) != null; count++) {
            seen[Frames.sequence(packet)] = true;
        }
        return count;
    }

    @Test
    void statisticsCountAndAreResetByReading() throws Exception {
        overAWire(() -> {
            try (PacketSocket out = PacketSocket.on("veth0", 0);
                    PacketSocket in = PacketSocket.on("veth1")) {
                for (int i = 0; i < 2000; i++) {
                    out.send(Frames.frame(BROADCAST, 1000, i));
                }
                TpacketStats full = in.statistics();
                assertEquals(2000, full.packets());
                assertTrue(full.drops() > 0 && full.drops() < 2000, full.toString());
                boolean[] seen = new boolean[2000];
                assertEquals(full.packets() - full.drops(), take(in, seen));
                assertEquals(0, in.statistics().packets());
                assertEquals(0, in.statistics().drops());
            }
        });
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        overAWire(() -> {
            SocketException none = assertThrows(SocketException.class, () -> PacketSocket.on("veth9"));
            assertTrue(none.toString().contains("veth9"), none.toString());
            try (PacketSocket all = PacketSocket.open().bind(0, Linux.ETH_P_ALL)) {
                assertThrows(IllegalStateException.class, () -> all.promiscuous(true));
                assertThrows(IllegalStateException.class, () -> TransmitRing.open(all, RingSize.TRANSMIT));
            }
            try (PacketSocket socket = PacketSocket.on("veth1")) {
                IOException soft = assertThrows(IOException.class, socket::hardwareTimestamps);
                assertEquals(Errno.EOPNOTSUPP, Errors.errnoOf(soft).orElseThrow());
                assertTrue(soft.toString().contains("veth1"), soft.toString());
                assertTrue(soft.toString().contains("ethtool -T"), soft.toString());
                IOException large = assertThrows(IOException.class, () -> socket.send(ByteBuffer.allocate(9000)));
                assertEquals(Errno.EMSGSIZE, Errors.errnoOf(large).orElseThrow());
                PrivateNetwork.ip("link set veth1 down");
                IOException down = assertThrows(IOException.class, () -> socket.next(SOON));
                assertEquals(Errno.ENETDOWN, Errors.errnoOf(down).orElseThrow());
                PrivateNetwork.ip("link set veth1 up");
                assertNull(socket.next(NOTHING_COMES), "and goes on");
            }
        });
    }

    @Test
    void needsCapNetRaw() throws Exception {
        try (PacketSocket privileged = PacketSocket.open()) {
            assumeTrue(!privileged.isOpen(), "this process has CAP_NET_RAW");
        } catch (IOException e) {
            assertEquals(Errno.EPERM, Errors.errnoOf(e).orElseThrow());
        }
    }

    @Test
    void closeEndsAWait() throws Exception {
        overAWire(() -> {
            PacketSocket socket = PacketSocket.on("veth1");
            CompletableFuture<Throwable> waiting = Waiting.in(socket::next);
            socket.close();
            assertEquals(
                    AsynchronousCloseException.class,
                    waiting.get(5, TimeUnit.SECONDS).getClass());
            assertThrows(ClosedChannelException.class, socket::next);
            socket.close();
        });
    }

    @Test
    void cookedSocketsNameTheStation() throws Exception {
        overAWire(() -> {
            try (PacketSocket out = PacketSocket.open(SocketType.DGRAM).bind("veth0", 0);
                    PacketSocket in = PacketSocket.on("veth1")) {
                int ifindex = Interfaces.index("veth0");
                ByteBuffer payload = ByteBuffer.allocate(46).putInt(0, 3);
                int sent = out.socket()
                        .sendTo(payload, new PacketAddress(ETHERTYPE, ifindex, HardwareAddress.BROADCAST), 0);
                assertEquals(46, sent);
                CapturedPacket packet = expect(in);
                assertEquals(3, Frames.sequence(packet));
                assertEquals(60, packet.length());
            }
        });
    }
}
