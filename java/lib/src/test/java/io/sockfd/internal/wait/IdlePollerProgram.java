package io.sockfd.internal.wait;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.Virtual;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Virtual threads that wait in the moments in which the poller ends because nobody does. */
final class IdlePollerProgram {
    private static final int PAIRS = 2;
    private static final int ROUNDS = 300;

    private IdlePollerProgram() {}

    public static void main(String[] arguments) throws Exception {
        long before = started();
        AtomicInteger received = new AtomicInteger();
        List<Socket> sockets = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
            sockets.addAll(List.of(pair.first(), pair.second()));
            pair.second().timeout(Duration.ofSeconds(20)); // a lost wake-up is an exception
            long seed = i;
            threads.add(Virtual.start(() -> {
                ByteBuffer one = ByteBuffer.allocateDirect(1);
                for (int round = 0; round < ROUNDS; round++) {
                    try {
                        pair.second().recvExactly(one.clear());
                        received.incrementAndGet();
                        Thread.sleep(round % 5); // meanwhile nobody may be waiting
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }));
            threads.add(new Thread(() -> send(pair.first(), new Random(seed))));
            threads.get(threads.size() - 1).start();
        }
        for (Thread thread : threads) {
            thread.join(60_000);
        }
        long pollers = started() - before - PAIRS; // and some carriers
        for (int i = 0; !Poller.descriptors().isEmpty() && i < 1000; i++) {
            Thread.sleep(10);
        }
        for (Socket socket : sockets) {
            socket.close();
        }
        System.out.println("idle poller: " + received + " of " + PAIRS * ROUNDS + " received by some " + pollers
                + " pollers, the last one left " + Poller.descriptors());
        if (received.get() != PAIRS * ROUNDS
                || pollers < 10
                || !Poller.descriptors().isEmpty()) {
            throw new AssertionError("see above");
        }
    }

    private static long started() {
        return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
    }

    /** Pauses around a millisecond, after which a poller without waiters ends. */
    private static void send(Socket socket, Random random) {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Thread.sleep(random.nextInt(8), random.nextInt(999_999));
                socket.sendAll(one.clear());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
