package io.sockfd.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Descriptor;
import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A socket that becomes unreachable while it is open is reported once and closed, but never while a call is inside. */
@Timeout(60)
class AbandonedIT {
    private static final int MOST_COLLECTIONS = 200;
    private static final Logger LOGGER = Logger.getLogger("io.sockfd");

    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            Object[] parameters = record.getParameters();
            reports.add(parameters == null ? record.getMessage() : record.getMessage() + List.of(parameters));
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void deafen() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    /** Gives the other end only; the first one is nobody's from here on. */
    private static Socket abandon() throws IOException {
        return Socket.pair(Domain.UNIX, SocketType.STREAM).second();
    }

    @Test
    void isReportedOnceAndClosed() throws Exception {
        try (Socket peer = abandon()) {
            collectUntilEnd(peer);
            collect(5);
        }
        assertEquals(1, reports.size(), reports::toString);
        assertTrue(
                reports.get(0).contains("Socket") && reports.get(0).contains("try-with-resources"), reports::toString);
    }

    @Test
    void isNotReportedAfterACloseOrARelease() throws Exception {
        for (int i = 0; i < 50; i++) {
            Socket.pair(Domain.UNIX, SocketType.STREAM).close();
            try (Descriptor again = Descriptor.own(Socket.udp().release())) {
                assertTrue(again.isOpen());
            }
        }
        collect(10);
        assertEquals(List.of(), reports);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void notWhileACallIsInside(Threads threads) throws Exception {
        assumeTrue(threads.exist(), "virtual threads are there from Java 21 on");
        CompletableFuture<Socket> other = new CompletableFuture<>();
        CompletableFuture<Integer> received = new CompletableFuture<>();
        Thread thread = threads.start(() -> {
            try {
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
                other.complete(pair.second());
                received.complete(waitForOne(pair.first()));
            } catch (Throwable e) {
                received.completeExceptionally(e);
            }
        });
        try (Socket peer = other.get(10, TimeUnit.SECONDS)) {
            TimeUnit.MILLISECONDS.sleep(50);
            collect(10);
            assertEquals(List.of(), reports, "while it waited");
            peer.send(ByteBuffer.wrap(new byte[] {9}), 0);
            assertEquals(9, received.get(10, TimeUnit.SECONDS));
            thread.join();
            collectUntilEnd(peer);
        }
        assertEquals(1, reports.size(), reports::toString);
    }

    private static int waitForOne(Socket socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1);
        assertEquals(1, socket.recv(buffer, 0));
        return buffer.get(0);
    }

    /** Until the other end was closed, which the peer sees. */
    private static void collectUntilEnd(Socket peer) throws IOException, InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1);
        for (int i = 0; i < MOST_COLLECTIONS; i++) {
            collect(1);
            if (peer.recv(buffer.clear(), Linux.MSG_DONTWAIT) == -1) {
                return;
            }
        }
        throw new AssertionError("still open after " + MOST_COLLECTIONS + " collections");
    }

    private static void collect(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
