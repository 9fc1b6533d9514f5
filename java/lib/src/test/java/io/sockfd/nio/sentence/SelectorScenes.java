package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.bytes;
import static io.sockfd.nio.sentence.Scenes.call;
import static io.sockfd.nio.sentence.Scenes.ended;
import static io.sockfd.nio.sentence.Scenes.interrupted;
import static io.sockfd.nio.sentence.Scenes.told;

import io.sockfd.nio.twin.Outcome;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** Selections beside which other threads change keys, channels and the selector itself. */
final class SelectorScenes {
    private static final int OVER_MS = 1000;

    private SelectorScenes() {}

    static void add(Scenes scenes) {
        meanwhile(scenes);
        actions(scenes);
        readiness(scenes);
        locks(scenes);
        registrations(scenes);
    }

    /** A selection of a limited time, and whether it lasted as long. */
    private static Callable<?> timed(Selector selector) {
        return () -> {
            long begin = System.nanoTime();
            int count = selector.select(OVER_MS);
            boolean whole = System.nanoTime() - begin >= (OVER_MS - 20) * 1_000_000L;
            return count + (whole ? " when the time was over" : " early");
        };
    }

    private static void meanwhile(Scenes scenes) {
        for (String what : new String[] {
            "close the channel",
            "close the channel and wake",
            "cancel",
            "cancel and wake",
            "register another that is ready",
            "register another that is ready and wake",
            "interest",
            "interest and wake",
            "interest and back",
            "write",
            "write, then cancel",
            "close the selector",
            "wake twice",
            "interrupt",
            "selectNow by another",
            "keys by another",
            "close the sink"
        }) {
            scenes.scene("select meanwhile: " + what, c -> {
                var w = SelectorRows.watched(c);
                Selector selector = w.selector();
                Pipe ready = c.pipe();
                ready.source().configureBlocking(false);
                ready.sink().configureBlocking(false);
                Callable<?> select = timed(selector);
                AtomicReference<String> other = new AtomicReference<>("");
                String how = what.equals("interrupt")
                        ? interrupted(c, select)
                        : ended(c, select, () -> {
                            switch (what.replace(" and wake", "")) {
                                case "close the channel" -> w.pipe().source().close();
                                case "cancel" -> w.key().cancel();
                                case "register another that is ready" ->
                                    ready.sink().register(selector, SelectionKey.OP_WRITE);
                                case "interest" -> w.key().interestOps(0);
                                case "interest and back" ->
                                    w.key().interestOps(0).interestOps(1);
                                case "write" -> w.write();
                                case "write, then cancel" -> {
                                    w.key().interestOps(0);
                                    w.key().cancel();
                                    w.write();
                                }
                                case "close the selector" -> selector.close();
                                case "wake twice" -> selector.wakeup().wakeup();
                                case "selectNow by another" -> {
                                    Work now = c.start(() -> other.set(Outcome.of(selector::selectNow)));
                                    now.done();
                                }
                                case "keys by another" ->
                                    other.set(told(
                                            () -> selector.keys().size(),
                                            () -> selector.keys().contains(w.key())));
                                case "close the sink" -> w.pipe().sink().close();
                                default -> throw new IllegalStateException(what);
                            }
                            if (what.endsWith(" and wake")) {
                                selector.wakeup();
                            }
                        });
                return how + other + "; "
                        + told(
                                selector::isOpen,
                                w.key()::isValid,
                                () -> w.pipe().source().isRegistered(),
                                () -> selector.keys().size(),
                                () -> selector.selectedKeys().size(),
                                selector::selectNow,
                                () -> selector.keys().size());
            });
        }
    }

