package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Socket;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Datagrams over a wire that loses, doubles, delays and reorders them arrive as the wire left them. */
@Tests(family = "netem", type = "UDP")
@Tag("once")
class NetemUdpIT {
    private static final int COUNT = 200;
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Integer.BYTES);
    private Netem wire = Kernel.later();
    private Socket sender = Kernel.later();
    private Socket receiver = Kernel.later();

    @BeforeEach
    void open() throws IOException {
        wire = new Netem();
        receiver = wire.net()
                .get(1)
                .call(Socket::udp)
                .bind(new InetSocketAddress(wire.net().left4(1), 0));
        receiver.setOption(SocketOptions.SO_RCVBUFFORCE, 1 << 20); // what is doubled has room too
        sender = wire.net().get(0).call(Socket::udp);
        sender.connect(receiver.getLocalAddress());
        receiver.timeout(Duration.ofSeconds(20));
        sender.send(buffer.clear(), 0); // the neighbour is known before packets are lost
        assertEquals(Integer.BYTES, receiver.recv(buffer.clear(), 0));
    }

    @AfterEach
    void close() throws IOException {
        Kernel.close(sender);
        Kernel.close(receiver);
        Kernel.close(wire);
    }

    /** Sends the numbers from 0 on and gives those that arrive, until nothing does for a second. */
    private List<Integer> exchange() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            sender.send(buffer.clear().putInt(i).flip(), 0);
        }
        Socket unused = receiver.timeout(QUIET);
        List<Integer> arrived = new ArrayList<>();
        try {
            while (arrived.size() <= 2 * COUNT && receiver.recv(buffer.clear(), 0) == Integer.BYTES) {
                arrived.add(buffer.getInt(0));
            }
        } catch (SocketTimeoutException e) {
            return arrived;
        }
        throw new AssertionError("more than twice what was sent: " + arrived.size());
    }

    private static List<Integer> all() {
        return IntStream.range(0, COUNT).boxed().toList();
    }

    @Test
    void aThirdIsLost() throws Exception {
        wire.does("loss", "30%");
        List<Integer> arrived = exchange();
        assertTrue(arrived.size() > COUNT / 2 && arrived.size() < COUNT * 9 / 10, arrived::toString);
        assertEquals(arrived.stream().sorted().distinct().toList(), arrived, "what arrives is in order, and once");
    }

    @Test
    void halfOfThemAreDoubled() throws Exception {
        wire.does("duplicate", "50%");
        List<Integer> arrived = exchange();
        assertTrue(arrived.size() > COUNT * 5 / 4 && arrived.size() < COUNT * 7 / 4, arrived::toString);
        assertEquals(all(), arrived.stream().distinct().toList());
    }

    @Test
    void halfOfThemOvertake() throws Exception {
        wire.does("delay", "50ms", "reorder", "50%");
        List<Integer> arrived = exchange();
        assertEquals(all(), arrived.stream().sorted().toList(), "each once");
        assertNotEquals(all(), arrived, "but not in order");
    }

    @Test
    void aDelayIsWaitedForAndATimeoutIsKept() throws Exception {
        wire.does("delay", "400ms");
        long start = System.nanoTime();
        sender.send(buffer.clear(), 0);
        Socket unused = receiver.timeout(Duration.ofMillis(100));
        org.junit.jupiter.api.Assertions.assertThrows(
                SocketTimeoutException.class, () -> receiver.recv(buffer.clear(), 0));
        assertEquals(0, receiver.poll(Linux.POLLIN, Duration.ZERO), "not there yet");
        unused = receiver.timeout(Duration.ofSeconds(20));
        assertEquals(Integer.BYTES, receiver.recv(buffer.clear(), 0));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(millis >= 400, () -> millis + " ms");
    }
}
