package io.sockfd.nio.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Virtual;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/** What a row works with: channels of one provider, threads of one kind, and a folder. All of it ends with the row. */
final class Case implements AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    static final InetSocketAddress ANY_PORT = new InetSocketAddress(LOOPBACK, 0);

    private final SelectorProvider provider;
    private final SelectorProvider foreign;
    private final boolean virtual;
    private final Deque<Closeable> kept = new ArrayDeque<>();

    Case(SelectorProvider provider, SelectorProvider foreign, boolean virtual) {
        this.provider = provider;
        this.foreign = foreign;
        this.virtual = virtual;
    }

    /** Two ends of one connection. */
    record Ends(SocketChannel client, SocketChannel server) {}

    SelectorProvider provider() {
        return provider;
    }

    /** Another provider than the one that is looked at. */
    SelectorProvider foreign() {
        return foreign;
    }

    <C extends Closeable> C keep(C resource) {
        synchronized (kept) {
            kept.push(resource);
        }
        return resource;
    }

    SocketChannel channel() throws IOException {
        return keep(provider.openSocketChannel());
    }

    SocketChannel channel(ProtocolFamily family) throws IOException {
        return keep(assertPresent(provider.openSocketChannel(family)));
    }

    ServerSocketChannel server() throws IOException {
        return keep(provider.openServerSocketChannel());
    }

    ServerSocketChannel server(ProtocolFamily family) throws IOException {
        return keep(assertPresent(provider.openServerSocketChannel(family)));
    }

    private static <T> T assertPresent(T value) {
        assertNotNull(value);
        return value;
    }

    /** Bound to a loopback port. */
    ServerSocketChannel listener() throws IOException {
        return server().bind(ANY_PORT);
    }

    DatagramChannel udp() throws IOException {
        return keep(provider.openDatagramChannel());
    }

    /** IPv4, bound to a loopback port. */
    DatagramChannel boundUdp() throws IOException {
        return keep(provider.openDatagramChannel(StandardProtocolFamily.INET)).bind(ANY_PORT);
    }

    Selector selector() throws IOException {
        return keep(provider.openSelector());
    }

    Pipe pipe() throws IOException {
        Pipe pipe = provider.openPipe();
        keep(pipe.source());
        keep(pipe.sink());
        return pipe;
    }

    Ends tcp() throws IOException {
        try (ServerSocketChannel listener = provider.openServerSocketChannel()) {
            listener.bind(ANY_PORT);
            SocketChannel client = channel();
            assertTrue(client.connect(listener.getLocalAddress()));
            return new Ends(client, keep(listener.accept()));
        }
    }

    Ends unix() throws IOException {
        try (ServerSocketChannel listener = provider.openServerSocketChannel(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path()));
            SocketChannel client = channel(StandardProtocolFamily.UNIX);
            assertTrue(client.connect(listener.getLocalAddress()));
            return new Ends(client, keep(listener.accept()));
        }
    }

    /** A path in a new folder, where nothing is. */
    Path path() throws IOException {
        Path folder = Files.createTempDirectory("sentence");
        keep(() -> {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : entries.toList()) {
                    Files.delete(entry);
                }
            }
            Files.delete(folder);
        });
        return folder.resolve("s");
    }

    /** A loopback port on which nobody listens: bound by a socket that does not, so that nobody else takes it. */
    InetSocketAddress refusing() throws IOException {
        SocketChannel holder = SocketChannel.open();
        keep(holder);
        return (InetSocketAddress) holder.bind(ANY_PORT).getLocalAddress();
    }

    /** A listener of the JDK whose queue is full: a connect to it neither succeeds nor fails. */
    InetSocketAddress silent() throws IOException {
        ServerSocketChannel listener = keep(ServerSocketChannel.open());
        listener.bind(ANY_PORT, 1);
        InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
        for (int i = 0; i < 2; i++) { // backlog 1 holds two
            SocketChannel filler = keep(SocketChannel.open());
            filler.configureBlocking(false);
            filler.connect(address);
            for (int ms = 0; ms < 100 && !filler.finishConnect(); ms++) {
                sleep(1);
            }
        }
        return address;
    }

    /** Starts code on another thread of the row's kind. */
    Work start(Work.Code code) {
        return new Work(code, virtual);
    }

    /** Starts code on another thread and returns when that thread waits in it. */
    Work waiting(Work.Code code) throws InterruptedException {
        Work work = start(code);
        work.awaitWaiting();
        return work;
    }

    boolean isVirtual() {
        return virtual && Virtual.available();
    }

    /** An address that is written in numbers. */
    @SuppressWarnings("AddressSelection") // nothing is looked up
    static InetAddress address(String numbers) throws IOException {
        return InetAddress.getByName(numbers);
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What a buffer has between its start and its position. */
    static String text(ByteBuffer buffer) {
        ByteBuffer copy = buffer.duplicate().flip();
        return StandardCharsets.US_ASCII.decode(copy).toString();
    }

    /** Reads as many bytes as the text has, and compares. */
    static void assertReads(String expected, java.nio.channels.ReadableByteChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(expected.length());
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            Thread.onSpinWait();
        }
        assertEquals(expected, text(buffer));
    }

    static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Milliseconds that code takes. */
    static long ms(Work.Code code) throws Exception {
        long start = System.nanoTime();
        code.run();
        return (System.nanoTime() - start) / 1_000_000;
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        synchronized (kept) {
            while (!kept.isEmpty()) {
                try {
                    kept.pop().close();
                } catch (IOException e) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
