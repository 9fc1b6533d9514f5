package io.sockfd.nio.twin;

import static io.sockfd.nio.twin.ServerTwins.done;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.List;

/** A key of a pipe's source, with its selector, in each of their states. */
@SuppressWarnings({"NullAway", "ReferenceEquality"}) // null is tried, too, and what must be one object
final class SelectorTwins {
    private SelectorTwins() {}

    static List<Table<?>> tables() {
        Table<SelectionKey> table = new Table<>("SelectionKey");
        table.state("fresh", b -> key(b, SelectionKey.OP_READ, false))
                .state("ready", b -> key(b, SelectionKey.OP_READ, true))
                .state("without interest", b -> key(b, 0, true))
                .state("selected", b -> {
                    SelectionKey key = key(b, SelectionKey.OP_READ, true);
                    key.selector().select();
                    return key;
                })
                .state("cancelled", b -> {
                    SelectionKey key = key(b, SelectionKey.OP_READ, true);
                    key.cancel();
                    return key;
                })
                .state("cancelled when selected", b -> {
                    SelectionKey key = key(b, SelectionKey.OP_READ, true);
                    key.selector().select();
                    key.cancel();
                    return key;
                })
                .state("deregistered", b -> {
                    SelectionKey key = key(b, SelectionKey.OP_READ, true);
                    key.cancel();
                    key.selector().selectNow();
                    return key;
                })
                .state("channel closed", b -> {
                    SelectionKey key = key(b, SelectionKey.OP_READ, true);
                    key.channel().close();
                    return key;
                })
                .state("selector closed", b -> {
                    SelectionKey key = key(b, SelectionKey.OP_READ, true);
                    key.selector().close();
                    return key;
                })
                .state("woken up", b -> {
                    SelectionKey key = key(b, SelectionKey.OP_READ, false);
                    key.selector().wakeup();
                    return key;
                })
                .state("interrupted", b -> {
                    SelectionKey key = key(b, SelectionKey.OP_READ, false);
                    b.keep(Thread::interrupted);
                    Thread.currentThread().interrupt();
                    return key;
                });
        keys(table);
        selections(table);
        sets(table);
        return List.of(table.look("isValid", (b, k) -> k.isValid())
                .look("readyOps", (b, k) -> k.readyOps())
                .look("interestOps", (b, k) -> k.interestOps())
                .look(
                        "isOpen",
                        (b, k) -> k.selector().isOpen() + " " + k.channel().isOpen())
                .look("isRegistered", (b, k) -> k.channel().isRegistered())
                .look("keyFor", (b, k) -> k.channel().keyFor(k.selector()) == k)
                .look("keys", (b, k) -> k.selector().keys().size())
                .look("selectedKeys", (b, k) -> k.selector().selectedKeys().size())
                .look("interrupted", (b, k) -> Thread.currentThread().isInterrupted()));
    }

    private static SelectionKey key(Bench b, int ops, boolean ready) throws Exception {
        Pipe pipe = b.provider.openPipe();
        b.keep(pipe.sink());
        b.keep(pipe.source());
        pipe.source().configureBlocking(false);
        if (ready) {
            pipe.sink().write(ByteBuffer.allocate(1));
        }
        return pipe.source().register(b.keep(b.provider.openSelector()), ops, "attached");
    }

    private static void keys(Table<SelectionKey> table) {
        for (int ops : new int[] {0, 1, 4, 5, 8, 16, -1}) {
            table.step("interestOps " + ops, (b, k) -> k.interestOps(ops) == k)
                    .step("interestOpsOr " + ops, (b, k) -> k.interestOpsOr(ops))
                    .step("interestOpsAnd " + ops, (b, k) -> k.interestOpsAnd(ops));
        }
        table.step("cancel", (b, k) -> done(k::cancel))
                .step("attachment", (b, k) -> k.attachment())
                .step("attach", (b, k) -> k.attach("another") + " " + k.attachment())
                .step("isReadable", (b, k) -> k.isReadable())
                .step("isWritable", (b, k) -> k.isWritable())
                .step("isConnectable", (b, k) -> k.isConnectable())
                .step("isAcceptable", (b, k) -> k.isAcceptable())
                .step("close the channel", (b, k) -> done(k.channel()::close))
                .step("read", (b, k) -> ((Pipe.SourceChannel) k.channel()).read(ByteBuffer.allocate(9)))
                .step("register again", (b, k) -> k.channel().register(k.selector(), 1, "new") == k)
                .step("register 0 again", (b, k) -> k.channel().register(k.selector(), 0) == k);
    }

