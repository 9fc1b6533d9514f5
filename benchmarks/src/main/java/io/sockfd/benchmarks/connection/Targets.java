package io.sockfd.benchmarks.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where to listen. */
final class Targets implements AutoCloseable {
    /** Of TCP; a power of two. */
    static final int ADDRESSES = 64;

    private final SocketAddress[] addresses;
    private final Path directory;

    Targets(boolean tcp) throws IOException {
        directory = Files.createTempDirectory("sockfd-bench");
        addresses = new SocketAddress[tcp ? ADDRESSES : 1];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = tcp
                    ? new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 7, (byte) (i + 1)}), 0)
                    : UnixDomainSocketAddress.of(directory.resolve("s"));
        }
    }

    int count() {
        return addresses.length;
    }

    SocketAddress address(int index) {
        return addresses[index];
    }

    Path path() {
        return directory.resolve("s");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path());
        Files.delete(directory);
    }
}
