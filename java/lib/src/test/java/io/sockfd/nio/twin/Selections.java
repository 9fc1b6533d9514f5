package io.sockfd.nio.twin;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** The steps that all selectable channels have. */
final class Selections {
    private Selections() {}

    static <S extends SelectableChannel> void add(Table<S> table) {
        table.step("validOps", (b, c) -> c.validOps())
                .step("register 0", (b, c) -> {
                    c.register(selector(b), 0);
                    return "done";
                })
                .step("register all", (b, c) -> {
                    c.register(selector(b), c.validOps());
                    return "done";
                })
                .step("register more", (b, c) -> c.register(selector(b), 0xff))
                .step("register at a closed selector", (b, c) -> {
                    Selector selector = selector(b);
                    selector.close();
                    return c.register(selector, c.validOps());
                })
                .step("register at none", (b, c) -> c.register(null, 0))
                .step("keyFor none", (b, c) -> c.keyFor(null))
                .step("select", (b, c) -> {
                    Selector selector = selector(b);
                    SelectionKey key = c.register(selector, c.validOps());
                    int selected = selector.selectNow();
                    return selected + " " + key.readyOps();
                })
                .step("select read", (b, c) -> {
                    Selector selector = selector(b);
                    int ops = c.validOps() & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT);
                    SelectionKey key = c.register(selector, ops);
                    int selected = selector.selectNow();
                    return selected + " " + key.readyOps();
                })
                .step("register and close", (b, c) -> {
                    Selector selector = selector(b);
                    SelectionKey key = c.register(selector, c.validOps());
                    c.close();
                    String keys = key.isValid() + " " + selector.keys().size();
                    return keys + " " + selector.selectNow() + " "
                            + selector.keys().size();
                })
                .step("register and block", (b, c) -> {
                    c.register(selector(b), 0);
                    return c.configureBlocking(true);
                })
                .step("register twice", (b, c) -> {
                    Selector selector = selector(b);
                    SelectionKey one = c.register(selector, 0);
                    return one.equals(c.register(selector, c.validOps())) && one.interestOps() == c.validOps();
                })
                .step("cancel and register", (b, c) -> {
                    Selector selector = selector(b);
                    c.register(selector, 0).cancel();
                    return c.register(selector, 0);
                })
                .step("cancel and block", (b, c) -> {
                    Selector selector = selector(b);
                    c.register(selector, 0).cancel();
                    selector.selectNow();
                    c.configureBlocking(true);
                    return c.isRegistered();
                });
    }

    private static Selector selector(Bench b) throws Exception {
        return b.keep(b.provider.openSelector());
    }
}
