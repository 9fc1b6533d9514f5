package io.sockfd.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.NetlinkAddress;
import io.sockfd.option.TcpOptions;
import io.sockfd.option.UdpOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From channels to sockets and back, the options of channels, and what failures say. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CrossingIT {
    /** Among what the JDK's channels support, too. */
    private static final Set<String> READ_ONLY = Set.of("SO_INCOMING_NAPI_ID");

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Test
    void aChannelSendsSegmentsThroughItsSocket() throws Exception {
        try (DatagramChannel out = NioSockets.provider().openDatagramChannel(StandardProtocolFamily.INET);
                DatagramChannel in = NioSockets.provider().openDatagramChannel(StandardProtocolFamily.INET)) {
            in.bind(loopback());
            out.connect(in.getLocalAddress());
            Socket socket = NioSockets.socketOf(out);
            socket.setOption(UdpOptions.UDP_SEGMENT, 100);
            assertEquals(250, socket.send(ByteBuffer.allocate(250), 0));
            ByteBuffer got = ByteBuffer.allocate(1000);
            for (int expected : new int[] {100, 100, 50}) {
                assertEquals(out.getLocalAddress(), in.receive(got.clear()));
                assertEquals(expected, got.position());
            }
        }
        try (SocketChannel jdks = SocketChannel.open()) {
            assertThrows(IllegalArgumentException.class, () -> NioSockets.socketOf(jdks));
        }
    }

    @Test
    void socketsOfAnyKindAreSelectedTogether() throws Exception {
        Socket.Pair records = Socket.pair(Domain.UNIX, SocketType.SEQPACKET);
        Socket.Pair datagrams = Socket.pair(Domain.UNIX, SocketType.DGRAM);
        try (Selector selector = NioSockets.provider().openSelector();
                SocketChannel record = NioSockets.socketChannelOf(records.first());
                DatagramChannel datagram = NioSockets.datagramChannelOf(datagrams.first());
                Socket listener = Socket.unixStream().bind(null).listen();
                ServerSocketChannel server = NioSockets.serverSocketChannelOf(listener);
                DatagramChannel netlink = NioSockets.datagramChannelOf(Socket.netlink(0));
                Socket client = Socket.unixStream();
                records;
                datagrams) {
            assertInstanceOf(DatagramChannel.class, netlink);
            SelectionKey recordKey = register(record, selector, SelectionKey.OP_READ);
            SelectionKey datagramKey = register(datagram, selector, SelectionKey.OP_READ);
            SelectionKey serverKey = register(server, selector, SelectionKey.OP_ACCEPT);
            netlink.bind(new NetlinkAddress(0, 0));
            register(netlink, selector, SelectionKey.OP_READ);
            assertEquals(0, selector.selectNow());
            assertEquals(0, record.read(ByteBuffer.allocate(1)));
            records.second().send(ByteBuffer.allocate(3), 0);
            datagrams.second().send(ByteBuffer.allocate(4), 0);
            client.connect(listener.getLocalAddress());
            int ready = 0;
            while (ready < 3) {
                ready += selector.select();
            }
            assertEquals(Set.of(recordKey, datagramKey, serverKey), Set.copyOf(selector.selectedKeys()));
            ByteBuffer got = ByteBuffer.allocate(10);
            assertEquals(3, record.read(got));
            assertEquals(4, datagram.read(got));
            try (SocketChannel accepted = server.accept()) {
                assertTrue(accepted.isConnected());
                assertEquals(1, accepted.write(ByteBuffer.allocate(1)));
                assertEquals(1, client.recv(got, 0));
            }
        }
    }

    private static SelectionKey register(java.nio.channels.SelectableChannel channel, Selector selector, int ops)
            throws IOException {
        return channel.configureBlocking(false).register(selector, ops);
    }

    @Test
    void theKindFollowsTheSocket() throws Exception {
        try (Socket listener = Socket.tcp().bind(loopback()).listen();
                Socket tcp = Socket.tcp();
                Socket udp = Socket.udp()) {
            assertInstanceOf(ServerSocketChannel.class, NioSockets.channelOf(listener));
            SocketChannel channel = (SocketChannel) NioSockets.channelOf(tcp);
            assertFalse(channel.isConnected());
            assertTrue(channel.connect(listener.getLocalAddress()));
            assertInstanceOf(DatagramChannel.class, NioSockets.channelOf(udp));
            assertThrows(IllegalArgumentException.class, () -> NioSockets.datagramChannelOf(tcp));
            assertThrows(IllegalArgumentException.class, () -> NioSockets.socketChannelOf(udp));
            assertThrows(IllegalArgumentException.class, () -> NioSockets.serverSocketChannelOf(tcp));
            assertSame(tcp, NioSockets.socketOf(channel));
        }
    }

    @Test
    void providersDoNotMix() throws Exception {
        try (Selector ours = NioSockets.provider().openSelector();
                Selector jdks = Selector.open();
                SocketChannel our = NioSockets.provider().openSocketChannel();
                SocketChannel jdk = SocketChannel.open()) {
            our.configureBlocking(false);
            jdk.configureBlocking(false);
            assertThrows(IllegalSelectorException.class, () -> jdk.register(ours, SelectionKey.OP_CONNECT));
            assertThrows(IllegalSelectorException.class, () -> our.register(jdks, SelectionKey.OP_CONNECT));
        }
    }

    @Test
    void everySupportedOptionCanBeReadAndSetToWhatWasRead() throws Exception {
        for (NetworkChannel channel : List.of(
                NioSockets.provider().openSocketChannel(),
                NioSockets.provider().openSocketChannel(StandardProtocolFamily.UNIX),
                NioSockets.provider().openServerSocketChannel(),
                NioSockets.provider().openDatagramChannel(StandardProtocolFamily.INET),
                NioSockets.provider().openDatagramChannel())) {
            try (channel) {
                Set<SocketOption<?>> supported = channel.supportedOptions();
                assertSame(supported, channel.supportedOptions());
                assertTrue(supported.contains(StandardSocketOptions.SO_RCVBUF));
                for (SocketOption<?> option : supported) {
                    setToWhatWasRead(channel, option);
                }
            }
        }
        try (SocketChannel tcp = NioSockets.provider().openSocketChannel()) {
            assertTrue(tcp.supportedOptions().contains(TcpOptions.TCP_USER_TIMEOUT));
            assertTrue(tcp.supportedOptions().stream().anyMatch(o -> o.name().equals("TCP_KEEPINTERVAL")));
            tcp.setOption(TcpOptions.TCP_USER_TIMEOUT, 1234L);
            assertEquals(1234L, tcp.getOption(TcpOptions.TCP_USER_TIMEOUT));
        }
    }

    private static <T> void setToWhatWasRead(NetworkChannel channel, SocketOption<T> option) throws IOException {
        if (option.name().equals("SO_PEERCRED")) {
            return; // needs a peer
        }
        T value = channel.getOption(option);
        if (READ_ONLY.contains(option.name())) {
            assertThrows(SocketException.class, () -> channel.setOption(option, value));
        } else if (value != null) { // IP_MULTICAST_IF is, as in the JDK
            channel.setOption(option, value);
        }
    }

    /** Programs compare these. */
    @Test
    void failuresSayWhatTheJdksSay() throws Exception {
        try (ServerSocketChannel server =
                NioSockets.provider().openServerSocketChannel().bind(loopback())) {
            try (SocketChannel client = NioSockets.provider().openSocketChannel()) {
                client.connect(server.getLocalAddress());
                try (SocketChannel accepted = server.accept()) {
                    accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
                for (int i = 0; i < 2; i++) {
                    SocketException reset =
                            assertThrows(SocketException.class, () -> client.read(ByteBuffer.allocate(1)));
                    assertEquals("Connection reset", reset.getMessage());
                }
                IOException broken = assertThrows(IOException.class, () -> {
                    client.write(ByteBuffer.allocate(1));
                    client.write(ByteBuffer.allocate(1));
                });
                assertEquals("Broken pipe", broken.getMessage());
                assertEquals(Errno.EPIPE, Errors.errnoOf(broken).orElseThrow());
                assertInstanceOf(ErrnoException.class, broken.getCause());
            }
        }
        try (SocketChannel bound = SocketChannel.open().bind(loopback()); // it does not listen
                SocketChannel client = NioSockets.provider().openSocketChannel()) {
            SocketAddress gone = bound.getLocalAddress();
            ConnectException refused = assertThrows(ConnectException.class, () -> client.connect(gone));
            assertEquals("Connection refused", refused.getMessage());
            assertFalse(client.isOpen());
        }
    }
}
