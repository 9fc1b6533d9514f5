package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.python;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TcpInfoWatch with sinks that count what the kernel says has been acknowledged. */
@Timeout(90)
@Tag("once")
class TcpInfoWatchIT {
    private static final int SAMPLES = 10;

    /** The lines below the head, each split into its columns. */
    private static List<String[]> samples(String output) {
        return output.lines().skip(1).map(line -> line.strip().split(" +", -1)).toList();
    }

    private static void assertGrows(List<String[]> samples) {
        assertEquals(SAMPLES, samples.size());
        long before = 0;
        for (int i = 0; i < SAMPLES; i++) {
            String[] sample = samples.get(i);
            assertEquals(7, sample.length, () -> String.join(" ", sample));
            assertEquals(Integer.toString((i + 1) * 100), sample[0]);
            long acked = Long.parseLong(sample[1]);
            assertTrue(acked >= before, () -> before(sample));
            before = acked;
            assertTrue(Long.parseLong(sample[3]) > 0, "a round trip takes time");
            assertTrue(Long.parseLong(sample[4]) > 0, "a congestion window has a segment");
        }
        assertTrue(before > 1000, "a second of loopback moves more than a megabyte");
    }

    private static String before(String[] sample) {
        return "acknowledged bytes went back: " + String.join(" ", sample);
    }

    @Test
    void intoTheJdk() throws Exception {
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            int port = listener.socket().getLocalPort();
            try (Program watch = example("TcpInfoWatch", "127.0.0.1:" + port, "1");
                    SocketChannel sink = listener.accept()) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
                long total = 0;
                while (sink.read(buffer.clear()) >= 0) {
                    total += buffer.position();
                }
                List<String[]> samples = samples(watch.end());
                assertGrows(samples);
                long acked = Long.parseLong(samples.get(SAMPLES - 1)[1]);
                assertTrue(acked <= total / 1000, acked + " kB were acknowledged, " + total + " bytes received");
                assertEquals("", watch.errors());
            }
        }
    }

    @Test
    void intoPython() throws Exception {
        try (Program sink = python("""
                import socket
                with socket.create_server(('127.0.0.1', 0)) as s:
                    print('port', s.getsockname()[1])
                    c, _ = s.accept()
                    with c:
                        while c.recv(65536):
                            pass
                """)) {
            try (Program watch = example("TcpInfoWatch", "127.0.0.1:" + sink.await("port "), "1")) {
                assertGrows(samples(watch.end()));
                sink.end();
            }
        }
    }

    @Test
    void thePeerLeaves() throws Exception {
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            int port = listener.socket().getLocalPort();
            try (Program watch = example("TcpInfoWatch", "127.0.0.1:" + port, "30")) {
                listener.accept().close();
                assertTrue(samples(watch.end()).size() < 300);
                assertTrue(watch.errors().matches("send\\(.*\\): (ECONNRESET|EPIPE) .*\n"), watch::errors);
            }
        }
    }
}
