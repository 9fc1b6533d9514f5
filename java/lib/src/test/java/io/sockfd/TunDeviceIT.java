package io.sockfd;

import static io.sockfd.raw.Linux.IFF_MULTI_QUEUE;
import static io.sockfd.raw.Linux.IFF_NO_PI;
import static io.sockfd.raw.Linux.IFF_TAP;
import static io.sockfd.raw.Linux.IFF_TUN;
import static io.sockfd.raw.Linux.IFF_TUN_EXCL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.address.Interfaces;
import io.sockfd.capture.PrivateNetwork;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.TunPi;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("once")
class TunDeviceIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int TUN = IFF_TUN | IFF_NO_PI;
    private static final int IP_PROTOCOL = 9;
    private static final int IP_SOURCE = 12;
    private static final int IP_DESTINATION = 16;
    private static final int ICMP = 20;

    private static void inNamespace(PrivateNetwork.Body body) throws Exception {
        PrivateNetwork.run(() -> {
            assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "needs /dev/net/tun");
            body.run();
        });
    }

    private static void up(TunDevice device) throws Exception {
        PrivateNetwork.run("if [ -d /proc/sys/net/ipv6 ]; then echo 1 > /proc/sys/net/ipv6/conf/" + device.name()
                + "/disable_ipv6; fi; ip addr add 10.9.9.1/24 dev " + device.name() + " && ip link set " + device.name()
                + " up");
    }

    private static Errno errno(org.junit.jupiter.api.function.Executable failing) {
        return Errors.errnoOf(assertThrows(IOException.class, failing)).orElseThrow();
    }

    /** A datagram from the kernel into the device: 10.9.9.2 is nobody but us. */
    private static void sendOut(Socket socket, int value) throws IOException {
        socket.sendTo(ByteBuffer.allocate(4).putInt(0, value), new InetSocketAddress("10.9.9.2", 7), 0);
    }

    @Test
    void answersThePingOfTheKernel() throws Exception {
        inNamespace(() -> {
            try (TunDevice tun = TunDevice.open("tun%d", TUN).timeout(SOON);
                    Socket raw = Socket.raw(Protocol.ICMP).timeout(SOON)) {
                assertEquals("tun0", tun.name());
                assertTrue(Interfaces.index("tun0") > 0);
                up(tun);
                ByteBuffer request = echoRequest(0x1234);
                raw.sendTo(request, new InetSocketAddress("10.9.9.2", 0), 0);

                ByteBuffer packet = ByteBuffer.allocateDirect(2048);
                assertEquals(ICMP + 16, tun.read(packet));
                packet.flip();
                assertEquals(Linux.IPPROTO_ICMP, packet.get(IP_PROTOCOL));
                assertEquals(8, packet.get(ICMP));
                // the reply: addresses exchanged, type 0, and a checksum that is larger by what the type lost
                int source = packet.getInt(IP_SOURCE);
                packet.putInt(IP_SOURCE, packet.getInt(IP_DESTINATION)).putInt(IP_DESTINATION, source);
                packet.put(ICMP, (byte) 0);
                int sum = (packet.getShort(ICMP + 2) & 0xffff) + 0x0800;
                packet.putShort(ICMP + 2, (short) (sum + (sum >>> 16)));
                assertEquals(ICMP + 16, tun.write(packet));
                assertFalse(packet.hasRemaining());

                ByteBuffer reply = ByteBuffer.allocate(2048);
                do {
                    assertTrue(raw.recv(reply.clear(), 0) > 0);
                } while (reply.get(ICMP) != 0);
                assertEquals(0x0a090902, reply.getInt(IP_SOURCE));
                assertEquals(0x1234, reply.getShort(ICMP + 4));
            }
        });
    }

    private static ByteBuffer echoRequest(int id) {
        ByteBuffer request = ByteBuffer.allocate(16).put(0, (byte) 8).putShort(4, (short) id);
        request.putShort(2, (short) ~(0x0800 + id));
        return request;
    }

    @Test
    void protocolInformationPrecedesUnlessRefused() throws Exception {
        inNamespace(() -> {
            try (TunDevice tun = TunDevice.open("", IFF_TUN).timeout(SOON);
                    Socket udp = Socket.udp()) {
                up(tun);
                sendOut(udp, 5);
                ByteBuffer packet = ByteBuffer.allocate(100); // on the heap: copied
                assertEquals(TunPi.SIZE + 32, tun.read(packet));
                assertEquals(Linux.ETH_P_IP, TunPi.proto(packet.order(ByteOrder.nativeOrder()), 0));
            }
        });
    }

    @Test
    void tapCarriesFrames() throws Exception {
        inNamespace(() -> {
            try (TunDevice tap = TunDevice.open("tap0", IFF_TAP | IFF_NO_PI).timeout(SOON);
                    Socket udp = Socket.udp()) {
                up(tap);
                sendOut(udp, 5);
                ByteBuffer frame = ByteBuffer.allocateDirect(2048);
                int length = tap.read(frame); // who has 10.9.9.2?
                assertEquals(42, length);
                assertEquals(-1, frame.getInt(0));
                assertEquals(Linux.ETH_P_ARP, frame.getShort(12));
                assertEquals(0x0a090902, frame.getInt(38));
            }
        });
    }

    @Test
    void aPacketPerCallAndTheRestOfALongOneIsLost() throws Exception {
        inNamespace(() -> {
            try (TunDevice tun = TunDevice.open("tun0", TUN).timeout(SOON);
                    Socket udp = Socket.udp()) {
                up(tun);
                for (int i = 0; i < 3; i++) {
                    sendOut(udp, i);
                }
                ByteBuffer packet =
                        ByteBuffer.allocateDirect(2048).position(100).limit(110);
                assertEquals(10, tun.read(packet));
                assertEquals(110, packet.position());
                assertEquals(32, tun.read(packet.clear()));
                assertEquals(1, packet.getInt(28));
                assertEquals(32, tun.read(packet));
                assertEquals(2, packet.getInt(32 + 28));
                tun.timeout(Socket.NON_BLOCKING);
                assertEquals(0, tun.read(packet.clear()));
                assertThrows(java.nio.ReadOnlyBufferException.class, () -> tun.read(packet.asReadOnlyBuffer()));
                tun.timeout(Duration.ofMillis(20));
                assertThrows(SocketTimeoutException.class, () -> tun.read(packet));
            }
        });
    }

    @Test
    void closeAndInterruptEndAWait() throws Exception {
        inNamespace(() -> {
            for (boolean interrupt : new boolean[] {false, true}) {
                TunDevice tun = TunDevice.open("tun0", TUN);
                up(tun);
                CompletableFuture<Throwable> end = new CompletableFuture<>();
                Thread reader = new Thread(() -> {
                    try {
                        end.complete(new AssertionError("read " + tun.read(ByteBuffer.allocateDirect(2048))));
                    } catch (IOException e) {
                        end.complete(e);
                    }
                });
                reader.start();
                Thread.sleep(50);
                if (interrupt) {
                    reader.interrupt();
                } else {
                    tun.close();
                }
                Throwable thrown = end.get(5, TimeUnit.SECONDS);
                assertEquals(
                        interrupt ? ClosedByInterruptException.class : AsynchronousCloseException.class,
                        thrown.getClass(),
                        thrown.toString());
                assertFalse(tun.isOpen());
                assertThrows(ClosedChannelException.class, () -> tun.write(ByteBuffer.allocate(20)));
                reader.join(5_000);
                assertThrows(IOException.class, () -> Interfaces.index("tun0"), "it went with its descriptor");
            }
        });
    }

    @Test
    void persistsWhenAsked() throws Exception {
        inNamespace(() -> {
            try (TunDevice tun = TunDevice.open("tun0", TUN)) {
                tun.persist(true).owner(12345).group(54321);
            }
            String details = PrivateNetwork.run("ip -d link show dev tun0");
            assertTrue(details.contains("persist on"), details);
            assertTrue(details.contains("user 12345") && details.contains("group 54321"), details);
            assertEquals(Errno.EBUSY, errno(() -> TunDevice.open("tun0", TUN | IFF_TUN_EXCL)));
            assertEquals(Errno.EINVAL, errno(() -> TunDevice.open("tun0", IFF_TAP | IFF_NO_PI)));
            try (TunDevice tun = TunDevice.open("tun0", TUN)) {
                tun.persist(false);
            }
            assertThrows(IOException.class, () -> Interfaces.index("tun0"));
        });
    }

    @Test
    void severalQueues() throws Exception {
        inNamespace(() -> {
            int flags = TUN | IFF_MULTI_QUEUE;
            try (TunDevice one = TunDevice.open("tun0", flags).timeout(Socket.NON_BLOCKING);
                    TunDevice two = TunDevice.open("tun0", flags).timeout(Socket.NON_BLOCKING);
                    Socket udp = Socket.udp()) {
                up(one);
                two.attached(false);
                for (int i = 0; i < 20; i++) {
                    sendOut(udp, i);
                }
                ByteBuffer packet = ByteBuffer.allocateDirect(2048);
                assertEquals(0, two.read(packet));
                for (int i = 0; i < 20; i++) {
                    assertEquals(32, one.read(packet.clear()));
                }
                two.attached(true);
                assertEquals(Errno.EINVAL, errno(() -> two.attached(true)));
            }
        });
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertThrows(IllegalArgumentException.class, () -> TunDevice.open("a-name-of-16-byte", TUN));
        assertThrows(IllegalArgumentException.class, () -> TunDevice.open("tun\0", TUN));
        assertThrows(IllegalArgumentException.class, () -> TunDevice.open("tun0", IFF_NO_PI));
        assertThrows(IllegalArgumentException.class, () -> TunDevice.open("tun0", IFF_TUN | IFF_TAP));
        inNamespace(() -> {
            try (TunDevice tun = TunDevice.open("tun0", TUN)) {
                IOException busy = assertThrows(IOException.class, () -> TunDevice.open("tun0", TUN));
                assertEquals(Errno.EBUSY, Errors.errnoOf(busy).orElseThrow());
                assertTrue(busy.toString().contains("IFF_MULTI_QUEUE"), busy.toString());
                assertEquals(
                        Errno.EIO, errno(() -> tun.write(ByteBuffer.allocate(20).put(0, (byte) 0x45))), "down");
                up(tun);
                assertEquals(Errno.EINVAL, errno(() -> tun.write(ByteBuffer.allocate(20))), "no version");
                PrivateNetwork.ip("link del tun0");
                assertEquals(Errno.EBADFD, errno(() -> tun.read(ByteBuffer.allocate(20))));
            }
            IOException lo = assertThrows(IOException.class, () -> TunDevice.open("lo", TUN));
            assertEquals(Errno.EINVAL, Errors.errnoOf(lo).orElseThrow());
            assertTrue(lo.toString().contains("another kind of interface"), lo.toString());
        });
    }
}
