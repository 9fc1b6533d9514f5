package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Socket;
import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** TCP over a wire that loses, doubles, delays and reorders: every byte arrives once and in order. */
@Tests(family = "netem", type = "TCP")
@Tag("once")
class NetemTcpIT {
    private static final int CHUNK = 1 << 14;
    private static final int LEAST = 16;
    private static final int MOST = 200;
    private static final int SECONDS = 60;

    private Netem wire = Kernel.later();
    private Socket client = Kernel.later();
    private Socket server = Kernel.later();

    @BeforeEach
    void connect() throws IOException {
        wire = new Netem();
        try (Socket listener = wire.net().get(1).call(Socket::tcp)) {
            listener.bind(new InetSocketAddress(wire.net().left4(1), 0)).listen();
            client = wire.net().get(0).call(Socket::tcp);
            client.connect(listener.getLocalAddress());
            server = Objects.requireNonNull(listener.accept()).timeout(Duration.ofSeconds(SECONDS));
        }
    }

    @AfterEach
    void close() throws IOException {
        Kernel.close(client);
        Kernel.close(server);
        Kernel.close(wire);
    }

    @Test
    void everyByteArrivesOnceAndInOrder() throws Exception {
        wire.does("delay", "5ms", "2ms", "loss", "10%", "duplicate", "10%", "reorder", "25%", "50%");
        FutureTask<Long> reader = new FutureTask<>(() -> {
            CRC32 received = new CRC32();
            ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
            while (server.recv(buffer.clear(), 0) > 0) {
                received.update(buffer.flip());
            }
            return received.getValue();
        });
        Thread thread = new Thread(reader, "reader");
        thread.setDaemon(true);
        thread.start();
        CRC32 sent = new CRC32();
        Random random = new Random(1);
        byte[] chunk = new byte[CHUNK];
        for (int i = 0; i < LEAST || retransmissions() == 0; i++) {
            assertTrue(i < MOST, "a wire that loses nothing");
            random.nextBytes(chunk);
            sent.update(chunk);
            client.sendAll(ByteBuffer.wrap(chunk));
        }
        client.shutdown(Linux.SHUT_WR);
        assertEquals(sent.getValue(), reader.get(SECONDS, TimeUnit.SECONDS));
    }

    private long retransmissions() throws IOException {
        return client.getOption(TcpOptions.TCP_INFO).totalRetrans();
    }

    @Test
    void theRoundTripIsTheDelay() throws Exception {
        wire.does("delay", "200ms");
        ByteBuffer buffer = ByteBuffer.allocateDirect(1);
        for (int i = 0; i < 4; i++) {
            client.sendAll(buffer.clear());
            server.recvExactly(buffer.clear());
            server.sendAll(buffer.clear());
            client.recvExactly(buffer.clear());
        }
        long rtt = client.getOption(TcpOptions.TCP_INFO).rttMicros();
        assertTrue(rtt > 50_000 && rtt < 2_000_000, () -> rtt + " us");
    }

    @Test
    void aWireThatLosesAllEndsInTheTimeout() throws Exception {
        wire.does("loss", "100%");
        client.setOption(TcpOptions.TCP_USER_TIMEOUT, 1000L);
        client.sendAll(Kernel.bytes("into the void"));
        client.timeout(Duration.ofSeconds(SECONDS));
        IOException e = org.junit.jupiter.api.Assertions.assertThrows(
                IOException.class, () -> client.recv(ByteBuffer.allocateDirect(1), 0));
        assertTrue(!(e instanceof SocketTimeoutException), () -> "ETIMEDOUT by TCP_USER_TIMEOUT: " + e);
        assertEquals(io.sockfd.Errno.ETIMEDOUT, io.sockfd.Errors.errnoOf(e).orElseThrow());
    }
}
