package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.bytes;
import static io.sockfd.nio.sentence.Case.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;

/** MulticastChannel and MembershipKey, on the loopback interface. */
final class MulticastRows {
    private static final int ATTEMPTS = 100;

    private MulticastRows() {}

    private static InetAddress group() throws IOException {
        return Case.address("239.255.70.9");
    }

    private static InetAddress otherGroup() throws IOException {
        return Case.address("239.255.70.10");
    }

    private static NetworkInterface loopback() throws IOException {
        return NetworkInterface.getByInetAddress(Case.LOOPBACK);
    }

    /** IPv4, bound to a port of the wildcard address. */
    private static DatagramChannel receiver(Case c) throws IOException {
        DatagramChannel channel = c.keep(c.provider().openDatagramChannel(StandardProtocolFamily.INET));
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(new InetSocketAddress(0));
        channel.configureBlocking(false);
        return channel;
    }

    private static void send(Case c, InetAddress group, DatagramChannel to, String text) throws IOException {
        DatagramChannel from = c.keep(c.provider().openDatagramChannel(StandardProtocolFamily.INET));
        from.bind(Case.ANY_PORT);
        from.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback());
        from.send(bytes(text), new InetSocketAddress(group, ((InetSocketAddress) to.getLocalAddress()).getPort()));
    }

    /** What a channel that does not block gets within a while; nothing is the empty text. */
    private static String received(DatagramChannel channel, boolean expected) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(20);
        for (int i = 0; i < (expected ? 10 * ATTEMPTS : 5); i++) {
            if (channel.receive(buffer) != null) {
                return text(buffer);
            }
            Case.sleep(1);
        }
        return "";
    }

    static void add(Table table) {
        table.of("MulticastChannel.join()")
                .says("returns a valid key that names channel, group and interface", c -> {
                    DatagramChannel channel = receiver(c);
                    MembershipKey key = channel.join(group(), loopback());
                    assertTrue(key.isValid());
                    assertSame(channel, key.channel());
                    assertEquals(group(), key.group());
                    assertEquals(loopback(), key.networkInterface());
                    assertNull(key.sourceAddress());
                })
                .says("a member already: the same key", c -> {
                    DatagramChannel channel = receiver(c);
                    assertSame(channel.join(group(), loopback()), channel.join(group(), loopback()));
                    assertNotSame(channel.join(group(), loopback()), channel.join(otherGroup(), loopback()));
                })
                .says("a member receives, one that is not does not", c -> {
                    DatagramChannel member = receiver(c);
                    DatagramChannel stranger = receiver(c);
                    member.join(group(), loopback());
                    stranger.join(otherGroup(), loopback());
                    send(c, group(), member, "to all");
                    send(c, group(), stranger, "to none");
                    assertEquals("to all", received(member, true));
                    assertEquals("", received(stranger, false));
                })
                .says("from one source: the key names it, and others are not received", c -> {
                    DatagramChannel channel = receiver(c);
                    InetAddress other = Case.address("127.0.0.9");
                    MembershipKey key = channel.join(group(), loopback(), other);
                    assertEquals(other, key.sourceAddress());
                    send(c, group(), channel, "of 127.0.0.1");
                    assertEquals("", received(channel, false));
                    assertSame(key, channel.join(group(), loopback(), other));
                    channel.join(group(), loopback(), Case.LOOPBACK);
                    send(c, group(), channel, "now");
                    assertEquals("now", received(channel, true));
                })
                .says("any source and one source of the same group: IllegalStateException", c -> {
                    DatagramChannel channel = receiver(c);
                    channel.join(group(), loopback());
                    assertThrows(IllegalStateException.class, () -> channel.join(group(), loopback(), Case.LOOPBACK));
                    channel.join(otherGroup(), loopback(), Case.LOOPBACK);
                    assertThrows(IllegalStateException.class, () -> channel.join(otherGroup(), loopback()));
                })
                .says("not a multicast address: IllegalArgumentException", c -> {
                    DatagramChannel channel = receiver(c);
                    assertThrows(IllegalArgumentException.class, () -> channel.join(Case.LOOPBACK, loopback()));
                })
                .says("a source that is not of one host, or of the other family: IllegalArgumentException", c -> {
                    DatagramChannel channel = receiver(c);
                    assertThrows(IllegalArgumentException.class, () -> channel.join(group(), loopback(), otherGroup()));
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> channel.join(group(), loopback(), Case.address("0.0.0.0")));
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> channel.join(group(), loopback(), Case.address("::1")));
                })
                .says("a group of IPv6 on an IPv4 channel: UnsupportedOperation or IllegalArgument", c -> {
                    DatagramChannel channel = receiver(c);
                    Exception e = assertThrows(
                            RuntimeException.class, () -> channel.join(Case.address("ff15::7"), loopback()));
                    assertTrue(e instanceof UnsupportedOperationException || e instanceof IllegalArgumentException);
                })
                .says("null: NullPointerException", c -> {
                    DatagramChannel channel = receiver(c);
                    assertThrows(NullPointerException.class, () -> channel.join(null, loopback()));
                    assertThrows(NullPointerException.class, () -> channel.join(group(), null));
                    assertThrows(NullPointerException.class, () -> channel.join(group(), loopback(), null));
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    DatagramChannel channel = receiver(c);
                    channel.close();
                    assertThrows(ClosedChannelException.class, () -> channel.join(group(), loopback()));
                    assertThrows(ClosedChannelException.class, () -> channel.join(group(), loopback(), Case.LOOPBACK));
                })
                .says("an IPv4 group on a channel of both families", c -> {
                    DatagramChannel channel = c.udp();
                    channel.bind(new InetSocketAddress(0));
                    channel.configureBlocking(false);
                    channel.join(group(), loopback());
                    send(c, group(), channel, "x");
                    assertEquals("x", received(channel, true));
                });
        table.of("MembershipKey.drop()")
                .says("no more valid, no more received; a second time it does nothing", c -> {
                    DatagramChannel channel = receiver(c);
                    MembershipKey key = channel.join(group(), loopback());
                    key.drop();
                    key.drop();
                    assertFalse(key.isValid());
                    send(c, group(), channel, "x");
                    assertEquals("", received(channel, false));
                    assertSame(channel, key.channel());
                    assertEquals(group(), key.group());
                })
                .says("afterwards joined again: another key", c -> {
                    DatagramChannel channel = receiver(c);
                    MembershipKey key = channel.join(group(), loopback());
                    key.drop();
                    MembershipKey again = channel.join(group(), loopback());
                    assertNotSame(key, again);
                    send(c, group(), channel, "x");
                    assertEquals("x", received(channel, true));
                })
                .says("closing the channel makes its keys invalid", c -> {
                    DatagramChannel channel = receiver(c);
                    MembershipKey one = channel.join(group(), loopback());
                    MembershipKey two = channel.join(otherGroup(), loopback(), Case.LOOPBACK);
                    channel.close();
                    assertFalse(one.isValid());
                    assertFalse(two.isValid());
                    one.drop();
                });
        table.of("MembershipKey.block()")
                .says("returns the key; that source is not received until it is unblocked", c -> {
                    DatagramChannel channel = receiver(c);
                    MembershipKey key = channel.join(group(), loopback());
                    assertSame(key, key.block(Case.LOOPBACK));
                    send(c, group(), channel, "blocked");
                    assertEquals("", received(channel, false));
                    assertSame(key, key.unblock(Case.LOOPBACK));
                    send(c, group(), channel, "unblocked");
                    assertEquals("unblocked", received(channel, true));
                })
                .says("blocked already: no effect", c -> {
                    MembershipKey key = receiver(c).join(group(), loopback());
                    key.block(Case.LOOPBACK).block(Case.LOOPBACK).unblock(Case.LOOPBACK);
                })
                .says("a key of one source: IllegalStateException", c -> {
                    MembershipKey key = receiver(c).join(group(), loopback(), Case.LOOPBACK);
                    assertThrows(IllegalStateException.class, () -> key.block(Case.address("127.0.0.2")));
                })
                .says("not one host, or of the other family: IllegalArgumentException", c -> {
                    MembershipKey key = receiver(c).join(group(), loopback());
                    assertThrows(IllegalArgumentException.class, () -> key.block(otherGroup()));
                    assertThrows(IllegalArgumentException.class, () -> key.block(Case.address("::1")));
                })
                .says("a key that is no more valid: IllegalStateException, for both", c -> {
                    MembershipKey key = receiver(c).join(group(), loopback());
                    key.drop();
                    assertThrows(IllegalStateException.class, () -> key.block(Case.LOOPBACK));
                    assertThrows(IllegalStateException.class, () -> key.unblock(Case.LOOPBACK));
                });
        table.of("MembershipKey.unblock()").says("a source that is not blocked: IllegalStateException", c -> {
            MembershipKey key = receiver(c).join(group(), loopback());
            assertThrows(IllegalStateException.class, () -> key.unblock(Case.LOOPBACK));
            key.block(Case.LOOPBACK);
            key.unblock(Case.LOOPBACK);
            assertThrows(IllegalStateException.class, () -> key.unblock(Case.LOOPBACK));
        });
    }
}
