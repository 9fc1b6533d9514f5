package io.sockfd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.PrivateNetwork;
import io.sockfd.capture.ReceiveRing;
import io.sockfd.capture.RingSize;
import io.sockfd.option.TpacketStats;
import io.sockfd.raw.Linux;
import io.sockfd.uring.BufferRing;
import io.sockfd.uring.Receive;
import io.sockfd.uring.Ring;
import io.sockfd.uring.RingStatistics;
import io.sockfd.xdp.Umem;
import io.sockfd.xdp.XdpSetup;
import io.sockfd.xdp.XdpSocket;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client of the MBean server sees of rings, from their opening to their close. */
@Timeout(60)
@Tag("once")
class ManagementIT {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @AfterEach
    void unregister() throws Exception {
        Management.unregister();
        Management.unregister();
        assertEquals(Set.of(), SERVER.queryNames(new ObjectName("io.sockfd:*"), null));
    }

    private static Ring open() throws IOException {
        try {
            return Ring.open(8, 64);
        } catch (ErrnoException e) {
            if (Set.of(Errno.EPERM, Errno.ENOSYS, Errno.EINVAL).contains(e.errno())) {
                return abort(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private static Set<ObjectName> shown(String type) throws Exception {
        return SERVER.queryNames(new ObjectName("io.sockfd:type=" + type + ",*"), null);
    }

    private static long number(ObjectName bean, String attribute) throws Exception {
        return ((Number) SERVER.getAttribute(bean, attribute)).longValue();
    }

    /** The one of a descriptor. */
    private static ObjectName bean(String type, int fd) throws Exception {
        for (ObjectName name : shown(type)) {
            if (number(name, "Descriptor") == fd) {
                return name;
            }
        }
        throw new AssertionError(shown(type) + " are not of descriptor " + fd);
    }

    private static void receive(Ring ring, Socket.Pair pair, Receive receive) throws IOException {
        pair.second().sendAll(ByteBuffer.wrap("hello".getBytes(US_ASCII)));
        while (ring.next() == null) {
            assertTrue(ring.await(TimeUnit.SECONDS.toNanos(10)), "nothing comes");
        }
        assertEquals(5, receive.check());
    }

    @Test
    void aRingIsShownFromItsOpeningToItsClose() throws Exception {
        try (Ring early = open();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            assertEquals(Set.of(), shown("Ring"));
            Management.register();
            Management.register();
            assertEquals(1, shown("Ring").size());
            ObjectName bean = bean("Ring", early.fd());
            assertEquals("", SERVER.getAttribute(bean, "Thread"));
            BufferRing buffers = early.buffers(2, 64);
            Receive receive = early.receive(pair.first(), buffers);
            receive.startMultishot();
            receive(early, pair, receive);
            receive(early, pair, receive);
            RingStatistics statistics = early.statistics();
            assertEquals(2, statistics.completions());
            assertEquals(1, statistics.inFlight());
            assertEquals(statistics.submissions(), number(bean, "Submissions"));
            assertEquals(statistics.completions(), number(bean, "Completions"));
            assertEquals(statistics.inFlight(), number(bean, "InFlight"));
            assertEquals(statistics.emptyBuffers(), number(bean, "EmptyBuffers"));
            assertEquals(statistics.lost(), number(bean, "Lost"));
            assertEquals(Thread.currentThread().getName(), SERVER.getAttribute(bean, "Thread"));

            try (Ring late = open()) {
                assertEquals(2, shown("Ring").size());
                assertFalse(bean("Ring", late.fd()).equals(bean));
            }
            assertEquals(Set.of(bean), shown("Ring"));
        }
        assertEquals(Set.of(), shown("Ring"));
    }

    private static void leak() throws IOException {
        Ring forgotten = open();
        assertTrue(forgotten.isOpen());
    }

    @Test
    void aBeanDoesNotKeepItsRing() throws Exception {
        Management.register();
        leak();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!shown("Ring").isEmpty()) {
            assertTrue(System.nanoTime() < end, "the bean of a ring that is garbage is there");
            System.gc();
            Thread.sleep(5);
        }
    }

    @Test
    void oneThatIsUnregisteredIsShownAgain() throws Exception {
        Management.register();
        try (Ring ring = open()) {
            ObjectName first = bean("Ring", ring.fd());
            Management.unregister();
            assertEquals(Set.of(), SERVER.queryNames(new ObjectName("io.sockfd:*"), null));
            Management.register();
            assertEquals(1, shown("Ring").size());
            assertNotNull(bean("Ring", ring.fd()));
            assertEquals(
                    Set.of("io.sockfd:type=Sockfd", bean("Ring", ring.fd()).toString()), all(), "and not " + first);
        }
    }

    private static Set<String> all() throws Exception {
        Set<String> names = new HashSet<>();
        for (ObjectName name : SERVER.queryNames(new ObjectName("io.sockfd:*"), null)) {
            names.add(name.toString());
        }
        return names;
    }

    /** As another copy of the library has, in another class loader. */
    public interface OtherMXBean {
        int getDescriptor();
    }

    @Test
    void aNameThatIsTakenIsLeftToItsOwner() throws Exception {
        Management.register();
        ObjectName taken = new ObjectName("io.sockfd:type=Ring,id=1");
        OtherMXBean other = () -> -1;
        SERVER.registerMBean(new javax.management.StandardMBean(other, OtherMXBean.class, true), taken);
        try (Ring ring = open()) {
            assertFalse(bean("Ring", ring.fd()).equals(taken));
            assertEquals(2, shown("Ring").size());
        } finally {
            assertEquals(Set.of(taken), shown("Ring"));
            SERVER.unregisterMBean(taken);
        }
    }

    private static ByteBuffer frame(int length) {
        return ByteBuffer.allocateDirect(length)
                .put(new byte[] {-1, -1, -1, -1, -1, -1, 2, 0, 0, 0, 0, 1})
                .putShort((short) 0x88b5)
                .clear();
    }

    @Test
    void jmxAndTheProgramCountTheSamePackets() throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.veth();
            Management.register();
            int frames = 200;
            RingSize small = new RingSize(4096, 2, 2048, Duration.ofMillis(5));
            try (PacketSocket out = PacketSocket.on("veth0", 0);
                    PacketSocket in = PacketSocket.on("veth1", 0x88b5);
                    ReceiveRing ring = ReceiveRing.open(in, small)) {
                ObjectName bean = bean("ReceiveRing", in.socket().fd());
                for (int i = 0; i < frames; i++) {
                    out.send(frame(1000));
                }
                assertEquals(frames, number(bean, "Packets"));
                long drops = number(bean, "Drops");
                assertTrue(drops > 0 && drops < frames, drops + " drops");
                assertTrue(number(bean, "Freezes") > 0);
                TpacketStats statistics = ring.socket().statistics();
                assertEquals(frames, statistics.packets(), "JMX has taken none of them");
                assertEquals(drops, statistics.drops());
                assertEquals(number(bean, "Freezes"), statistics.freezeQCount().orElseThrow());
                assertEquals(0, in.statistics().packets());
                assertEquals(frames, number(bean, "Packets"), "nor the program");
            }
            assertEquals(Set.of(), shown("ReceiveRing"));
            try (PacketSocket plain = PacketSocket.on("veth1", Linux.ETH_P_ALL)) {
                assertTrue(plain.statistics().freezeQCount().isEmpty(), "without a ring");
                assertEquals(Set.of(), shown("ReceiveRing"));
            }
        });
    }

