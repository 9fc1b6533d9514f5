package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.bytes;
import static io.sockfd.nio.sentence.Case.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Selector: its life, its sets, its waits. */
final class SelectorRows {
    private SelectorRows() {}

    /** A pipe whose source is registered for reading. */
    record Watched(Selector selector, Pipe pipe, SelectionKey key) {
        void write() throws Exception {
            pipe.sink().write(bytes("x"));
        }
    }

    static Watched watched(Case c) throws Exception {
        return watched(c, c.selector());
    }

    static Watched watched(Case c, Selector selector) throws Exception {
        Pipe pipe = c.pipe();
        pipe.source().configureBlocking(false);
        return new Watched(selector, pipe, pipe.source().register(selector, SelectionKey.OP_READ));
    }

    static void add(Table table) {
        life(table);
        sets(table);
        waits(table);
        wakeups(table);
    }

    private static void life(Table table) {
        table.of("Selector.open()").says("open, with empty sets, of its provider", c -> {
            Selector selector = c.selector();
            assertTrue(selector.isOpen());
            assertTrue(selector.keys().isEmpty());
            assertTrue(selector.selectedKeys().isEmpty());
            assertSame(c.provider(), selector.provider());
        });
        table.of("Selector.close()")
                .says("not open afterwards; a second time it does nothing", c -> {
                    Selector selector = c.selector();
                    selector.close();
                    assertFalse(selector.isOpen());
                    selector.close();
                })
                .says("its keys are invalid, its channels no more registered, and open", c -> {
                    Watched w = watched(c);
                    w.selector().close();
                    assertFalse(w.key().isValid());
                    assertFalse(w.pipe().source().isRegistered());
                    assertTrue(w.pipe().source().isOpen());
                })
                .says("everything but close and wakeup: ClosedSelectorException", c -> {
                    Selector selector = c.selector();
                    selector.close();
                    assertThrows(ClosedSelectorException.class, selector::select);
                    assertThrows(ClosedSelectorException.class, () -> selector.select(1));
                    assertThrows(ClosedSelectorException.class, selector::selectNow);
                    assertThrows(ClosedSelectorException.class, () -> selector.select(k -> {}));
                    assertThrows(ClosedSelectorException.class, () -> selector.select(k -> {}, 1));
                    assertThrows(ClosedSelectorException.class, () -> selector.selectNow(k -> {}));
                    assertThrows(ClosedSelectorException.class, selector::keys);
                    assertThrows(ClosedSelectorException.class, selector::selectedKeys);
                    assertSame(selector, selector.wakeup());
                })
                .waits("ends a selection that waits, which throws ClosedSelectorException or returns", c -> {
                    Selector selector = c.selector();
                    Work select = c.waiting(() -> {
                        try {
                            selector.select();
                        } catch (ClosedSelectorException e) {
                            return;
                        }
                        assertFalse(selector.isOpen());
                    });
                    selector.close();
                    select.done();
                })
                .waits("with keys, by another thread, while it selects: all keys invalid", c -> {
                    Watched w = watched(c);
                    Work select = c.waiting(() -> assertThrows(ClosedSelectorException.class, () -> {
                        w.selector().select();
                        w.selector().keys();
                    }));
                    w.selector().close();
                    select.done();
                    assertFalse(w.key().isValid());
                });
    }

