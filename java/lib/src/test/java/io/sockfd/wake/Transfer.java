package io.sockfd.wake;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A writer and a reader with small buffers between them, so that both wait most of the time: no byte may get lost. */
final class Transfer {
    private static final int MOST = 3000;
    private static final long END_S = 30;

    private final Kind kind;
    private final Threads threads;
    private final BooleanSupplier over;

    Transfer(Kind kind, Threads threads, BooleanSupplier over) {
        this.kind = kind;
        this.threads = threads;
        this.over = over;
    }

    String run() throws Exception {
        try (Fixture fixture = kind.idle()) {
            fixture.peer().timeout(Duration.ofSeconds(END_S));
            CompletableFuture<Long> sent = new CompletableFuture<>();
            CompletableFuture<Long> received = new CompletableFuture<>();
            start(sent, () -> write(fixture.socket()));
            start(received, () -> read(fixture.peer()));
            long bytes = sent.get(END_S, TimeUnit.SECONDS);
            long arrived = received.get(END_S, TimeUnit.SECONDS);
            if (bytes != arrived) {
                throw new AssertionError(kind + ": " + bytes + " bytes sent, " + arrived + " received");
            }
            return String.format("%s, %s: %,d bytes, none lost", kind, threads, bytes);
        }
    }

    private interface Count {
        long get() throws IOException, InterruptedException;
    }

    private void start(CompletableFuture<Long> result, Count task) {
        threads.start(() -> {
            try {
                result.complete(task.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
    }

    /** Bytes that count; at the end one message of a single byte for the kinds that know no end. */
    private long write(Socket socket) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer buffer = ByteBuffer.allocateDirect(MOST);
        long total = 0;
        while (!over.getAsBoolean()) {
            buffer.clear().limit(2 + random.nextInt(MOST - 2));
            for (int i = 0; i < buffer.limit(); i++) {
                buffer.put(i, at(total + i));
            }
            total += buffer.limit();
            socket.sendAll(buffer);
            if (random.nextInt(16) == 0) {
                TimeUnit.MICROSECONDS.sleep(random.nextInt(2000));
            }
        }
        if (kind.connects()) {
            socket.shutdown(Linux.SHUT_WR);
        } else {
            socket.sendAll(buffer.clear().limit(1));
        }
        return total;
    }

    private long read(Socket socket) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(2);
        ByteBuffer buffer = ByteBuffer.allocateDirect(MOST);
        long total = 0;
        while (true) {
            int received = socket.recv(buffer.clear(), 0);
            if (received < 0 || (received == 1 && !kind.connects())) {
                return total;
            }
            for (int i = 0; i < received; i++) {
                if (buffer.get(i) != at(total + i)) {
                    throw new AssertionError(kind + ": byte " + (total + i) + " is " + buffer.get(i));
                }
            }
            total += received;
            if (random.nextInt(16) == 0) {
                TimeUnit.MICROSECONDS.sleep(random.nextInt(2000));
            }
        }
    }

    private static byte at(long position) {
        return (byte) (position * 31 + (position >>> 13));
    }
}