    private static void selections(Table<SelectionKey> table) {
        table.step("selectNow", (b, k) -> k.selector().selectNow())
                .step("select 1 ms", (b, k) -> k.selector().select(1))
                .step("select -1", (b, k) -> k.selector().select(-1))
                .step("select woken", (b, k) -> k.selector().wakeup().select())
                .step("select woken twice", (b, k) -> {
                    k.selector().wakeup().wakeup();
                    return k.selector().select() + " " + k.selector().select(1);
                })
                .step("selectNow consumer", (b, k) -> {
                    int[] times = {0};
                    int count = k.selector().selectNow(key -> times[0] += key.readyOps());
                    return count + " " + times[0];
                })
                .step("select consumer 1 ms", (b, k) -> {
                    int[] times = {0};
                    int count = k.selector().select(key -> times[0]++, 1);
                    return count + " " + times[0];
                })
                .step("select no consumer", (b, k) -> k.selector().selectNow(null))
                .step("select consumer -1", (b, k) -> k.selector().select(key -> {}, -1))
                .step(
                        "select consumer throws",
                        (b, k) -> k.selector().selectNow(key -> {
                            throw new ArithmeticException();
                        }))
                .step(
                        "select consumer selects",
                        (b, k) -> k.selector()
                                .selectNow(key -> Outcome.of(() -> {
                                    throw new AssertionError(Outcome.of(k.selector()::selectNow));
                                })))
                .step("select consumer cancels", (b, k) -> k.selector().selectNow(SelectionKey::cancel))
                .step(
                        "select consumer closes",
                        (b, k) -> k.selector().selectNow(key -> {
                            Outcome.of(() -> done(k.selector()::close));
                        }))
                .step("close the selector", (b, k) -> done(k.selector()::close))
                .step("wakeup", (b, k) -> k.selector().wakeup() == k.selector());
    }

    private static void sets(Table<SelectionKey> table) {
        table.step("keys add", (b, k) -> k.selector().keys().add(k))
                .step("keys remove", (b, k) -> k.selector().keys().remove(k))
                .step("keys clear", (b, k) -> done(k.selector().keys()::clear))
                .step("keys contains", (b, k) -> k.selector().keys().contains(k))
                .step("keys iterate", (b, k) -> {
                    var all = k.selector().keys().iterator();
                    boolean same = all.next() == k;
                    all.remove();
                    return same;
                })
                .step("selected add", (b, k) -> k.selector().selectedKeys().add(k))
                .step("selected addAll", (b, k) -> k.selector().selectedKeys().addAll(List.of(k)))
                .step("selected remove", (b, k) -> k.selector().selectedKeys().remove(k))
                .step(
                        "selected remove null",
                        (b, k) -> k.selector().selectedKeys().remove(null))
                .step("selected clear", (b, k) -> done(k.selector().selectedKeys()::clear))
                .step("selected contains", (b, k) -> k.selector().selectedKeys().contains(k))
                .step(
                        "selected contains null",
                        (b, k) -> k.selector().selectedKeys().contains(null))
                .step("selected iterate", (b, k) -> {
                    var all = k.selector().selectedKeys().iterator();
                    boolean same = all.next() == k;
                    all.remove();
                    return same + " " + all.hasNext();
                })
                .step(
                        "selected removeAll",
                        (b, k) -> k.selector().selectedKeys().removeAll(List.of(k)))
                .step(
                        "selected retainAll",
                        (b, k) -> k.selector().selectedKeys().retainAll(List.of()))
                .step("selected toArray", (b, k) -> k.selector().selectedKeys().toArray().length)
                .step("selected equals", (b, k) -> k.selector().selectedKeys().equals(java.util.Set.of(k)));
    }
}