    private static void sets(Table table) {
        table.of("Selector.keys()")
                .says("cannot be changed by the caller", c -> {
                    Watched w = watched(c);
                    Set<SelectionKey> keys = w.selector().keys();
                    assertThrows(UnsupportedOperationException.class, keys::clear);
                    assertThrows(UnsupportedOperationException.class, () -> keys.remove(w.key()));
                    assertThrows(UnsupportedOperationException.class, () -> keys.add(w.key()));
                    Iterator<SelectionKey> iterator = keys.iterator();
                    iterator.next();
                    assertThrows(UnsupportedOperationException.class, iterator::remove);
                })
                .says("one object, which follows", c -> {
                    Selector selector = c.selector();
                    Set<SelectionKey> keys = selector.keys();
                    Watched w = watched(c, selector);
                    assertSame(keys, selector.keys());
                    assertEquals(Set.of(w.key()), keys);
                    assertTrue(keys.contains(w.key()));
                })
                .says("a cancelled key is there until the next selection", c -> {
                    Watched w = watched(c);
                    w.key().cancel();
                    assertTrue(w.selector().keys().contains(w.key()));
                    w.selector().selectNow();
                    assertTrue(w.selector().keys().isEmpty());
                });
        table.of("Selector.selectedKeys()")
                .says("a key may be removed, by itself, by its iterator or with all, and not be added", c -> {
                    Watched w = watched(c);
                    w.write();
                    Set<SelectionKey> selected = w.selector().selectedKeys();
                    for (int way = 0; way < 4; way++) {
                        assertEquals(1, w.selector().select());
                        assertTrue(selected.contains(w.key()));
                        if (way == 0) {
                            assertTrue(selected.remove(w.key()));
                        } else if (way == 1) {
                            Iterator<SelectionKey> iterator = selected.iterator();
                            assertSame(w.key(), iterator.next());
                            iterator.remove();
                        } else if (way == 2) {
                            selected.clear();
                        } else {
                            assertTrue(selected.removeAll(List.of(w.key())));
                        }
                        assertTrue(selected.isEmpty());
                    }
                    assertThrows(UnsupportedOperationException.class, () -> selected.add(w.key()));
                    assertThrows(UnsupportedOperationException.class, () -> selected.addAll(List.of(w.key())));
                })
                .says("one object", c -> {
                    Watched w = watched(c);
                    assertSame(w.selector().selectedKeys(), w.selector().selectedKeys());
                })
                .says("a key stays until it is removed, and is then counted only when its ready set changes", c -> {
                    Watched w = watched(c);
                    w.write();
                    assertEquals(1, w.selector().select());
                    assertEquals(0, w.selector().selectNow());
                    assertEquals(0, w.selector().select(1));
                    assertTrue(w.selector().selectedKeys().contains(w.key()));
                    w.selector().selectedKeys().clear();
                    assertEquals(1, w.selector().select());
                })
                .says("a key that is cancelled leaves it with the next selection", c -> {
                    Watched w = watched(c);
                    w.write();
                    w.selector().select();
                    w.key().cancel();
                    w.selector().selectNow();
                    assertTrue(w.selector().selectedKeys().isEmpty());
                })
                .says("a channel that is closed leaves it with the next selection", c -> {
                    Watched w = watched(c);
                    w.write();
                    w.selector().select();
                    w.pipe().source().close();
                    assertFalse(w.key().isValid());
                    w.selector().selectNow();
                    assertTrue(w.selector().selectedKeys().isEmpty());
                    assertTrue(w.selector().keys().isEmpty());
                })
                .says("its iterator fails when the set was changed otherwise", c -> {
                    Selector selector = c.selector();
                    for (int i = 0; i < 3; i++) {
                        watched(c, selector).write();
                    }
                    assertEquals(3, selector.select());
                    Set<SelectionKey> selected = selector.selectedKeys();
                    Iterator<SelectionKey> iterator = selected.iterator();
                    selected.remove(iterator.next());
                    assertThrows(ConcurrentModificationException.class, iterator::next);
                })
                .says("removing by the iterator leaves the others", c -> {
                    Selector selector = c.selector();
                    for (int i = 0; i < 10; i++) {
                        watched(c, selector).write();
                    }
                    assertEquals(10, selector.select());
                    int seen = 0;
                    for (Iterator<SelectionKey> i = selector.selectedKeys().iterator(); i.hasNext(); seen++) {
                        i.next();
                        if (seen % 2 == 0) {
                            i.remove();
                        }
                    }
                    assertEquals(10, seen);
                    assertEquals(5, selector.selectedKeys().size());
                    assertEquals(5, selector.select());
                    assertEquals(10, selector.selectedKeys().size());
                })
                .says("has the methods of a set", c -> {
                    Watched w = watched(c);
                    Set<SelectionKey> selected = w.selector().selectedKeys();
                    assertFalse(selected.contains(w.key()));
                    assertFalse(selected.remove(w.key()));
                    w.write();
                    w.selector().select();
                    assertEquals(Set.of(w.key()), selected);
                    assertEquals(1, selected.toArray().length);
                    assertEquals(List.of(w.key()), new ArrayList<>(selected));
                    assertTrue(selected.removeIf(SelectionKey::isReadable));
                    assertEquals(0, selected.size());
                });
    }

