package io.sockfd.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Allocations;
import io.sockfd.DescriptorGuard;
import io.sockfd.Linger;
import io.sockfd.Socket;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Leg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten thousand connections that say nothing, and two hundred that do, for a minute. */
@Timeout(300)
@Tag("once")
@Tag("grid")
class ManyPeersIT {
    private static final int MOST_IDLE = Leg.isLong() ? 10_000 : 500;
    private static final int ACTIVE = 200;
    private static final long NANOS =
            TimeUnit.SECONDS.toNanos(Integer.getInteger("sockfd.seconds", Leg.isLong() ? 60 : 1));
    private static final int WINDOW = 10 * ACTIVE;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theIdleOnesCostNothing(Engine engine) throws Exception {
        int idle = (int) Math.min(MOST_IDLE, (limit() - 1000) / 2 - ACTIVE); // both ends are here
        assumeTrue(idle > ACTIVE, "needs more descriptors: ulimit -n");
        Map<Integer, String> before = DescriptorGuard.open();
        List<Socket> clients = new ArrayList<>();
        long[] last = new long[1];
        long[] least = {Long.MAX_VALUE}; // of a window: the compiler may be at work for long
        long[] answers = new long[1];
        CompletableFuture<@Nullable Throwable> failure = new CompletableFuture<>();
        try (EventLoop loop = Loops.open(engine);
                Socket listener = Socket.tcp()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .listen(4096)) {
            loop.onFailure((descriptor, thrown) -> failure.complete(thrown));
            loop.accept(
                    listener,
                    socket -> loop.serve(socket, (peer, data) -> {
                        peer.send(data);
                        if (++answers[0] % WINDOW == 0) {
                            long now = Allocations.soFar();
                            least[0] = Math.min(least[0], now - last[0]);
                            last[0] = now;
                        }
                    }));
            Thread thread = new Thread(() -> {
                try {
                    loop.run();
                } catch (IOException e) {
                    failure.complete(e);
                }
            });
            thread.start();
            try {
                for (int i = 0; i < idle + ACTIVE; i++) {
                    Socket client = Socket.tcp().timeout(Duration.ofSeconds(30));
                    clients.add(client);
                    client.setOption(SocketOptions.SO_LINGER, new Linger(true, 0)); // no port stays in TIME_WAIT
                    client.connect(listener.getLocalAddress());
                }
                talk(clients.subList(idle, idle + ACTIVE), failure);
                assertTrue(!failure.isDone(), () -> "failed: " + failure.getNow(null));
                loop.onFailure((descriptor, thrown) -> true); // the clients leave by a reset
            } finally {
                for (Socket client : clients) {
                    client.close();
                }
                loop.stop(Duration.ZERO);
                thread.join();
            }
        }
        System.out.printf("%s: %d answers beside %d idle connections%n", engine, answers[0], idle);
        if (Leg.allocatesNothing() && answers[0] > 10 * WINDOW) {
            assertEquals(0, least[0] / WINDOW);
        }
        Map<Integer, String> after = DescriptorGuard.open();
        after.keySet().removeAll(before.keySet());
        after.keySet().removeAll(DescriptorGuard.pooled());
        assertEquals(Map.of(), after);
    }

    private static void talk(List<Socket> active, CompletableFuture<@Nullable Throwable> failure) throws IOException {
        ByteBuffer out = ByteBuffer.allocateDirect(64);
        ByteBuffer in = ByteBuffer.allocateDirect(64);
        long end = System.nanoTime() + NANOS;
        for (int round = 0; System.nanoTime() < end && !failure.isDone(); round++) {
            for (Socket socket : active) {
                socket.sendAll(out.putInt(0, round).clear());
            }
            for (Socket socket : active) {
                socket.recvExactly(in.clear());
                assertEquals(round, in.getInt(0));
            }
        }
    }

    private static long limit() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst("^[^0-9]*([0-9]+).*", "$1")))
                .findFirst()
                .orElse(0);
    }
}
