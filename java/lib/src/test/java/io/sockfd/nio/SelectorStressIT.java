package io.sockfd.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many keys, many selectors, and all that changes them at once. {@code -Dsockfd.grid=true} has ten thousand connections
 * and a minute of each. DescriptorGuard looks for what was left open.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("grid")
@Tag("later")
class SelectorStressIT {
    private static final boolean WHOLE = Boolean.getBoolean("sockfd.grid");
    private static final long NANOS = TimeUnit.SECONDS.toNanos(WHOLE ? 60 : 2);
    private static final int CONNECTIONS = Math.min(WHOLE ? 10_000 : 1000, (descriptors() - 500) / 2);
    private static final int SELECTORS = 100;
    private static final int THREADS = 4;
    private static final SelectorProvider PROVIDER = Providers.OURS;

    /** How many this process may have, of which a pipe takes two: {@code ulimit -n}. */
    private static int descriptors() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
            return lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.replaceAll("Max open files +([^ ]+).*", "$1"))
                    .mapToInt(limit -> limit.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(limit))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each connection is ready once in each round, and none is forgotten. */
    @Test
    void tenThousandConnectionsOnOneSelector() throws Exception {
        List<Pipe> pipes = new ArrayList<>();
        try (Selector selector = PROVIDER.openSelector()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                Pipe pipe = PROVIDER.openPipe();
                pipes.add(pipe);
                pipe.source().configureBlocking(false);
                pipe.source().register(selector, SelectionKey.OP_READ, i);
            }
            assertEquals(CONNECTIONS, selector.keys().size());
            for (int round = 0; round < 3; round++) {
                for (Pipe pipe : pipes) {
                    pipe.sink().write(ByteBuffer.allocate(1));
                }
                boolean[] seen = new boolean[CONNECTIONS];
                for (int left = CONNECTIONS; left > 0; ) {
                    assertTrue(selector.select() > 0);
                    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                        SelectionKey key = keys.next();
                        keys.remove();
                        assertFalse(seen[(Integer) key.attachment()]);
                        seen[(Integer) key.attachment()] = true;
                        assertEquals(1, ((Pipe.SourceChannel) key.channel()).read(ByteBuffer.allocate(2)));
                        left--;
                    }
                }
                assertEquals(0, selector.selectNow());
            }
        } finally {
            for (Pipe pipe : pipes) {
                pipe.source().close();
                pipe.sink().close();
            }
        }
    }

    @Test
    void aHundredSelectorsAreWokenByWhatTheyWaitFor() throws Exception {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Pipe> pipes = new ArrayList<>();
        List<Selector> selectors = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try {
            for (int i = 0; i < SELECTORS; i++) {
                Pipe pipe = PROVIDER.openPipe();
                Selector selector = PROVIDER.openSelector();
                pipes.add(pipe);
                selectors.add(selector);
                pipe.source().configureBlocking(false);
                SelectionKey key = pipe.source().register(selector, SelectionKey.OP_READ);
                threads.add(start(failure, () -> {
                    for (int got = 0; got < 10; ) {
                        selector.select();
                        if (selector.selectedKeys().remove(key)) {
                            got += Math.max(0, pipe.source().read(ByteBuffer.allocate(10)));
                        }
                    }
                }));
            }
            for (int i = 0; i < 10; i++) {
                for (Pipe pipe : pipes) {
                    pipe.sink().write(ByteBuffer.allocate(1));
                }
                selectors.get(i).wakeup();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertNull(failure.get());
        } finally {
            for (int i = 0; i < pipes.size(); i++) {
                pipes.get(i).source().close();
                pipes.get(i).sink().close();
                selectors.get(i).close();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread start(AtomicReference<@Nullable Throwable> failure, Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        thread.start();
        return thread;
    }

    /**
     * Threads that register, cancel, change interest and close, against one that selects: a key that stays is never lost, and a
     * selection ends.
     */
    @Test
    void everythingAtOnce() throws Exception {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        long end = System.nanoTime() + NANOS;
        Pipe steady = PROVIDER.openPipe();
        try (Selector selector = PROVIDER.openSelector()) {
            steady.source().configureBlocking(false);
            SelectionKey steadyKey = steady.source().register(selector, SelectionKey.OP_READ);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(start(failure, () -> churn(selector, end)));
            }
            threads.add(start(failure, () -> {
                while (end - System.nanoTime() > 0) {
                    selector.wakeup();
                    Thread.onSpinWait();
                }
            }));
            long rounds = 0;
            while (end - System.nanoTime() > 0 && failure.get() == null) {
                steady.sink().write(ByteBuffer.allocate(1));
                boolean seen = false;
                while (!seen) {
                    selector.select();
                    seen = selector.selectedKeys().contains(steadyKey);
                    selector.selectedKeys().clear();
                }
                assertEquals(1, steady.source().read(ByteBuffer.allocate(2)));
                rounds++;
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertNull(failure.get());
            assertTrue(rounds > 0);
            selector.selectNow();
            assertEquals(1, selector.keys().size());
        } finally {
            steady.source().close();
            steady.sink().close();
        }
    }

    private static void churn(Selector selector, long end) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (end - System.nanoTime() > 0) {
            Pipe pipe = PROVIDER.openPipe();
            try {
                pipe.source().configureBlocking(false);
                SelectionKey key = pipe.source().register(selector, SelectionKey.OP_READ);
                pipe.sink().write(ByteBuffer.allocate(1));
                if (random.nextBoolean()) {
                    key.interestOps(0);
                    key.interestOps(SelectionKey.OP_READ);
                }
                if (random.nextBoolean()) {
                    key.cancel();
                }
            } catch (CancelledKeyException | ClosedChannelException e) {
                throw new AssertionError(e); // nobody else has this channel
            } finally {
                pipe.source().close();
                pipe.sink().close();
            }
        }
    }

    /** A selector that is closed while others select, register and wake it. */
    @Test
    void selectorsAreClosedUnderWhoeverUsesThem() throws Exception {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        long end = System.nanoTime() + NANOS;
        Pipe pipe = PROVIDER.openPipe();
        pipe.source().configureBlocking(false);
        try {
            while (end - System.nanoTime() > 0 && failure.get() == null) {
                Selector selector = PROVIDER.openSelector();
                Thread selects = start(failure, () -> {
                    try {
                        while (true) {
                            selector.select();
                        }
                    } catch (ClosedSelectorException e) {
                        // as it should be
                    }
                });
                Thread registers = start(failure, () -> {
                    try {
                        pipe.source().register(selector, SelectionKey.OP_READ);
                        selector.wakeup();
                    } catch (ClosedSelectorException e) {
                        // as it should be
                    }
                });
                selector.close();
                selects.join();
                registers.join();
                assertFalse(pipe.source().isRegistered());
            }
            assertNull(failure.get());
        } finally {
            pipe.source().close();
            pipe.sink().close();
        }
    }
}
