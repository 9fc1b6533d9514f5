package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PathClient against the JDK's channel. */
@Timeout(90)
@Tag("once")
class PathClientIT {
    @TempDir
    Path directory;

    @Test
    void asksAndIsAnswered() throws Exception {
        Path path = directory.resolve("redis.sock");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            try (Program ask = example("PathClient", path.toString(), "GET", "key")) {
                try (SocketChannel peer = listener.accept()) {
                    ByteBuffer request = ByteBuffer.allocate(9);
                    while (request.hasRemaining() && peer.read(request) >= 0) {
                        Thread.onSpinWait();
                    }
                    assertEquals("GET key\r\n", US_ASCII.decode(request.flip()).toString());
                    peer.write(ByteBuffer.wrap("+value\r\n".getBytes(US_ASCII)));
                }
                assertEquals("+value\n", ask.end());
                assertEquals("from " + path + "\n", ask.errors());
            }
        }
    }
}