    private static void actions(Scenes scenes) {
        for (String what : new String[] {
            "throw at the first",
            "close the selector",
            "wake",
            "register",
            "no interest",
            "interrupt",
            "take from the selected keys"
        }) {
            scenes.scene("select's action: " + what, c -> {
                Selector selector = c.selector();
                List<SelectorRows.Watched> all = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    all.add(SelectorRows.watched(c, selector));
                    all.get(i).write();
                }
                Pipe more = c.pipe();
                more.sink().configureBlocking(false);
                int[] times = {0};
                String how = told(() -> selector.select(key -> {
                    times[0]++;
                    switch (what) {
                        case "throw at the first" -> throw new ArithmeticException();
                        case "close the selector" -> Outcome.of(call(selector::close));
                        case "wake" -> selector.wakeup();
                        case "register" -> Outcome.of(() -> more.sink().register(selector, SelectionKey.OP_WRITE));
                        case "no interest" -> key.interestOps(0);
                        case "interrupt" -> Thread.currentThread().interrupt();
                        default -> Outcome.of(() -> selector.selectedKeys().remove(key));
                    }
                }));
                boolean interrupted = Thread.interrupted();
                return how + " " + times[0] + interrupted + "; "
                        + told(
                                selector::isOpen,
                                () -> selector.selectedKeys().size(),
                                () -> selector.keys().size(),
                                timed(selector),
                                () -> selector.selectedKeys().size(),
                                () -> selector.keys().size());
            });
        }
    }

    private static void readiness(Scenes scenes) {
        scenes.scene("ready: grows while selected, is made anew when taken out", c -> {
                    Case.Ends ends = c.tcp();
                    SocketChannel channel = ends.client();
                    channel.configureBlocking(false);
                    Selector selector = c.selector();
                    SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
                    String writable = told(selector::selectNow, key::readyOps);
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    ends.server().write(bytes("x"));
                    Case.sleep(10);
                    String both = told(selector::selectNow, key::readyOps, selector::selectNow);
                    channel.read(ByteBuffer.allocate(1));
                    String kept = told(selector::selectNow, key::readyOps);
                    key.interestOps(SelectionKey.OP_READ);
                    String narrowed = told(selector::selectNow, key::readyOps);
                    selector.selectedKeys().clear();
                    String cleared = told(key::readyOps, selector::selectNow, key::readyOps);
                    key.interestOps(SelectionKey.OP_WRITE);
                    return writable + "; " + both + "; " + kept + "; " + narrowed + "; " + cleared + "; "
                            + told(selector::selectNow, key::readyOps);
                })
                .scene("ready: the peer's and the own shutdown, close and reset", c -> {
                    StringBuilder all = new StringBuilder();
                    for (int way = 0; way < 6; way++) {
                        Case.Ends ends = c.tcp();
                        SocketChannel channel = ends.client();
                        channel.configureBlocking(false);
                        Selector selector = c.selector();
                        SelectionKey key = channel.register(selector, way < 5 ? SelectionKey.OP_READ : 0);
                        switch (way) {
                            case 0 -> ends.server().shutdownOutput();
                            case 1 -> channel.shutdownInput();
                            case 2 -> channel.shutdownOutput();
                            case 3 -> {
                                channel.shutdownOutput();
                                ends.server().close();
                            }
                            default -> {
                                ends.server().setOption(StandardSocketOptions.SO_LINGER, 0);
                                ends.server().close();
                            }
                        }
                        Case.sleep(20);
                        all.append(told(() -> selector.select(20), key::readyOps));
                        selector.selectedKeys().clear(); // the JDK's forgets of a selected one what it was ready for
                        key.interestOps(SelectionKey.OP_WRITE);
                        all.append(told(() -> selector.select(20), key::readyOps));
                        all.append("; ");
                    }
                    return all;
                })
                .scene("ready: urgent bytes, not inline and inline", c -> {
                    Case.Ends ends = c.tcp();
                    SocketChannel channel = ends.server();
                    channel.configureBlocking(false);
                    Selector selector = c.selector();
                    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                    StringBuilder all = new StringBuilder();
                    for (boolean inline : new boolean[] {false, true, false}) {
                        channel.socket().setOOBInline(inline);
                        ends.client().socket().sendUrgentData('u');
                        all.append(told(
                                        () -> selector.select(50),
                                        key::readyOps,
                                        () -> channel.read(ByteBuffer.allocate(5)),
                                        () -> channel.read(ByteBuffer.allocate(5))))
                                .append("; ");
                        selector.selectedKeys().clear();
                    }
                    return all;
                })
                .scene("ready: a listener with two connections, one is closed before", c -> {
                    ServerSocketChannel server = c.listener();
                    server.configureBlocking(false);
                    Selector selector = c.selector();
                    SelectionKey key = server.register(selector, SelectionKey.OP_ACCEPT);
                    String none = told(selector::selectNow);
                    SocketChannel first = c.channel();
                    first.connect(server.getLocalAddress());
                    c.channel().connect(server.getLocalAddress());
                    first.close();
                    String two = told(selector::select, key::readyOps, () -> c.keep(server.accept()));
                    selector.selectedKeys().clear();
                    String one = told(selector::select, () -> c.keep(server.accept()));
                    selector.selectedKeys().clear();
                    return none + two + one + told(() -> selector.select(20), server::accept);
                })
                .scene("ready: a pipe whose other end was closed", c -> {
                    Pipe one = c.pipe();
                    Pipe two = c.pipe();
                    one.source().configureBlocking(false);
                    two.sink().configureBlocking(false);
                    Selector selector = c.selector();
                    SelectionKey source = one.source().register(selector, SelectionKey.OP_READ);
                    SelectionKey sink = two.sink().register(selector, SelectionKey.OP_WRITE);
                    one.sink().close();
                    two.source().close();
                    return told(
                            selector::select,
                            source::readyOps,
                            sink::readyOps,
                            () -> one.source().read(ByteBuffer.allocate(1)),
                            () -> two.sink().write(bytes("x")),
                            () -> two.sink().isOpen());
                })
                .scene("ready: no room, then room", c -> {
                    Case.Ends ends = c.tcp();
                    SocketChannel channel = ends.client();
                    channel.configureBlocking(false);
                    int idle = 0;
                    long sent = 0;
                    while (idle < 3) {
                        int now = channel.write(ByteBuffer.allocate(100_000));
                        sent += now;
                        idle = now == 0 ? idle + 1 : 0;
                        Case.sleep(now == 0 ? 10 : 0);
                    }
                    Selector selector = c.selector();
                    SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
                    String full = told(() -> selector.select(20));
                    ByteBuffer in = ByteBuffer.allocate(100_000);
                    while (sent > 0) {
                        sent -= ends.server().read(in.clear());
                    }
                    return full + told(() -> selector.select(1000), key::isWritable);
                });
    }

    private static void locks(Scenes scenes) {
        for (String monitor : new String[] {"selector", "selected keys", "keys"}) {
            scenes.scene("who holds the monitor of the " + monitor + " keeps selections out", c -> {
                var w = SelectorRows.watched(c);
                w.write();
                Selector selector = w.selector();
                Object lock = monitor.equals("selector")
                        ? selector
                        : monitor.equals("keys") ? selector.keys() : selector.selectedKeys();
                AtomicReference<String> told = new AtomicReference<>("");
                Work select;
                boolean kept;
                synchronized (lock) {
                    select = c.start(() -> told.set(Outcome.of(selector::selectNow)));
                    Case.sleep(50);
                    kept = select.isAlive();
                }
                select.done();
                return kept + told.get();
            });
        }
        scenes.scene("a selection holds the monitors while it waits, and none that a key needs", c -> {
            var w = SelectorRows.watched(c);
            Selector selector = w.selector();
            StringBuilder all = new StringBuilder();
            Pipe other = c.pipe();
            other.source().configureBlocking(false);
            String how = ended(c, selector::select, () -> {
                all.append(told(
                        () -> w.key().interestOps(),
                        () -> w.key().readyOps(),
                        () -> w.key().interestOpsOr(0),
                        () -> w.key().attach("x"),
                        () -> w.key().equals(w.pipe().source().keyFor(selector)),
                        () -> w.pipe().source().isRegistered(),
                        () -> other.source().register(selector, 1).isValid(),
                        () -> selector.keys().size(),
                        () -> w.pipe().source().read(ByteBuffer.allocate(1)),
                        () -> w.pipe().source().configureBlocking(false).isBlocking()));
                selector.wakeup();
            });
            return how + all;
        });
    }

    private static void registrations(Scenes scenes) {
        scenes.scene("two selectors, closed one after the other, and the channel", c -> {
                    Pipe pipe = c.pipe();
                    pipe.source().configureBlocking(false);
                    Selector one = c.selector();
                    Selector two = c.selector();
                    SelectionKey first = pipe.source().register(one, 1);
                    SelectionKey second = pipe.source().register(two, 1);
                    pipe.sink().write(bytes("x"));
                    String both = told(one::select, two::select);
                    one.close();
                    String left = told(
                            first::isValid, second::isValid, () -> pipe.source().isRegistered());
                    SelectionKey third = pipe.source().register(c.selector(), 1);
                    pipe.source().close();
                    return both
                            + left
                            + told(
                                    second::isValid,
                                    third::isValid,
                                    two::selectNow,
                                    () -> pipe.source().keyFor(two) == null);
                })
                .scene("cancelled, deregistered, registered again, many times", c -> {
                    var w = SelectorRows.watched(c);
                    w.write();
                    Selector selector = w.selector();
                    StringBuilder all = new StringBuilder();
                    for (int i = 0; i < 20; i++) {
                        w.pipe().source().keyFor(selector).cancel();
                        all.append(told(
                                selector::selectNow, () -> w.pipe().source().keyFor(selector)));
                        SelectionKey key = w.pipe().source().register(selector, 1, i);
                        all.append(told(
                                selector::selectNow,
                                key::attachment,
                                () -> selector.keys().size()));
                    }
                    return all;
                })
                .scene("cancelled, registered again before a selection; blocking; blocked again", c -> {
                    var w = SelectorRows.watched(c);
                    Selector selector = w.selector();
                    w.key().cancel();
                    return told(
                            () -> w.pipe().source().register(selector, 1),
                            () -> w.pipe().source().configureBlocking(true).isBlocking(),
                            () -> w.pipe().source().register(selector, 1),
                            () -> w.pipe().source().configureBlocking(false).isBlocking(),
                            selector::selectNow,
                            () -> w.pipe().source().register(selector, 1).isValid());
                })
                .scene("a channel that was closed, and its number given to another", c -> {
                    Selector selector = c.selector();
                    StringBuilder all = new StringBuilder();
                    for (int i = 0; i < 10; i++) {
                        Pipe pipe = c.pipe();
                        pipe.source().configureBlocking(false);
                        SelectionKey key = pipe.source().register(selector, 1);
                        pipe.sink().write(bytes("x"));
                        all.append(told(
                                selector::select,
                                key::isReadable,
                                () -> selector.selectedKeys().size()));
                        pipe.source().close();
                        pipe.sink().close();
                    }
                    return all;
                })
                .scene("cancelled by many threads while one selects", c -> {
                    Selector selector = c.selector();
                    List<SelectionKey> keys = new ArrayList<>();
                    for (int i = 0; i < 40; i++) {
                        keys.add(SelectorRows.watched(c, selector).key());
                    }
                    List<Work> works = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        int part = i;
                        works.add(c.start(() -> {
                            for (int k = part; k < keys.size(); k += 4) {
                                keys.get(k).cancel();
                                selector.wakeup();
                            }
                        }));
                    }
                    for (int i = 0; i < 1000 && !selector.keys().isEmpty(); i++) {
                        selector.select(10);
                    }
                    for (Work work : works) {
                        work.done();
                    }
                    return selector.keys().size();
                });
    }
}
