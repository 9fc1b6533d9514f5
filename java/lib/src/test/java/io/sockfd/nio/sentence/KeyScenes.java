package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.bytes;
import static io.sockfd.nio.sentence.Scenes.call;
import static io.sockfd.nio.sentence.Scenes.told;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Keys and the sets that they are in, alone and while they change. */
final class KeyScenes {
    private static final int MANY = 300;

    private KeyScenes() {}

    static void add(Scenes scenes) {
        interests(scenes);
        sets(scenes);
        actions(scenes);
        lives(scenes);
        times(scenes);
    }

    private static void interests(Scenes scenes) {
        scenes.scene("interests: or, and, of every kind of channel, valid and cancelled", c -> {
                    StringBuilder all = new StringBuilder();
                    Pipe pipe = c.pipe();
                    List<SelectableChannel> channels =
                            List.of(c.channel(), c.server(), c.udp(), pipe.source(), pipe.sink());
                    Selector selector = c.selector();
                    for (SelectableChannel channel : channels) {
                        SelectionKey key = channel.configureBlocking(false).register(selector, 0);
                        for (int ops = 0; ops < 64; ops++) {
                            int now = ops;
                            all.append(told(
                                    () -> key.interestOps(0).interestOps(),
                                    () -> key.interestOpsOr(now),
                                    key::interestOps,
                                    () -> key.interestOpsAnd(now),
                                    key::interestOps,
                                    () -> key.interestOpsAnd(~now),
                                    key::interestOps));
                        }
                        key.cancel();
                        all.append(told(
                                        () -> key.interestOpsOr(0),
                                        () -> key.interestOpsAnd(-1),
                                        () -> key.interestOpsOr(-1),
                                        key::interestOps,
                                        key::readyOps,
                                        key::isReadable,
                                        key::isWritable,
                                        key::isConnectable,
                                        key::isAcceptable,
                                        () -> key.attach("x"),
                                        key::attachment,
                                        () -> key.channel().equals(channel),
                                        () -> key.selector().equals(selector)))
                                .append('\n');
                    }
                    return all;
                })
                .scene("interests: thousands of changes and no selection, then one", c -> {
                    Case.Ends ends = c.tcp();
                    ends.client().configureBlocking(false);
                    Selector selector = c.selector();
                    SelectionKey key = ends.client().register(selector, 0);
                    for (int i = 0; i < 10_000; i++) {
                        key.interestOps(i % 2 == 0 ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                    }
                    String reading = told(selector::selectNow);
                    for (int i = 0; i < 10_001; i++) {
                        key.interestOps(i % 2 == 0 ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                    }
                    return reading + told(selector::selectNow, key::readyOps);
                });
    }

    private static void sets(Scenes scenes) {
        scenes.scene("keys: walked while others register, cancel and select", c -> {
                    Selector selector = c.selector();
                    for (int i = 0; i < 5; i++) {
                        SelectorRows.watched(c, selector);
                    }
                    int seen = 0;
                    Iterator<SelectionKey> keys = selector.keys().iterator();
                    while (keys.hasNext() && seen < 100) {
                        SelectionKey key = keys.next();
                        seen++;
                        if (seen == 1) {
                            key.cancel();
                            selector.selectNow();
                        }
                    }
                    return (seen >= 4) + told(() -> selector.keys().size());
                })
                .scene("selected keys: as a set", c -> {
                    Selector selector = c.selector();
                    SelectorRows.Watched one = SelectorRows.watched(c, selector);
                    SelectorRows.Watched two = SelectorRows.watched(c, selector);
                    one.write();
                    two.write();
                    selector.select();
                    Set<SelectionKey> selected = selector.selectedKeys();
                    Set<SelectionKey> copy = new HashSet<>(selected);
                    return told(
                            selected::size,
                            () -> selected.equals(copy),
                            () -> copy.equals(selected),
                            () -> selected.hashCode() == copy.hashCode(),
                            () -> selected.containsAll(copy),
                            () -> selected.toArray().length,
                            () -> selected.toArray(new SelectionKey[5])[2],
                            () -> selected.stream()
                                    .filter(SelectionKey::isReadable)
                                    .count(),
                            () -> selected.add(one.key()),
                            () -> selected.addAll(copy),
                            () -> selected.remove(null),
                            () -> selected.retainAll(Set.of(one.key())),
                            selected::size,
                            () -> selected.removeIf(key -> key.equals(one.key())),
                            selected::isEmpty,
                            selector::selectNow,
                            () -> selected.removeAll(copy),
                            selected::isEmpty,
                            () -> {
                                selector.selectNow();
                                Iterator<SelectionKey> keys = selected.iterator();
                                selected.clear();
                                return keys.next();
                            },
                            () -> {
                                selector.selectNow();
                                Iterator<SelectionKey> keys = selected.iterator();
                                keys.remove();
                                return "removed";
                            },
                            () -> {
                                Iterator<SelectionKey> keys = selected.iterator();
                                keys.next();
                                keys.remove();
                                keys.remove();
                                return "removed twice";
                            },
                            selected::size);
                })
                .scene("selected keys: walked while one is cancelled and a selection takes it", c -> {
                    Selector selector = c.selector();
                    SelectorRows.Watched one = SelectorRows.watched(c, selector);
                    SelectorRows.Watched two = SelectorRows.watched(c, selector);
                    one.write();
                    two.write();
                    selector.select();
                    Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
                    keys.next().cancel();
                    String before = told(() -> keys.next().isReadable());
                    Iterator<SelectionKey> again = selector.selectedKeys().iterator();
                    again.next();
                    selector.selectNow();
                    return before
                            + told(
                                    again::next,
                                    () -> selector.selectedKeys().size(),
                                    () -> selector.keys().size());
                });
    }

    private static void actions(Scenes scenes) {
        scenes.scene("select's action: a key that was selected before, and its ready set", c -> {
                    Case.Ends ends = c.tcp();
                    ends.client().configureBlocking(false);
                    Selector selector = c.selector();
                    SelectionKey key = ends.client().register(selector, SelectionKey.OP_WRITE);
                    String first = told(selector::selectNow, key::readyOps);
                    ends.server().write(bytes("x"));
                    Case.sleep(10);
                    key.interestOps(SelectionKey.OP_READ);
                    List<Integer> ready = new ArrayList<>();
                    String acted = told(
                            () -> selector.selectNow(k -> ready.add(k.readyOps())),
                            key::readyOps,
                            () -> selector.selectedKeys().contains(key));
                    key.interestOps(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
                    String both = told(
                            () -> selector.selectNow(k -> ready.add(k.readyOps())),
                            key::readyOps,
                            selector::selectNow,
                            key::readyOps);
                    ends.client().read(ByteBuffer.allocate(5));
                    String read = told(
                            () -> selector.selectNow(k -> ready.add(k.readyOps())),
                            key::readyOps,
                            () -> selector.selectedKeys().size());
                    return first + acted + both + read + ready;
                })
                .scene("select's action: cancels and closes others that are ready, too", c -> {
                    Selector selector = c.selector();
                    List<SelectorRows.Watched> all = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        all.add(SelectorRows.watched(c, selector));
                        all.get(i).write();
                    }
                    int[] times = {0};
                    String how = told(() -> selector.select(key -> {
                        if (times[0]++ == 0) {
                            for (SelectorRows.Watched other : all) {
                                if (!other.key().equals(key)) {
                                    other.key().cancel();
                                }
                            }
                        }
                    }));
                    return how
                            + times[0]
                            + told(
                                    () -> selector.keys().size(),
                                    selector::selectNow,
                                    () -> selector.keys().size());
                })
                .scene("select's action: selects again, in every way", c -> {
                    SelectorRows.Watched w = SelectorRows.watched(c);
                    w.write();
                    StringBuilder inner = new StringBuilder();
                    String how = told(() -> w.selector()
                            .select(key -> inner.append(told(
                                    w.selector()::select,
                                    w.selector()::selectNow,
                                    () -> w.selector().select(5),
                                    () -> w.selector().select(k -> {}),
                                    () -> w.selector().select(k -> {}, 5),
                                    () -> w.selector().selectNow(k -> {}),
                                    () -> w.selector().keys().size(),
                                    () -> w.selector().selectedKeys().size()))));
                    return how + inner;
                });
    }

    private static boolean isCollected(WeakReference<?> reference) {
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
            Case.sleep(10);
        }
        return reference.get() == null;
    }

    private static void lives(Scenes scenes) {
        scenes.scene("a key that was cancelled, and its channel, are nobody's any more", c -> {
                    Selector selector = c.selector();
                    Pipe pipe = c.provider().openPipe();
                    pipe.source().configureBlocking(false);
                    pipe.sink().write(bytes("x"));
                    WeakReference<SelectionKey> key =
                            new WeakReference<>(pipe.source().register(selector, SelectionKey.OP_READ, new byte[100]));
                    String selected = told(selector::select);
                    pipe.source().keyFor(selector).cancel();
                    selector.selectNow();
                    boolean gone = isCollected(key);
                    WeakReference<Pipe> channel = new WeakReference<>(pipe);
                    pipe.source().close();
                    pipe.sink().close();
                    pipe = null;
                    return selected
                            + gone
                            + isCollected(channel)
                            + selector.keys().size();
                })
                .scene("a channel that was closed is nobody's any more, after a selection", c -> {
                    Selector selector = c.selector();
                    SocketChannel channel = c.provider().openSocketChannel();
                    channel.configureBlocking(false).register(selector, SelectionKey.OP_CONNECT, "attached");
                    channel.close();
                    WeakReference<SocketChannel> reference = new WeakReference<>(channel);
                    channel = null;
                    selector.selectNow();
                    return isCollected(reference) + told(() -> selector.keys().size());
                })
                .scene("many keys cancelled at once, then many registered", c -> {
                    Selector selector = c.selector();
                    List<Pipe> pipes = new ArrayList<>();
                    for (int i = 0; i < MANY; i++) {
                        Pipe pipe = c.pipe();
                        pipes.add(pipe);
                        pipe.sink().configureBlocking(false).register(selector, SelectionKey.OP_WRITE);
                    }
                    String all = told(
                            selector::selectNow, () -> selector.selectedKeys().size());
                    for (SelectionKey key : selector.keys()) {
                        key.cancel();
                    }
                    String none = told(
                            selector::selectNow,
                            () -> selector.selectedKeys().size(),
                            () -> selector.keys().size());
                    for (Pipe pipe : pipes) {
                        pipe.sink().register(selector, SelectionKey.OP_WRITE);
                    }
                    return all + none + told(selector::selectNow);
                })
                .scene("a listener that was closed before, and a connection that it had accepted", c -> {
                    Selector selector = c.selector();
                    ServerSocketChannel listener = c.listener();
                    listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
                    SocketChannel client = c.channel();
                    client.connect(listener.getLocalAddress());
                    String ready = told(() -> selector.select(1000));
                    SocketChannel accepted = c.keep(listener.accept());
                    listener.close();
                    accepted.configureBlocking(false);
                    SelectionKey key = accepted.register(selector, SelectionKey.OP_READ);
                    client.write(bytes("x"));
                    return ready
                            + told(
                                    () -> selector.select(1000),
                                    () -> selector.keys().size(),
                                    key::isReadable,
                                    () -> accepted.read(ByteBuffer.allocate(5)));
                });
    }

    private static void times(Scenes scenes) {
        for (long ms : new long[] {1L << 31, 1L << 32, (1L << 32) + 1, Integer.MAX_VALUE, Long.MAX_VALUE}) {
            scenes.scene("a selection of " + ms + " ms is no short one", c -> {
                Selector selector = c.selector();
                long begin = System.nanoTime();
                String how = Scenes.ended(c, () -> selector.select(ms), () -> {
                    Case.sleep(100);
                    selector.wakeup();
                });
                return how + (System.nanoTime() - begin >= 90_000_000);
            });
        }
        scenes.scene("wakeups: after the close, many at once, before selectNow", c -> {
            Selector selector = c.selector();
            for (int i = 0; i < 100_000; i++) {
                selector.wakeup();
            }
            String many = told(selector::select, () -> selector.select(20));
            selector.wakeup();
            String now = told(selector::selectNow, () -> selector.select(20));
            selector.wakeup();
            selector.close();
            return many + now + told(call(selector::wakeup), selector::select, selector::isOpen);
        });
    }
}
