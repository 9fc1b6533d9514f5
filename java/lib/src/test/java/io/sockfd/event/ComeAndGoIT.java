package io.sockfd.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.DescriptorGuard;
import io.sockfd.Linger;
import io.sockfd.Socket;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Leg;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Connections that are opened, used and closed again, {@code -Dsockfd.connections=10000000} of them: as many descriptors are open
 * at the end, and as much memory is in use, as when a tenth of them had gone.
 */
@Timeout(7200)
@Tag("once")
@Tag("grid")
class ComeAndGoIT {
    private static final long CONNECTIONS = Long.getLong("sockfd.connections", Leg.isLong() ? 100_000 : 20_000);
    private static final long MOST_OF_EACH = 1_000_000;
    private static final int CLIENTS = 3;
    private static final int SIZE = 64;
    private static final long MAY_GROW = 64 << 20; // what the compiler and the collector take as they please

    @ParameterizedTest
    @EnumSource(Engine.class)
    void nothingIsLeftOfThem(Engine engine) throws Exception {
        assumeTrue(CONNECTIONS <= MOST_OF_EACH || engine == Engine.URING, "so many only on a ring");
        Map<Integer, String> before = DescriptorGuard.open();
        AtomicLong left = new AtomicLong(CONNECTIONS);
        AtomicLong done = new AtomicLong();
        CompletableFuture<@Nullable Throwable> failure = new CompletableFuture<>();
        long early = 0;
        try (EventLoop loop = Loops.open(engine);
                Socket listener = Socket.tcp()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .listen(64)) {
            loop.onFailure((descriptor, thrown) -> true); // the clients leave by a reset
            loop.accept(listener, socket -> loop.serve(socket, Peer::send));
            Thread server = thread(loop::run, failure);
            SocketAddress address = Objects.requireNonNull(listener.getLocalAddress());
            Thread[] clients = new Thread[CLIENTS];
            for (int i = 0; i < CLIENTS; i++) {
                clients[i] = thread(() -> come(address, left, done, failure), failure);
            }
            while (done.get() < CONNECTIONS / 10 && !failure.isDone()) {
                Thread.sleep(10);
            }
            early = memory();
            for (Thread client : clients) {
                client.join();
            }
            assertTrue(!failure.isDone(), () -> "failed: " + failure.getNow(null));
            assertEquals(CONNECTIONS, done.get());
            loop.stop(Duration.ofSeconds(10));
            server.join();
        }
        long late = memory();
        System.out.printf(
                "%s: %,d connections came and went; %d descriptors before, %d after; %,d KiB after a tenth, %,d at the end%n",
                engine, done.get(), before.size(), DescriptorGuard.open().size(), early >> 10, late >> 10);
        assertTrue(late < early + MAY_GROW, "the process has grown");
        Map<Integer, String> after = DescriptorGuard.open();
        after.keySet().removeAll(before.keySet());
        after.keySet().removeAll(DescriptorGuard.pooled());
        assertEquals(Map.of(), after);
    }

    /** What a thread does here. */
    private interface Work {
        void run() throws IOException;
    }

    private static Thread thread(Work work, CompletableFuture<@Nullable Throwable> failure) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                failure.complete(e);
            }
        });
        thread.start();
        return thread;
    }

    private static void come(
            SocketAddress address, AtomicLong left, AtomicLong done, CompletableFuture<@Nullable Throwable> failure)
            throws IOException {
        ByteBuffer out = ByteBuffer.allocateDirect(SIZE);
        ByteBuffer in = ByteBuffer.allocateDirect(SIZE);
        Linger reset = new Linger(true, 0); // no port stays in TIME_WAIT
        for (long number = left.getAndDecrement(); number > 0 && !failure.isDone(); number = left.getAndDecrement()) {
            try (Socket client = Socket.tcp()) {
                client.setOption(SocketOptions.SO_LINGER, reset);
                client.connect(address);
                client.sendAll(out.putLong(0, number).clear());
                client.recvExactly(in.clear());
                assertEquals(number, in.getLong(0));
            }
            done.incrementAndGet();
        }
    }

    /** In use, in bytes: on the heap what is no garbage, and all else that the process has; what is let go goes a little later. */
    private static long memory() throws IOException, InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            System.gc();
            Thread.sleep(20);
            MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            long resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .sum();
            least = Math.min(least, resident - heap.getCommitted() + heap.getUsed());
        }
        return least;
    }
}
