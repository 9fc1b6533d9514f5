package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;

/** SelectableChannel, and what AbstractSelectableChannel and Channel say of all of them. */
final class SelectableChannelRows {
    private SelectableChannelRows() {}

    private static List<SelectableChannel> all(Case c) throws Exception {
        var pipe = c.pipe();
        return List.of(c.channel(), c.server(), c.udp(), pipe.source(), pipe.sink());
    }

    static void add(Table table) {
        table.of("SelectableChannel")
                .says("a new channel blocks", c -> {
                    for (SelectableChannel channel : all(c)) {
                        assertTrue(channel.isBlocking(), channel.toString());
                    }
                })
                .says("a new channel is open and not registered", c -> {
                    for (SelectableChannel channel : all(c)) {
                        assertTrue(channel.isOpen());
                        assertFalse(channel.isRegistered());
                    }
                });
        table.of("SelectableChannel.provider()").says("returns the provider that made it", c -> {
            for (SelectableChannel channel : all(c)) {
                assertSame(c.provider(), channel.provider());
            }
        });
        table.of("SelectableChannel.validOps()")
                .says(
                        "a stream channel connects, reads and writes",
                        c -> assertEquals(
                                SelectionKey.OP_CONNECT | SelectionKey.OP_READ | SelectionKey.OP_WRITE,
                                c.channel().validOps()))
                .says(
                        "a server channel accepts",
                        c -> assertEquals(SelectionKey.OP_ACCEPT, c.server().validOps()))
                .says(
                        "a datagram channel reads and writes",
                        c -> assertEquals(
                                SelectionKey.OP_READ | SelectionKey.OP_WRITE,
                                c.udp().validOps()))
                .says(
                        "a pipe's source reads",
                        c -> assertEquals(
                                SelectionKey.OP_READ, c.pipe().source().validOps()))
                .says(
                        "a pipe's sink writes",
                        c -> assertEquals(SelectionKey.OP_WRITE, c.pipe().sink().validOps()));
        table.of("SelectableChannel.register()")
                .says("returns a key that names channel, selector, interests and attachment", c -> {
                    Selector selector = c.selector();
                    for (SelectableChannel channel : all(c)) {
                        channel.configureBlocking(false);
                        Object attachment = new Object();
                        SelectionKey key = channel.register(selector, channel.validOps(), attachment);
                        assertSame(channel, key.channel());
                        assertSame(selector, key.selector());
                        assertEquals(channel.validOps(), key.interestOps());
                        assertSame(attachment, key.attachment());
                        assertTrue(channel.isRegistered());
                    }
                    assertEquals(5, selector.keys().size());
                })
                .says("with two arguments: no attachment", c -> {
                    SelectableChannel channel = c.channel().configureBlocking(false);
                    assertNull(channel.register(c.selector(), 0).attachment());
                })
                .says("registered with that selector already: the same key, with new interests and attachment", c -> {
                    Selector selector = c.selector();
                    SelectableChannel channel = c.channel().configureBlocking(false);
                    SelectionKey key = channel.register(selector, SelectionKey.OP_READ, "a");
                    assertSame(key, channel.register(selector, SelectionKey.OP_WRITE, "b"));
                    assertEquals(SelectionKey.OP_WRITE, key.interestOps());
                    assertEquals("b", key.attachment());
                    channel.register(selector, 0);
                    assertNull(key.attachment());
                })
                .says("a channel may be registered with several selectors, once with each", c -> {
                    SelectableChannel channel = c.channel().configureBlocking(false);
                    Selector one = c.selector();
                    Selector two = c.selector();
                    SelectionKey first = channel.register(one, SelectionKey.OP_READ);
                    SelectionKey second = channel.register(two, SelectionKey.OP_WRITE);
                    assertSame(first, channel.keyFor(one));
                    assertSame(second, channel.keyFor(two));
                    first.cancel();
                    one.selectNow();
                    assertTrue(channel.isRegistered());
                    assertTrue(second.isValid());
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    SelectableChannel channel = c.channel().configureBlocking(false);
                    channel.close();
                    assertThrows(ClosedChannelException.class, () -> channel.register(c.selector(), 0));
                })
                .says("a closed selector: ClosedSelectorException", c -> {
                    Selector selector = c.selector();
                    SelectableChannel channel = c.channel().configureBlocking(false);
                    selector.close();
                    assertThrows(ClosedSelectorException.class, () -> channel.register(selector, 0));
                    assertFalse(channel.isRegistered());
                })
                .says("a channel that blocks: IllegalBlockingModeException", c -> {
                    for (SelectableChannel channel : all(c)) {
                        assertThrows(IllegalBlockingModeException.class, () -> channel.register(c.selector(), 0));
                    }
                })
                .says("a selector of another provider: IllegalSelectorException, both ways", c -> {
                    SelectorProvider other = c.foreign();
                    SelectableChannel channel = c.channel().configureBlocking(false);
                    Selector foreign = c.keep(other.openSelector());
                    assertThrows(IllegalSelectorException.class, () -> channel.register(foreign, 0));
                    SelectableChannel theirs = c.keep(other.openSocketChannel()).configureBlocking(false);
                    assertThrows(IllegalSelectorException.class, () -> theirs.register(c.selector(), 0));
                })
                .says("an operation that the channel does not have: IllegalArgumentException", c -> {
                    Selector selector = c.selector();
                    for (SelectableChannel channel : all(c)) {
                        channel.configureBlocking(false);
                        for (int bit = 1; bit < 64; bit <<= 1) {
                            int op = bit;
                            if ((channel.validOps() & bit) == 0) {
                                assertThrows(IllegalArgumentException.class, () -> channel.register(selector, op));
                            }
                        }
                        assertFalse(channel.isRegistered());
                    }
                })
                .says("the key of this selector is cancelled and no selection came since: CancelledKeyException", c -> {
                    Selector selector = c.selector();
                    SelectableChannel channel = c.channel().configureBlocking(false);
                    channel.register(selector, 0).cancel();
                    assertThrows(CancelledKeyException.class, () -> channel.register(selector, 0));
                    selector.selectNow();
                    assertTrue(channel.register(selector, 0).isValid());
                })
                .says("may be called while another thread selects, which sees it from its next selection on", c -> {
                    Selector selector = c.selector();
                    Case.Ends ends = c.tcp();
                    Work select = c.waiting(selector::select);
                    ends.client().configureBlocking(false);
                    SelectionKey key = ends.client().register(selector, SelectionKey.OP_READ);
                    ends.server().write(bytes("x"));
                    selector.wakeup();
                    select.done();
                    selector.select();
                    assertTrue(key.isReadable());
                });
        table.of("SelectableChannel.keyFor()")
                .says("null where the channel is not registered", c -> {
                    SelectableChannel channel = c.channel().configureBlocking(false);
                    assertNull(channel.keyFor(c.selector()));
                })
                .says("null once the key was taken off", c -> {
                    Selector selector = c.selector();
                    SelectableChannel channel = c.channel().configureBlocking(false);
                    channel.register(selector, 0).cancel();
                    selector.selectNow();
                    assertNull(channel.keyFor(selector));
                });
        table.of("SelectableChannel.isRegistered()")
                .says("still true between cancelling and the next selection", c -> {
                    Selector selector = c.selector();
                    SelectableChannel channel = c.channel().configureBlocking(false);
                    channel.register(selector, 0).cancel();
                    assertTrue(channel.isRegistered());
                    selector.selectNow();
                    assertFalse(channel.isRegistered());
                })
                .says("false once the selector is closed", c -> {
                    Selector selector = c.selector();
                    SelectableChannel channel = c.channel().configureBlocking(false);
                    channel.register(selector, 0);
                    selector.close();
                    assertFalse(channel.isRegistered());
                });
        table.of("SelectableChannel.configureBlocking()")
                .says("returns this channel, in the mode that was asked for", c -> {
                    for (SelectableChannel channel : all(c)) {
                        assertSame(channel, channel.configureBlocking(false));
                        assertFalse(channel.isBlocking());
                        assertSame(channel, channel.configureBlocking(true));
                        assertTrue(channel.isBlocking());
                    }
                })
                .says("blocking, while registered: IllegalBlockingModeException", c -> {
                    Selector selector = c.selector();
                    for (SelectableChannel channel : all(c)) {
                        channel.configureBlocking(false).register(selector, 0);
                        assertThrows(IllegalBlockingModeException.class, () -> channel.configureBlocking(true));
                        assertFalse(channel.isBlocking());
                        channel.configureBlocking(false);
                    }
                })
                .says("with keys that are all cancelled: allowed", c -> {
                    SelectableChannel channel = c.channel().configureBlocking(false);
                    channel.register(c.selector(), 0).cancel();
                    channel.configureBlocking(true);
                    assertTrue(channel.isBlocking());
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    for (SelectableChannel channel : all(c)) {
                        channel.close();
                        assertThrows(ClosedChannelException.class, () -> channel.configureBlocking(false));
                        assertThrows(ClosedChannelException.class, () -> channel.configureBlocking(true));
                    }
                })
                .says(
                        "affects what comes after it: a read of a channel that is set to not block returns at once",
                        c -> {
                            Case.Ends ends = c.tcp();
                            ends.client().configureBlocking(false);
                            assertEquals(0, ends.client().read(ByteBuffer.allocate(1)));
                            ends.server().write(bytes("a"));
                            ends.client().configureBlocking(true);
                            assertEquals(1, ends.client().read(ByteBuffer.allocate(1)));
                        })
                .waits("with an operation in progress it waits or does not, and that operation goes on", c -> {
                    DatagramChannel channel = c.boundUdp();
                    Work read = c.waiting(() -> assertNotNull(channel.receive(ByteBuffer.allocate(1))));
                    Work change = c.start(() -> channel.configureBlocking(false));
                    c.boundUdp().send(bytes("x"), channel.getLocalAddress());
                    read.done();
                    change.done();
                    assertFalse(channel.isBlocking());
                });
        table.of("SelectableChannel.blockingLock()")
                .says("the same object each time, not null", c -> {
                    for (SelectableChannel channel : all(c)) {
                        assertNotNull(channel.blockingLock());
                        assertSame(channel.blockingLock(), channel.blockingLock());
                    }
                })
                .says("who holds it keeps the mode as it is", c -> {
                    SocketChannel channel = c.channel();
                    Work change;
                    synchronized (channel.blockingLock()) {
                        change = c.waiting(() -> channel.configureBlocking(false));
                        assertTrue(channel.isBlocking());
                    }
                    change.done();
                    assertFalse(channel.isBlocking());
                });
        table.of("Channel.close()")
                .says("isOpen is false afterwards", c -> {
                    for (SelectableChannel channel : all(c)) {
                        channel.close();
                        assertFalse(channel.isOpen());
                    }
                })
                .says("a second time it does nothing", c -> {
                    for (SelectableChannel channel : all(c)) {
                        channel.close();
                        channel.close();
                        assertFalse(channel.isOpen());
                    }
                })
                .says("by several threads at once: once, and all return", c -> {
                    for (int round = 0; round < 20; round++) {
                        SocketChannel channel = c.channel();
                        Work one = c.start(channel::close);
                        Work two = c.start(channel::close);
                        channel.close();
                        one.done();
                        two.done();
                        assertFalse(channel.isOpen());
                    }
                })
                .says("cancels all keys of the channel", c -> {
                    Selector one = c.selector();
                    Selector two = c.selector();
                    for (SelectableChannel channel : all(c)) {
                        channel.configureBlocking(false);
                        SelectionKey first = channel.register(one, 0);
                        SelectionKey second = channel.register(two, 0);
                        channel.close();
                        assertFalse(first.isValid());
                        assertFalse(second.isValid());
                        one.selectNow();
                        two.selectNow();
                        assertTrue(one.keys().isEmpty());
                        assertTrue(two.keys().isEmpty());
                        assertFalse(channel.isRegistered());
                    }
                })
                .says("a channel that a selector still holds is closed for its peer all the same", c -> {
                    Case.Ends ends = c.tcp();
                    ends.client().configureBlocking(false);
                    Selector selector = c.selector();
                    ends.client().register(selector, SelectionKey.OP_READ);
                    ends.client().close();
                    assertEquals(-1, ends.server().read(ByteBuffer.allocate(1)));
                })
                .says("frees the port", c -> {
                    ServerSocketChannel listener = c.listener();
                    var address = listener.getLocalAddress();
                    listener.close();
                    c.server().bind(address);
                });
    }
}
