package io.sockfd.nio.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;

/** NetworkChannel and its options. */
final class OptionRows {
    private OptionRows() {}

    /** Of jdk.net.ExtendedSocketOptions. */
    private static final Set<String> READ_ONLY = Set.of("SO_INCOMING_NAPI_ID", "SO_PEERCRED");

    /** An option of nobody. */
    static final SocketOption<Integer> UNKNOWN = new SocketOption<>() {
        @Override
        public String name() {
            return "UNKNOWN";
        }

        @Override
        public Class<Integer> type() {
            return Integer.class;
        }
    };

    private static List<NetworkChannel> all(Case c) throws Exception {
        return List.of(c.channel(), c.server(), c.udp());
    }

    private static List<NetworkChannel> everyFamily(Case c) throws Exception {
        return List.of(
                c.channel(),
                c.channel(StandardProtocolFamily.INET),
                c.channel(StandardProtocolFamily.INET6),
                c.channel(StandardProtocolFamily.UNIX),
                c.server(),
                c.server(StandardProtocolFamily.UNIX),
                c.udp(),
                c.keep(c.provider().openDatagramChannel(StandardProtocolFamily.INET)));
    }

    private static <T> void readAndSetBack(NetworkChannel channel, SocketOption<T> option) throws Exception {
        T value = channel.getOption(option);
        if (value != null) {
            assertSame(channel, channel.setOption(option, value));
            T again = channel.getOption(option);
            assertNotNull(again);
            assertSame(value.getClass(), again.getClass(), option.name());
        }
    }

    private static void toggles(NetworkChannel channel, SocketOption<Boolean> option) throws Exception {
        for (boolean on : new boolean[] {true, false, true}) {
            channel.setOption(option, on);
            assertEquals(on, channel.getOption(option), option.name());
        }
    }

