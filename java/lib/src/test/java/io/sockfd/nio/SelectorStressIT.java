package io.sockfd.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Leg;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
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
    private static final int CONNECTIONS = Math.min(WHOLE ? 10_000 : 1000, descriptors() - 1000);
    private static final int ROUNDS = WHOLE ? 10 : 3;
    private static final int BACKLOG = 4096;
    private static final int SELECTORS = 100;
    private static final int THREADS = 4;
    private static final SelectorProvider PROVIDER = Providers.OURS;

    /** How many a process may have: {@code ulimit -n}. */
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

    /**
     * The peers are a process of their own, which has as many descriptors. It sends to all, and to all again when it has every
     * answer: each key is ready once in a round, and one that is forgotten ends the test by its time.
     */
    @Test
    void tenThousandConnectionsOnOneSelector() throws Exception {
        int[] seen = new int[CONNECTIONS];
        try (Selector selector = PROVIDER.openSelector();
                ServerSocketChannel server = PROVIDER.openServerSocketChannel()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            CompletableFuture<Leg.Result> child = CompletableFuture.supplyAsync(() -> peers(port));
            CompletableFuture<Leg.Result> told = child.whenComplete((result, failure) -> selector.wakeup());
            try {
                int most = 0;
                int accepted = 0;
                ByteBuffer buffer = ByteBuffer.allocateDirect(2 * Integer.BYTES);
                while (!child.isDone()) {
                    selector.select();
                    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                        SelectionKey key = keys.next();
                        keys.remove();
                        if (key.isAcceptable()) {
                            accepted += accept(server, selector, accepted);
                        } else if (answer((SocketChannel) key.channel(), buffer)) {
                            seen[(Integer) key.attachment()]++;
                        }
                    }
                    most = Math.max(most, selector.keys().size());
                }
                assertEquals(new Leg.Result(0, ROUNDS + " rounds of " + CONNECTIONS + "\n"), told.get());
                assertEquals(CONNECTIONS + 1, most);
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
        assertArrayEquals(IntStream.generate(() -> ROUNDS).limit(CONNECTIONS).toArray(), seen);
        System.out.printf("%d connections on one selector, %d rounds%n", CONNECTIONS, ROUNDS);
    }

    private static Leg.Result peers(int port) {
        try {
            return Leg.run(List.of(), Peers.class.getName(), "" + port, "" + CONNECTIONS, "" + ROUNDS);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int accept(ServerSocketChannel server, Selector selector, int before) throws IOException {
        int count = 0;
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, before + count);
            count++;
        }
        return count;
    }

    /** What came; false when the peer has gone. */
    private static boolean answer(SocketChannel channel, ByteBuffer buffer) throws IOException {
        try {
            if (channel.read(buffer.clear()) > 0) {
                assertEquals(Integer.BYTES, buffer.flip().remaining());
                assertEquals(Integer.BYTES, channel.write(buffer));
                return true;
            }
        } catch (SocketException e) {
            assertEquals("Connection reset", e.getMessage()); // so that no port waits
        }
        channel.close();
        return false;
    }

    /** A process with the other ends: port, connections, rounds. */
    static final class Peers {
        private Peers() {}

        public static void main(String[] arguments) throws IOException {
            InetSocketAddress server =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
            SocketChannel[] channels = new SocketChannel[Integer.parseInt(arguments[1])];
            int rounds = Integer.parseInt(arguments[2]);
            for (int i = 0; i < channels.length; i++) {
                channels[i] = SocketChannel.open(server);
                channels[i].setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            ByteBuffer buffer = ByteBuffer.allocateDirect(Integer.BYTES);
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < channels.length; i++) {
                    channels[i].write(buffer.clear().putInt(0, i ^ round));
                }
                for (int i = 0; i < channels.length; i++) {
                    buffer.clear();
                    while (buffer.hasRemaining()) {
                        if (channels[i].read(buffer) < 0) {
                            throw new EOFException("connection " + i + " in round " + round);
                        }
                    }
                    if (buffer.getInt(0) != (i ^ round)) {
                        throw new IOException("connection " + i + " in round " + round + " got " + buffer.getInt(0));
                    }
                }
            }
            for (SocketChannel channel : channels) {
                channel.close();
            }
            System.out.println(rounds + " rounds of " + channels.length);
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