    @Test
    void aSocketOfAfXdpIsShown() throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.veth();
            Management.register();
            XdpSetup setup = new XdpSetup(64, 64, 64, XdpSetup.Copy.ALWAYS);
            try (Umem umem = Umem.of(256, 2048, 64);
                    XdpSocket socket = openXdp(umem, setup)) {
                ObjectName bean = bean("XdpSocket", socket.descriptor().fd());
                assertEquals(0, number(bean, "Queue"));
                assertEquals(socket.ifindex(), number(bean, "InterfaceIndex"));
                assertEquals(socket.statistics().rxDropped(), number(bean, "RxDropped"));
                for (String attribute : new String[] {
                    "RxInvalidDescs", "TxInvalidDescs", "RxRingFull", "RxFillRingEmptyDescs", "TxRingEmptyDescs"
                }) {
                    assertTrue(number(bean, attribute) >= 0, attribute);
                }
            }
            assertEquals(Set.of(), shown("XdpSocket"));
        });
    }

    private static XdpSocket openXdp(Umem umem, XdpSetup setup) throws IOException {
        try {
            return XdpSocket.open("veth1", 0, umem, setup);
        } catch (IOException e) {
            if (Errors.errnoOf(e).filter(errno -> !errno.equals(Errno.EINVAL)).isPresent()) {
                return abort(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
