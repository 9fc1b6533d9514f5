package io.sockfd.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Datagram channels, their groups and their adaptors, on either provider. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
@Tag("later")
class DatagramsIT {
    private static final int PATIENCE_MS = 5000;
    private static final int NOTHING_MS = 100;

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    @ParameterizedTest
    @MethodSource("io.sockfd.nio.Providers#both")
    void sendReceiveConnectAndDisconnect(SelectorProvider provider) throws Exception {
        try (DatagramChannel a = provider.openDatagramChannel().bind(loopback());
                DatagramChannel b = provider.openDatagramChannel()) {
            assertNull(b.getLocalAddress());
            assertEquals(3, b.send(bytes(1, 2, 3), a.getLocalAddress()));
            SocketAddress local = b.getLocalAddress();
            assertNotNull(local);
            ByteBuffer got = ByteBuffer.allocate(10);
            InetSocketAddress from = (InetSocketAddress) a.receive(got);
            assertEquals(((InetSocketAddress) local).getPort(), from.getPort());
            assertEquals(InetAddress.getLoopbackAddress(), from.getAddress());
            assertEquals(3, got.position());

            b.connect(a.getLocalAddress());
            assertEquals(a.getLocalAddress(), b.getRemoteAddress());
            assertThrows(AlreadyConnectedException.class, () -> b.connect(a.getLocalAddress()));
            assertThrows(
                    AlreadyConnectedException.class,
                    () -> b.send(bytes(1), new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)));
            assertEquals(2, b.write(new ByteBuffer[] {bytes(1), bytes(2)}));
            assertEquals(2, a.receive(got.clear()) == null ? 0 : got.position());
            b.disconnect();
            assertFalse(b.isConnected());
            assertEquals(local, b.getLocalAddress());
            a.send(bytes(9), new InetSocketAddress(InetAddress.getLoopbackAddress(), from.getPort()));
            assertEquals(a.getLocalAddress(), b.receive(got.clear()));
        }
    }

    @ParameterizedTest
    @MethodSource("io.sockfd.nio.Providers#both")
    void aPortWhereNobodyIs(SelectorProvider provider) throws Exception {
        SocketAddress gone;
        try (DatagramChannel other = provider.openDatagramChannel().bind(loopback())) {
            gone = other.getLocalAddress();
        }
        try (DatagramChannel channel = provider.openDatagramChannel().connect(gone)) {
            channel.write(bytes(1));
            assertThrows(PortUnreachableException.class, () -> channel.read(ByteBuffer.allocate(1)));
        }
    }

    private static NetworkInterface loopbackInterface() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    }

    private static DatagramChannel member(SelectorProvider provider, StandardProtocolFamily family) throws IOException {
        DatagramChannel channel = provider.openDatagramChannel(family);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopbackInterface());
        return channel.bind(new InetSocketAddress(0));
    }

    /** Null when nothing comes. */
    private static Object receives(DatagramChannel channel, Selector selector, int millis) throws IOException {
        selector.select(millis);
        selector.selectedKeys().clear();
        return channel.receive(ByteBuffer.allocate(100));
    }

    @ParameterizedTest
    @MethodSource("io.sockfd.nio.Providers#both")
    void groupsAreJoinedBlockedAndDropped(SelectorProvider provider) throws Exception {
        for (StandardProtocolFamily family :
                new StandardProtocolFamily[] {StandardProtocolFamily.INET, StandardProtocolFamily.INET6}) {
            MembershipKey keyOfTheClosed;
            InetAddress group = InetAddress.getByName("232.3.5.7");
            InetAddress sender = InetAddress.getLoopbackAddress();
            try (DatagramChannel channel = member(provider, family);
                    DatagramChannel out = member(provider, StandardProtocolFamily.INET);
                    Selector selector = provider.openSelector()) {
                SocketAddress to =
                        new InetSocketAddress(group, ((InetSocketAddress) channel.getLocalAddress()).getPort());
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                MembershipKey key = channel.join(group, loopbackInterface());
                assertSame(key, channel.join(group, loopbackInterface()));
                assertThrows(IllegalStateException.class, () -> channel.join(group, loopbackInterface(), sender));
                out.send(bytes(1), to);
                assertNotNull(receives(channel, selector, PATIENCE_MS));
                key.block(sender);
                key.block(sender);
                out.send(bytes(2), to);
                assertNull(receives(channel, selector, NOTHING_MS));
                key.unblock(sender);
                assertThrows(IllegalStateException.class, () -> key.unblock(sender));
                out.send(bytes(3), to);
                assertNotNull(receives(channel, selector, PATIENCE_MS));
                key.drop();
                key.drop();
                assertFalse(key.isValid());
                out.send(bytes(4), to);
                assertNull(receives(channel, selector, NOTHING_MS));

                MembershipKey one = channel.join(group, loopbackInterface(), InetAddress.getByName("127.0.0.2"));
                assertThrows(IllegalStateException.class, () -> one.block(sender));
                out.send(bytes(5), to);
                assertNull(receives(channel, selector, NOTHING_MS));
                MembershipKey right = channel.join(group, loopbackInterface(), sender);
                out.send(bytes(6), to);
                assertNotNull(receives(channel, selector, PATIENCE_MS));
                keyOfTheClosed = right;
            }
            assertFalse(keyOfTheClosed.isValid());
        }
    }

    @ParameterizedTest
    @MethodSource("io.sockfd.nio.Providers#both")
    void whatCannotBeJoined(SelectorProvider provider) throws Exception {
        try (DatagramChannel channel = provider.openDatagramChannel(StandardProtocolFamily.INET)) {
            NetworkInterface at = loopbackInterface();
            InetAddress group = InetAddress.getByName("232.3.5.8");
            assertThrows(IllegalArgumentException.class, () -> channel.join(InetAddress.getByName("10.0.0.1"), at));
            assertThrows(IllegalArgumentException.class, () -> channel.join(InetAddress.getByName("ff02::1"), at));
            assertThrows(IllegalArgumentException.class, () -> channel.join(group, at, group));
            assertThrows(
                    IllegalArgumentException.class, () -> channel.join(group, at, InetAddress.getByName("0.0.0.0")));
            assertThrows(
                    IllegalArgumentException.class, () -> channel.join(group, at, InetAddress.getByName("fe80::1")));
        }
    }

    @ParameterizedTest
    @MethodSource("io.sockfd.nio.Providers#both")
    void theAdaptorReceivesIntoAPacketAgainAndAgain(SelectorProvider provider) throws Exception {
        try (DatagramChannel channel = provider.openDatagramChannel().bind(loopback());
                DatagramChannel out = provider.openDatagramChannel().bind(loopback())) {
            DatagramSocket socket = channel.socket();
            assertTrue(socket instanceof MulticastSocket);
            assertSame(channel, socket.getChannel());
            DatagramPacket packet = new DatagramPacket(new byte[10], 2, 5);
            for (int length : new int[] {1, 4, 9, 3}) {
                byte[] sent = new byte[length];
                sent[0] = (byte) length;
                out.send(ByteBuffer.wrap(sent), channel.getLocalAddress());
                socket.receive(packet);
                assertEquals(Math.min(5, length), packet.getLength());
                assertEquals(length, packet.getData()[2]);
                assertEquals(out.getLocalAddress(), packet.getSocketAddress());
            }
            socket.send(new DatagramPacket(new byte[] {1, 2}, 2, out.getLocalAddress()));
            ByteBuffer got = ByteBuffer.allocate(5);
            assertEquals(channel.getLocalAddress(), out.receive(got));
            assertArrayEquals(new byte[] {1, 2, 0, 0, 0}, got.array());
            socket.close();
            assertTrue(socket.isClosed());
            assertFalse(channel.isOpen());
        }
    }

    /** Which the JDK does not have. */
    @Test
    void unixDatagrams() throws Exception {
        SelectorProvider provider = Providers.OURS;
        try (DatagramChannel a = provider.openDatagramChannel(StandardProtocolFamily.UNIX)
                        .bind(null);
                DatagramChannel b = provider.openDatagramChannel(StandardProtocolFamily.UNIX)) {
            UnixDomainSocketAddress name = (UnixDomainSocketAddress) a.getLocalAddress();
            try {
                b.send(bytes(1, 2), name);
                ByteBuffer got = ByteBuffer.allocate(10);
                assertEquals(UnixDomainSocketAddress.of(""), a.receive(got));
                assertEquals(2, got.position());
                b.connect(name);
                assertEquals(name, b.getRemoteAddress());
                assertEquals(UnixDomainSocketAddress.of(""), b.getLocalAddress());
                b.write(bytes(3));
                assertNotNull(a.receive(got.clear()));
                b.disconnect();
                assertNull(b.getRemoteAddress());
                assertThrows(UnsupportedOperationException.class, b::socket);
            } finally {
                Files.delete(name.getPath());
            }
        }
    }
}