    private static void waits(Table table) {
        table.of("Selector.select()")
                .waits("waits until a channel is ready", c -> {
                    Watched w = watched(c);
                    Work select = c.waiting(() -> assertEquals(1, w.selector().select()));
                    assertTrue(select.isAlive());
                    w.write();
                    select.done();
                    assertTrue(w.key().isReadable());
                })
                .waits("interrupted: returns, the selector stays open, interrupt status set", c -> {
                    Watched w = watched(c);
                    Work select = c.waiting(() -> assertEquals(0, w.selector().select()));
                    select.interrupt();
                    select.end().andIsInterrupted(true).done();
                    assertTrue(w.selector().isOpen());
                    w.write();
                    assertEquals(1, w.selector().select());
                })
                .waits("interrupted before: returns at once, and again", c -> {
                    Selector selector = c.selector();
                    c.start(() -> {
                                Thread.currentThread().interrupt();
                                selector.select();
                                selector.select();
                                selector.select(10_000);
                            })
                            .end()
                            .andIsInterrupted(true)
                            .done();
                    assertTrue(selector.isOpen());
                })
                .waits("the channel is closed meanwhile: the key goes", c -> {
                    Watched w = watched(c);
                    Work select = c.waiting(() -> w.selector().select());
                    w.pipe().source().close();
                    w.selector().wakeup();
                    select.done();
                    w.selector().selectNow();
                    assertTrue(w.selector().keys().isEmpty());
                })
                .waits("the key is cancelled meanwhile: gone after it", c -> {
                    Watched w = watched(c);
                    Work select = c.waiting(() -> assertEquals(0, w.selector().select()));
                    w.key().cancel();
                    w.selector().wakeup();
                    select.done();
                    assertTrue(w.selector().keys().isEmpty());
                    assertFalse(w.pipe().source().isRegistered());
                })
                .says("with nothing to do after cancelled keys are gone: select(ms) lasts its time", c -> {
                    Watched w = watched(c);
                    w.write();
                    w.key().cancel();
                    assertTrue(ms(() -> assertEquals(0, w.selector().select(30))) >= 29);
                    assertTrue(w.selector().keys().isEmpty());
                });
        table.of("Selector.select(long)")
                .waits("returns 0 when the time is over", c -> {
                    Selector selector = c.selector();
                    long ms = ms(() -> assertEquals(0, selector.select(40)));
                    assertTrue(ms >= 39, ms + " ms");
                })
                .waits("0: without a limit", c -> {
                    Watched w = watched(c);
                    Work select = c.waiting(() -> assertEquals(1, w.selector().select(0)));
                    w.write();
                    select.done();
                })
                .waits("ends early when a channel is ready", c -> {
                    Watched w = watched(c);
                    Work select = c.waiting(() -> assertEquals(1, w.selector().select(60_000)));
                    w.write();
                    select.done();
                })
                .says("negative: IllegalArgumentException", c -> {
                    Selector selector = c.selector();
                    assertThrows(IllegalArgumentException.class, () -> selector.select(-1));
                    assertThrows(IllegalArgumentException.class, () -> selector.select(k -> {}, -1));
                })
                .says("the longest time there is, with something ready", c -> {
                    Watched w = watched(c);
                    w.write();
                    assertEquals(1, w.selector().select(Long.MAX_VALUE));
                });
        table.of("Selector.selectNow()")
                .says(
                        "0 at once where nothing is ready",
                        c -> assertEquals(0, watched(c).selector().selectNow()))
                .says("the number of keys that got ready", c -> {
                    Selector selector = c.selector();
                    for (int i = 0; i < 5; i++) {
                        watched(c, selector).write();
                    }
                    watched(c, selector);
                    assertEquals(5, selector.selectNow());
                    assertEquals(5, selector.selectedKeys().size());
                    assertEquals(6, selector.keys().size());
                })
                .says("clears the effect of a wakeup before it", c -> {
                    Selector selector = c.selector();
                    selector.wakeup();
                    selector.selectNow();
                    assertTrue(ms(() -> selector.select(30)) >= 29);
                });
    }

