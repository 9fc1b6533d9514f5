package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.address.Addresses;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** NioEcho, to the JDK's own channels. */
@Timeout(90)
@Tag("once")
class NioEchoIT {
    @Test
    void echoesOverTcpAndOverAPath(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("echo");
        try (Program server = example("NioEcho", "127.0.0.1:0", path.toString())) {
            SocketAddress tcp = Addresses.parse(server.await("listening on "));
            echoes(tcp);
            echoes(UnixDomainSocketAddress.of(path));
            server.await("process " + ProcessHandle.current().pid() + " is here");
        }
    }

    private static void echoes(SocketAddress address) throws IOException {
        try (SocketChannel client = SocketChannel.open(address)) {
            ByteBuffer got = ByteBuffer.allocate(10_000);
            client.write(ByteBuffer.allocate(10_000).put(9999, (byte) 7));
            while (got.hasRemaining() && client.read(got) > 0) {
                // until all is back
            }
            assertEquals(0, got.remaining());
            assertEquals(7, got.get(9999));
        }
    }
}
