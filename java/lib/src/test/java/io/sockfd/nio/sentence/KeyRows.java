package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.ANY_PORT;
import static io.sockfd.nio.sentence.Case.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** SelectionKey, and what makes each kind of channel ready. */
final class KeyRows {
    private KeyRows() {}

    private static SelectionKey key(Case c, SocketChannel channel, int ops) throws IOException {
        channel.configureBlocking(false);
        return channel.register(c.selector(), ops);
    }

    static void add(Table table) {
        state(table);
        ready(table);
        busy(table);
    }

    private static void state(Table table) {
        table.of("SelectionKey.cancel()")
                .says("invalid at once; a second time it does nothing", c -> {
                    SelectionKey key = key(c, c.channel(), 0);
                    assertTrue(key.isValid());
                    key.cancel();
                    key.cancel();
                    assertFalse(key.isValid());
                })
                .says("afterwards all that asks for operations: CancelledKeyException", c -> {
                    SelectionKey key = key(c, c.channel(), 0);
                    key.cancel();
                    assertThrows(CancelledKeyException.class, key::interestOps);
                    assertThrows(CancelledKeyException.class, () -> key.interestOps(0));
                    assertThrows(CancelledKeyException.class, () -> key.interestOpsOr(1));
                    assertThrows(CancelledKeyException.class, () -> key.interestOpsAnd(1));
                    assertThrows(CancelledKeyException.class, key::readyOps);
                    assertThrows(CancelledKeyException.class, key::isReadable);
                    assertThrows(CancelledKeyException.class, key::isWritable);
                    assertThrows(CancelledKeyException.class, key::isConnectable);
                    assertThrows(CancelledKeyException.class, key::isAcceptable);
                })
                .says("channel, selector and attachment remain", c -> {
                    SelectionKey key = key(c, c.channel(), 0);
                    key.attach("a");
                    SelectableAndSelector before = new SelectableAndSelector(key.channel(), key.selector());
                    key.cancel();
                    assertEquals(before, new SelectableAndSelector(key.channel(), key.selector()));
                    assertEquals("a", key.attachment());
                })
                .waits("may be called while another thread selects, and does not wait for it", c -> {
                    SelectorRows.Watched w = SelectorRows.watched(c);
                    Work select = c.waiting(() -> w.selector().select());
                    w.key().cancel();
                    assertFalse(w.key().isValid());
                    w.selector().wakeup();
                    select.done();
                });
        table.of("SelectionKey.interestOps()")
                .says("returns what was set, and the key from the setter", c -> {
                    SelectionKey key = key(c, c.channel(), 0);
                    assertSame(key, key.interestOps(SelectionKey.OP_READ));
                    assertEquals(SelectionKey.OP_READ, key.interestOps());
                })
                .says("an operation that the channel does not have: IllegalArgumentException, nothing changed", c -> {
                    SelectionKey key = key(c, c.channel(), SelectionKey.OP_READ);
                    assertThrows(IllegalArgumentException.class, () -> key.interestOps(SelectionKey.OP_ACCEPT));
                    assertThrows(IllegalArgumentException.class, () -> key.interestOps(-1));
                    assertThrows(IllegalArgumentException.class, () -> key.interestOpsOr(SelectionKey.OP_ACCEPT));
                    assertEquals(SelectionKey.OP_READ, key.interestOps());
                })
                .says("Or and And return what was before", c -> {
                    SelectionKey key = key(c, c.channel(), SelectionKey.OP_READ);
                    assertEquals(SelectionKey.OP_READ, key.interestOpsOr(SelectionKey.OP_WRITE));
                    assertEquals(
                            SelectionKey.OP_READ | SelectionKey.OP_WRITE, key.interestOpsAnd(~SelectionKey.OP_READ));
                    assertEquals(SelectionKey.OP_WRITE, key.interestOps());
                })
                .says("And takes operations that the channel does not have", c -> {
                    SelectionKey key = key(c, c.channel(), SelectionKey.OP_READ);
                    assertEquals(SelectionKey.OP_READ, key.interestOpsAnd(-1));
                    assertEquals(SelectionKey.OP_READ, key.interestOps());
                })
                .says("a change is seen by the next selection", c -> {
                    SelectorRows.Watched w = SelectorRows.watched(c);
                    w.write();
                    w.key().interestOps(0);
                    assertEquals(0, w.selector().selectNow());
                    w.key().interestOps(SelectionKey.OP_READ);
                    assertEquals(1, w.selector().selectNow());
                })
                .waits("does not wait for a selection of another thread", c -> {
                    SelectorRows.Watched w = SelectorRows.watched(c);
                    Work select = c.waiting(() -> w.selector().select());
                    w.key().interestOps(0);
                    assertEquals(0, w.key().interestOps());
                    w.selector().wakeup();
                    select.done();
                })
                .says("of several threads at once: none is lost", c -> {
                    SelectionKey key = key(c, c.channel(), 0);
                    for (int i = 0; i < 50; i++) {
                        Work read = c.start(() -> key.interestOpsOr(SelectionKey.OP_READ));
                        Work write = c.start(() -> key.interestOpsOr(SelectionKey.OP_WRITE));
                        read.done();
                        write.done();
                        assertEquals(SelectionKey.OP_READ | SelectionKey.OP_WRITE, key.interestOps());
                        key.interestOps(0);
                    }
                });
        table.of("SelectionKey.attach()").says("returns the one before; null takes it away", c -> {
            SelectionKey key = key(c, c.channel(), 0);
            assertNull(key.attach("a"));
            assertEquals("a", key.attach("b"));
            assertEquals("b", key.attachment());
            assertEquals("b", key.attach(null));
            assertNull(key.attachment());
        });
        table.of("SelectionKey.readyOps()")
                .says(
                        "0 before the first selection",
                        c -> assertEquals(
                                0,
                                key(c, c.tcp().client(), SelectionKey.OP_WRITE).readyOps()))
                .says("only what is of interest", c -> {
                    Case.Ends ends = c.tcp();
                    ends.server().write(bytes("x"));
                    SelectionKey key = key(c, ends.client(), SelectionKey.OP_READ);
                    key.selector().select();
                    assertEquals(SelectionKey.OP_READ, key.readyOps());
                    assertTrue(key.isReadable());
                    assertFalse(key.isWritable());
                })
                .says("of a key that is selected already: old bits stay, new ones come", c -> {
                    Case.Ends ends = c.tcp();
                    SelectionKey key = key(c, ends.client(), SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    assertEquals(1, key.selector().select());
                    assertEquals(SelectionKey.OP_WRITE, key.readyOps());
                    ends.server().write(bytes("x"));
                    for (int i = 0; i < 1000 && !key.isReadable(); i++) {
                        key.selector().select(1);
                    }
                    assertEquals(SelectionKey.OP_READ | SelectionKey.OP_WRITE, key.readyOps());
                    ends.client().read(ByteBuffer.allocate(1));
                    key.selector().selectNow();
                    assertTrue(key.isReadable());
                })
                .says("of a key that was taken out of the selected set: anew", c -> {
                    Case.Ends ends = c.tcp();
                    ends.server().write(bytes("x"));
                    SelectionKey key = key(c, ends.client(), SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    for (int i = 0; i < 1000 && !(key.readyOps() == 5); i++) {
                        key.selector().select(1);
                    }
                    ends.client().read(ByteBuffer.allocate(1));
                    key.selector().selectedKeys().clear();
                    key.selector().select();
                    assertEquals(SelectionKey.OP_WRITE, key.readyOps());
                });
    }

    private record SelectableAndSelector(Object channel, Object selector) {}

    private static void ready(Table table) {
        table.of("SelectionKey.OP_CONNECT")
                .says("a connection that is done", c -> {
                    SocketChannel channel = c.channel();
                    channel.configureBlocking(false);
                    ServerSocketChannel listener = c.listener();
                    if (!channel.connect(listener.getLocalAddress())) {
                        SelectionKey key = key(c, channel, SelectionKey.OP_CONNECT);
                        assertEquals(1, key.selector().select());
                        assertTrue(key.isConnectable());
                        assertTrue(channel.finishConnect());
                    }
                })
                .says("a connection that failed, whose error finishConnect throws", c -> {
                    SocketChannel channel = c.channel();
                    channel.configureBlocking(false);
                    assertThrows(ConnectException.class, () -> {
                        channel.connect(c.refusing());
                        SelectionKey key = key(c, channel, SelectionKey.OP_CONNECT);
                        assertEquals(1, key.selector().select());
                        assertTrue(key.isConnectable());
                        channel.finishConnect();
                    });
                })
                .says("not when it is connected already", c -> {
                    SelectionKey key = key(c, c.tcp().client(), SelectionKey.OP_CONNECT);
                    assertEquals(0, key.selector().select(20));
                });
        table.of("SelectionKey.OP_ACCEPT").says("a connection that waits", c -> {
            ServerSocketChannel listener = c.listener();
            listener.configureBlocking(false);
            SelectionKey key = listener.register(c.selector(), SelectionKey.OP_ACCEPT);
            assertEquals(0, key.selector().selectNow());
            c.channel().connect(listener.getLocalAddress());
            assertEquals(1, key.selector().select());
            assertTrue(key.isAcceptable());
            assertNotNull(c.keep(listener.accept()));
        });
        table.of("SelectionKey.OP_READ")
                .says("bytes, the end, a half close and an error", c -> {
                    Case.Ends ends = c.tcp();
                    SelectionKey key = key(c, ends.client(), SelectionKey.OP_READ);
                    assertEquals(0, key.selector().selectNow());
                    ends.server().write(bytes("x"));
                    assertEquals(1, key.selector().select());
                    ends.client().read(ByteBuffer.allocate(1));
                    key.selector().selectedKeys().clear();
                    assertEquals(0, key.selector().selectNow());
                    ends.server().shutdownOutput();
                    assertEquals(1, key.selector().select());
                    assertEquals(-1, ends.client().read(ByteBuffer.allocate(1)));
                    key.selector().selectedKeys().clear();
                    ends.server().close();
                    assertEquals(1, key.selector().select());
                })
                .says("a reset, for reading and writing", c -> {
                    Case.Ends ends = c.tcp();
                    SelectionKey key = key(c, ends.client(), SelectionKey.OP_READ);
                    ends.server().setOption(StandardSocketOptions.SO_LINGER, 0);
                    ends.server().close();
                    assertEquals(1, key.selector().select());
                    assertTrue(key.isReadable());
                    assertThrows(IOException.class, () -> ends.client().read(ByteBuffer.allocate(1)));
                })
                .says("a datagram", c -> {
                    DatagramChannel channel = c.boundUdp();
                    channel.configureBlocking(false);
                    SelectionKey key = channel.register(c.selector(), SelectionKey.OP_READ);
                    assertEquals(0, key.selector().selectNow());
                    c.udp().send(bytes("x"), channel.getLocalAddress());
                    assertEquals(1, key.selector().select());
                    assertTrue(key.isReadable());
                })
                .says("a pipe whose sink is closed", c -> {
                    SelectorRows.Watched w = SelectorRows.watched(c);
                    w.pipe().sink().close();
                    assertEquals(1, w.selector().select());
                    assertEquals(-1, w.pipe().source().read(ByteBuffer.allocate(1)));
                });
        table.of("SelectionKey.OP_WRITE")
                .says("room; not when there is none; again when the peer has read", c -> {
                    Case.Ends ends = c.tcp();
                    SelectionKey key = key(c, ends.client(), SelectionKey.OP_WRITE);
                    assertEquals(1, key.selector().select());
                    Buffers.fill(ends.client());
                    key.selector().selectedKeys().clear();
                    assertEquals(0, key.selector().selectNow());
                    Work drain = c.start(() -> Buffers.drain(ends.server()));
                    assertEquals(1, key.selector().select());
                    ends.client().close();
                    drain.done();
                })
                .says("a pipe whose source is closed", c -> {
                    Pipe pipe = c.pipe();
                    pipe.sink().configureBlocking(false);
                    SelectionKey key = pipe.sink().register(c.selector(), SelectionKey.OP_WRITE);
                    pipe.source().close();
                    assertEquals(1, key.selector().select());
                    assertThrows(IOException.class, () -> pipe.sink().write(bytes("x")));
                });
        table.of("SelectionKey").says("a key without interest never gets ready, and does not keep select awake", c -> {
            Case.Ends ends = c.tcp();
            SelectionKey key = key(c, ends.client(), 0);
            ends.server().setOption(StandardSocketOptions.SO_LINGER, 0);
            ends.server().close();
            assertTrue(Case.ms(() -> assertEquals(0, key.selector().select(40))) >= 39);
        });
    }

    private static void busy(Table table) {
        table.of("Selector")
                .says("thousands of keys: each is found, and no other", c -> {
                    Selector selector = c.selector();
                    List<SelectorRows.Watched> all = new ArrayList<>();
                    for (int i = 0; i < 300; i++) {
                        all.add(SelectorRows.watched(c, selector));
                    }
                    for (int i = 0; i < all.size(); i += 3) {
                        all.get(i).write();
                    }
                    assertEquals(100, selector.select());
                    for (int i = 0; i < all.size(); i++) {
                        assertEquals(
                                i % 3 == 0,
                                selector.selectedKeys().contains(all.get(i).key()),
                                "key " + i);
                    }
                })
                .says("register, cancel and close from other threads while it selects: no key is lost", c -> {
                    Selector selector = c.selector();
                    AtomicBoolean stop = new AtomicBoolean();
                    Work select = c.start(() -> {
                        while (!stop.get()) {
                            selector.select(5);
                            selector.selectedKeys().clear();
                        }
                    });
                    Work[] changers = new Work[3];
                    for (int t = 0; t < changers.length; t++) {
                        changers[t] = c.start(() -> {
                            for (int i = 0; i < 60; i++) {
                                DatagramChannel channel = c.provider().openDatagramChannel();
                                channel.configureBlocking(false);
                                SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
                                key.interestOps(SelectionKey.OP_READ);
                                if (i % 2 == 0) {
                                    key.cancel();
                                }
                                channel.close();
                                selector.wakeup();
                            }
                        });
                    }
                    for (Work changer : changers) {
                        changer.done();
                    }
                    stop.set(true);
                    selector.wakeup();
                    select.done();
                    selector.selectNow();
                    assertTrue(selector.keys().isEmpty(), selector.keys().size() + " keys");
                })
                .says("a descriptor that comes again: the new channel's events only", c -> {
                    Selector selector = c.selector();
                    for (int i = 0; i < 30; i++) {
                        DatagramChannel channel = c.provider().openDatagramChannel();
                        channel.bind(ANY_PORT);
                        channel.configureBlocking(false);
                        SelectionKey key = channel.register(selector, SelectionKey.OP_READ, i);
                        c.udp().send(bytes("x"), channel.getLocalAddress());
                        assertEquals(1, selector.select());
                        assertEquals(
                                i, selector.selectedKeys().iterator().next().attachment());
                        assertTrue(key.isReadable());
                        channel.close();
                    }
                })
                .says("deregistered, made blocking, used, registered again", c -> {
                    Case.Ends ends = c.tcp();
                    Selector selector = c.selector();
                    for (int i = 0; i < 3; i++) {
                        ends.client().configureBlocking(false);
                        SelectionKey key = ends.client().register(selector, SelectionKey.OP_READ);
                        ends.server().write(bytes("a"));
                        assertEquals(1, selector.select());
                        key.cancel();
                        selector.selectNow();
                        ends.client().configureBlocking(true);
                        assertEquals(1, ends.client().read(ByteBuffer.allocate(1)));
                    }
                });
    }
}
