package io.sockfd.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the JDK has: blocking channels in the UNIX domain, with a direct buffer. It has no plain call. */
final class NioContestant implements Contestant {
    private final SocketChannel left;
    private final SocketChannel right;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);

    NioContestant() throws IOException {
        Path directory = Files.createTempDirectory("sockfd");
        Path path = directory.resolve("s");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
            listener.bind(address);
            left = SocketChannel.open(address);
            right = listener.accept();
        } finally {
            Files.deleteIfExists(path);
            Files.delete(directory);
        }
    }

    @Override
    public String name() {
        return "java.nio";
    }

    @Override
    public boolean hasCall() {
        return false;
    }

    @Override
    public void call(int times) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void exchange(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            buffer.clear();
            int sent = left.write(buffer);
            buffer.clear();
            int received = right.read(buffer);
            if (sent != SIZE || received != SIZE) {
                throw new IOException(sent + " bytes were sent, " + received + " received");
            }
        }
    }

    @Override
    public void close() {
        try (left;
                right) {
            buffer.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
