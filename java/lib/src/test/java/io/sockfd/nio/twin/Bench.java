package io.sockfd.nio.twin;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Where one cell is run: channels of one provider, which end with the cell. */
final class Bench implements AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    static final InetSocketAddress ANY_PORT = new InetSocketAddress(LOOPBACK, 0);

    /** No family: what the provider takes. */
    static final ProtocolFamily STANDARD = () -> "STANDARD";

    final SelectorProvider provider;
    private final Deque<Closeable> kept = new ArrayDeque<>();

    Bench(SelectorProvider provider) {
        this.provider = provider;
    }

    /** An address that is written in numbers. */
    @SuppressWarnings("AddressSelection") // nothing is looked up
    static InetAddress address(String numbers) throws IOException {
        return InetAddress.getByName(numbers);
    }

    static InetSocketAddress address(String numbers, int port) throws IOException {
        return new InetSocketAddress(address(numbers), port);
    }

    <C extends Closeable> C keep(C resource) {
        kept.push(resource);
        return resource;
    }

    SocketChannel channel(ProtocolFamily family) throws IOException {
        return keep(family.equals(STANDARD) ? provider.openSocketChannel() : provider.openSocketChannel(family));
    }

    ServerSocketChannel server(ProtocolFamily family) throws IOException {
        return keep(
                family.equals(STANDARD)
                        ? provider.openServerSocketChannel()
                        : provider.openServerSocketChannel(family));
    }

    DatagramChannel udp(ProtocolFamily family) throws IOException {
        return keep(family.equals(STANDARD) ? provider.openDatagramChannel() : provider.openDatagramChannel(family));
    }

    /** Listens at the loopback address or a path. */
    ServerSocketChannel listener(ProtocolFamily family) throws IOException {
        return server(family)
                .bind(family.equals(StandardProtocolFamily.UNIX) ? UnixDomainSocketAddress.of(path()) : ANY_PORT);
    }

    /** Two ends; the second may be closed or reset. */
    SocketChannel[] ends(ProtocolFamily family) throws IOException {
        try (ServerSocketChannel listener = listener(family)) {
            SocketChannel client = channel(family);
            client.connect(listener.getLocalAddress());
            return new SocketChannel[] {client, keep(listener.accept())};
        }
    }

    static void reset(SocketChannel peer) throws IOException {
        peer.setOption(StandardSocketOptions.SO_LINGER, 0);
        peer.close();
    }

    /** A path where nothing is. */
    Path path() {
        try {
            Path folder = Files.createTempDirectory("twin");
            Path path = folder.resolve("s");
            keep(() -> {
                Files.deleteIfExists(path);
                Files.delete(folder);
            });
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        while (!kept.isEmpty()) {
            kept.pop().close();
        }
    }
}