    private static void wakeups(Table table) {
        table.of("Selector.wakeup()")
                .says("returns this selector", c -> {
                    Selector selector = c.selector();
                    assertSame(selector, selector.wakeup());
                })
                .waits("ends a selection that waits", c -> {
                    Selector selector = c.selector();
                    Work select = c.waiting(() -> assertEquals(0, selector.select()));
                    selector.wakeup();
                    select.done();
                })
                .waits("without a selection: the next one returns at once", c -> {
                    Selector selector = c.selector();
                    selector.wakeup();
                    assertEquals(0, selector.select());
                })
                .waits("several times between two selections: as once", c -> {
                    Selector selector = c.selector();
                    selector.wakeup().wakeup().wakeup();
                    selector.select();
                    assertTrue(ms(() -> selector.select(30)) >= 29);
                })
                .waits("many from many threads: no selection is missed", c -> {
                    Selector selector = c.selector();
                    Work select = c.start(() -> {
                        for (int i = 0; i < 200; i++) {
                            selector.select();
                        }
                    });
                    for (int i = 0; i < 100_000 && select.isAlive(); i++) {
                        selector.wakeup();
                        if (i % 50 == 0) {
                            Thread.sleep(1);
                        }
                    }
                    select.done();
                });
        table.of("Selector.select(Consumer)")
                .says("calls the action with each ready key, and puts none in the selected set", c -> {
                    Watched w = watched(c);
                    w.write();
                    List<SelectionKey> seen = new ArrayList<>();
                    assertEquals(1, w.selector().select(seen::add));
                    assertEquals(List.of(w.key()), seen);
                    assertTrue(w.selector().selectedKeys().isEmpty());
                    assertEquals(1, w.selector().select(seen::add));
                    assertEquals(2, seen.size());
                })
                .says("a key of the selected set is given to the action too, and stays there", c -> {
                    Watched w = watched(c);
                    w.write();
                    w.selector().select();
                    assertEquals(1, w.selector().selectNow(k -> assertSame(w.key(), k)));
                    assertTrue(w.selector().selectedKeys().contains(w.key()));
                })
                .says("an exception of the action comes out", c -> {
                    Watched w = watched(c);
                    w.write();
                    assertThrows(
                            IllegalStateException.class,
                            () -> w.selector().select(k -> {
                                throw new IllegalStateException("from the action");
                            }));
                    assertEquals(1, w.selector().select(k -> {}));
                })
                .says("the action may cancel the key and close its channel", c -> {
                    Selector selector = c.selector();
                    Watched one = watched(c, selector);
                    Watched two = watched(c, selector);
                    one.write();
                    two.write();
                    selector.select(k -> {
                        k.cancel();
                        assertThrows(CancelledKeyException.class, k::interestOps);
                    });
                    selector.selectNow();
                    assertTrue(selector.keys().isEmpty());
                })
                .says("the action may not select again: IllegalStateException", c -> {
                    Watched w = watched(c);
                    w.write();
                    w.selector()
                            .select(k -> assertThrows(
                                    IllegalStateException.class,
                                    () -> w.selector().selectNow(x -> {})));
                })
                .says("the action may change interests and read", c -> {
                    Watched w = watched(c);
                    w.write();
                    assertEquals(1, w.selector().select(k -> {
                        k.interestOps(0);
                        try {
                            assertEquals(1, w.pipe().source().read(ByteBuffer.allocate(4)));
                        } catch (java.io.IOException e) {
                            throw new AssertionError(e);
                        }
                    }));
                    assertEquals(0, w.selector().selectNow(k -> {}));
                })
                .says("null: NullPointerException", c -> {
                    Selector selector = c.selector();
                    assertThrows(NullPointerException.class, () -> selector.select(null));
                    assertThrows(NullPointerException.class, () -> selector.select(null, 1));
                    assertThrows(NullPointerException.class, () -> selector.selectNow(null));
                })
                .waits("waits until a channel is ready, or is woken, or its time is over", c -> {
                    Watched w = watched(c);
                    assertEquals(0, w.selector().select(k -> {}, 20));
                    Work woken = c.waiting(() -> assertEquals(0, w.selector().select(k -> {})));
                    w.selector().wakeup();
                    woken.done();
                    Work ready = c.waiting(() -> assertEquals(1, w.selector().select(k -> {})));
                    w.write();
                    ready.done();
                })
                .waits("interrupted: returns, and stays open", c -> {
                    Watched w = watched(c);
                    Work select = c.waiting(() -> assertEquals(0, w.selector().select(k -> {})));
                    select.interrupt();
                    select.end().andIsInterrupted(true).done();
                    assertTrue(w.selector().isOpen());
                });
    }
}