    static void add(Table table) {
        table.of("NetworkChannel.supportedOptions()")
                .says("the same set for a closed channel", c -> {
                    for (NetworkChannel channel : all(c)) {
                        Set<SocketOption<?>> before = channel.supportedOptions();
                        channel.close();
                        assertEquals(before, channel.supportedOptions());
                    }
                })
                .says("cannot be changed by the caller, or is a copy", c -> {
                    SocketChannel channel = c.channel();
                    int before = channel.supportedOptions().size();
                    try {
                        channel.supportedOptions().clear();
                    } catch (UnsupportedOperationException e) {
                        return;
                    }
                    assertEquals(before, channel.supportedOptions().size());
                })
                .says("each of them can be read, and set to what was read, but for the read-only ones", c -> {
                    for (NetworkChannel channel : everyFamily(c)) {
                        for (SocketOption<?> option : channel.supportedOptions()) {
                            if (!READ_ONLY.contains(option.name())) {
                                try {
                                    readAndSetBack(channel, option);
                                } catch (Exception e) {
                                    throw new AssertionError(option + " of " + channel, e);
                                }
                            }
                        }
                    }
                })
                .says(
                        "a stream channel has at least these",
                        c -> assertTrue(c.channel()
                                .supportedOptions()
                                .containsAll(Set.of(
                                        StandardSocketOptions.SO_SNDBUF,
                                        StandardSocketOptions.SO_RCVBUF,
                                        StandardSocketOptions.SO_KEEPALIVE,
                                        StandardSocketOptions.SO_REUSEADDR,
                                        StandardSocketOptions.SO_LINGER,
                                        StandardSocketOptions.TCP_NODELAY))))
                .says(
                        "a datagram channel has at least these",
                        c -> assertTrue(c.udp()
                                .supportedOptions()
                                .containsAll(Set.of(
                                        StandardSocketOptions.SO_SNDBUF,
                                        StandardSocketOptions.SO_RCVBUF,
                                        StandardSocketOptions.SO_REUSEADDR,
                                        StandardSocketOptions.SO_BROADCAST,
                                        StandardSocketOptions.IP_TOS,
                                        StandardSocketOptions.IP_MULTICAST_IF,
                                        StandardSocketOptions.IP_MULTICAST_TTL,
                                        StandardSocketOptions.IP_MULTICAST_LOOP))))
                .says(
                        "a UNIX channel has buffers and linger",
                        c -> assertTrue(c.channel(StandardProtocolFamily.UNIX)
                                .supportedOptions()
                                .containsAll(Set.of(
                                        StandardSocketOptions.SO_SNDBUF,
                                        StandardSocketOptions.SO_RCVBUF,
                                        StandardSocketOptions.SO_LINGER))));
        table.of("NetworkChannel.setOption()")
                .says("an option of nobody: UnsupportedOperationException, for both", c -> {
                    for (NetworkChannel channel : all(c)) {
                        assertFalse(channel.supportedOptions().contains(UNKNOWN));
                        assertThrows(UnsupportedOperationException.class, () -> channel.setOption(UNKNOWN, 1));
                        assertThrows(UnsupportedOperationException.class, () -> channel.getOption(UNKNOWN));
                    }
                })
                .says("null for a name: NullPointerException", c -> {
                    for (NetworkChannel channel : all(c)) {
                        assertThrows(NullPointerException.class, () -> channel.setOption(null, 1));
                        assertThrows(NullPointerException.class, () -> channel.getOption(null));
                    }
                })
                .says("a closed channel: ClosedChannelException, for both", c -> {
                    for (NetworkChannel channel : all(c)) {
                        channel.close();
                        assertThrows(
                                ClosedChannelException.class,
                                () -> channel.setOption(StandardSocketOptions.SO_RCVBUF, 9000));
                        assertThrows(
                                ClosedChannelException.class, () -> channel.getOption(StandardSocketOptions.SO_RCVBUF));
                    }
                })
                .says("a value that cannot be: IllegalArgumentException", c -> {
                    for (NetworkChannel channel : all(c)) {
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> channel.setOption(StandardSocketOptions.SO_RCVBUF, -1));
                    }
                    DatagramChannel udp = c.udp();
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> udp.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 256));
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> udp.setOption(StandardSocketOptions.IP_MULTICAST_TTL, -1));
                    assertThrows(
                            IllegalArgumentException.class, () -> udp.setOption(StandardSocketOptions.IP_TOS, 256));
                })
                .says("null for a buffer's size: IllegalArgumentException or NullPointerException", c -> {
                    Exception e = assertThrows(
                            RuntimeException.class, () -> c.channel().setOption(StandardSocketOptions.SO_RCVBUF, null));
                    assertTrue(e instanceof IllegalArgumentException || e instanceof NullPointerException, "" + e);
                });
        table.of("StandardSocketOptions")
                .says("TCP_NODELAY and SO_KEEPALIVE go on and off", c -> {
                    toggles(c.channel(), StandardSocketOptions.TCP_NODELAY);
                    toggles(c.channel(), StandardSocketOptions.SO_KEEPALIVE);
                })
                .says("SO_REUSEADDR, SO_BROADCAST and IP_MULTICAST_LOOP go on and off", c -> {
                    toggles(c.channel(), StandardSocketOptions.SO_REUSEADDR);
                    toggles(c.udp(), StandardSocketOptions.SO_REUSEADDR);
                    toggles(c.udp(), StandardSocketOptions.SO_BROADCAST);
                    toggles(c.udp(), StandardSocketOptions.IP_MULTICAST_LOOP);
                })
                .says("defaults: the first is off, the loop is on, the TTL 1, linger negative", c -> {
                    assertFalse(c.channel().getOption(StandardSocketOptions.TCP_NODELAY));
                    assertFalse(c.channel().getOption(StandardSocketOptions.SO_KEEPALIVE));
                    assertFalse(c.udp().getOption(StandardSocketOptions.SO_BROADCAST));
                    assertTrue(c.udp().getOption(StandardSocketOptions.IP_MULTICAST_LOOP));
                    assertEquals(1, c.udp().getOption(StandardSocketOptions.IP_MULTICAST_TTL));
                    assertTrue(c.channel().getOption(StandardSocketOptions.SO_LINGER) < 0);
                })
                .says("SO_LINGER: seconds, zero, off; more than the most is the most", c -> {
                    SocketChannel channel = c.channel();
                    for (int seconds : new int[] {0, 1, 65535}) {
                        channel.setOption(StandardSocketOptions.SO_LINGER, seconds);
                        assertEquals(seconds, channel.getOption(StandardSocketOptions.SO_LINGER));
                    }
                    channel.setOption(StandardSocketOptions.SO_LINGER, 100_000);
                    assertEquals(65535, channel.getOption(StandardSocketOptions.SO_LINGER));
                    channel.setOption(StandardSocketOptions.SO_LINGER, -7);
                    assertTrue(channel.getOption(StandardSocketOptions.SO_LINGER) < 0);
                })
                .says("SO_SNDBUF and SO_RCVBUF: what is read is at least what was set", c -> {
                    for (NetworkChannel channel : List.of(c.channel(), c.udp())) {
                        channel.setOption(StandardSocketOptions.SO_SNDBUF, 16_384);
                        channel.setOption(StandardSocketOptions.SO_RCVBUF, 16_384);
                        assertTrue(channel.getOption(StandardSocketOptions.SO_SNDBUF) >= 16_384);
                        assertTrue(channel.getOption(StandardSocketOptions.SO_RCVBUF) >= 16_384);
                    }
                })
                .says("what was read of a buffer's size and set again is not doubled", c -> {
                    SocketChannel channel = c.channel();
                    channel.setOption(StandardSocketOptions.SO_SNDBUF, 16_384);
                    int first = channel.getOption(StandardSocketOptions.SO_SNDBUF);
                    channel.setOption(StandardSocketOptions.SO_SNDBUF, 16_384);
                    assertEquals(first, channel.getOption(StandardSocketOptions.SO_SNDBUF));
                })
                .says("IP_TOS on IPv4: what was set", c -> {
                    DatagramChannel channel = c.keep(c.provider().openDatagramChannel(StandardProtocolFamily.INET));
                    assertEquals(0, channel.getOption(StandardSocketOptions.IP_TOS));
                    for (int tos : new int[] {0x08, 0x10, 0xb8}) {
                        channel.setOption(StandardSocketOptions.IP_TOS, tos);
                        assertEquals(tos, channel.getOption(StandardSocketOptions.IP_TOS));
                    }
                })
                .says("IP_TOS of a channel of both families: settable, connected or not", c -> {
                    c.channel().setOption(StandardSocketOptions.IP_TOS, 0x10);
                    c.tcp().client().setOption(StandardSocketOptions.IP_TOS, 0x10);
                })
                .says("IP_MULTICAST_TTL: 0 to 255", c -> {
                    DatagramChannel channel = c.udp();
                    for (int ttl : new int[] {0, 2, 255}) {
                        channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, ttl);
                        assertEquals(ttl, channel.getOption(StandardSocketOptions.IP_MULTICAST_TTL));
                    }
                })
                .says("IP_MULTICAST_IF: none at first, then the interface that was set", c -> {
                    NetworkInterface loopback = NetworkInterface.getByInetAddress(Case.LOOPBACK);
                    for (DatagramChannel channel :
                            List.of(c.udp(), c.keep(c.provider().openDatagramChannel(StandardProtocolFamily.INET)))) {
                        assertEquals(null, channel.getOption(StandardSocketOptions.IP_MULTICAST_IF));
                        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
                        assertEquals(loopback, channel.getOption(StandardSocketOptions.IP_MULTICAST_IF));
                    }
                })
                .says("an option of the wrong kind of channel: UnsupportedOperationException", c -> {
                    assertThrows(
                            UnsupportedOperationException.class,
                            () -> c.channel(StandardProtocolFamily.UNIX)
                                    .setOption(StandardSocketOptions.TCP_NODELAY, true));
                    assertThrows(
                            UnsupportedOperationException.class,
                            () -> c.channel(StandardProtocolFamily.UNIX).getOption(StandardSocketOptions.IP_TOS));
                });
    }
}
