package io.sockfd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Virtual threads, ten on each of many UDP sockets, wait for a datagram each; prints what they cost and what they got. */
final class HundredThousandReaders {
    private static final int READERS_EACH = 10;

    private HundredThousandReaders() {}

    public static void main(String[] args) throws Exception {
        oneAfterAnother(); // threads that come while a class is initialized would wait for that on their carriers
        int sockets = Integer.parseInt(args[0]);
        int idleSeconds = Integer.parseInt(args[1]);
        int readers = sockets * READERS_EACH;
        AtomicInteger waiting = new AtomicInteger();
        CountDownLatch answered = new CountDownLatch(readers);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Socket> open = new ArrayList<>();
        Socket sender = Socket.udp().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        for (int i = 0; i < sockets; i++) {
            Socket socket = Socket.udp().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.connect(sender.getLocalAddress()); // so many ports: somebody else may be sending to one of them
            open.add(socket);
            byte expected = (byte) i;
            for (int reader = 0; reader < READERS_EACH; reader++) {
                Virtual.start(() -> {
                    byte[] datagram = new byte[4];
                    waiting.incrementAndGet();
                    try {
                        int received = socket.recv(datagram, 0, datagram.length, 0);
                        if (received != 1 || datagram[0] != expected) {
                            throw new AssertionError(received + " bytes, " + datagram[0] + " for " + expected);
                        }
                        answered.countDown();
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                });
            }
        }
        while (waiting.get() < readers) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        System.gc(); // so that no collection of garbage from the start falls into the quiet time
        TimeUnit.MILLISECONDS.sleep(500L * idleSeconds);
        long before = cpuTicks();
        TimeUnit.SECONDS.sleep(idleSeconds);
        long idleTicks = cpuTicks() - before;

        long start = System.nanoTime();
        ByteBuffer datagram = ByteBuffer.allocateDirect(1);
        for (int round = 0; round < READERS_EACH; round++) {
            for (int i = 0; i < sockets; i++) {
                datagram.put(0, (byte) i).clear();
                sender.sendTo(datagram, open.get(i).getLocalAddress(), 0);
            }
        }
        boolean all = answered.await(30, TimeUnit.SECONDS);
        long micros = (System.nanoTime() - start) / 1000;
        System.out.printf(
                "readers %d answered %d failure %s idle-cpu-permille %d carriers %d pollers %d micros %d%n",
                readers,
                readers - answered.getCount(),
                failure.get(),
                idleTicks * 10 / idleSeconds, // a tick is 10 ms: 100 are a core for a second
                threads("ForkJoinPool-1-"),
                threads("sockfd-poller"),
                micros);
        sender.close();
        for (Socket socket : open) {
            socket.close();
        }
        System.exit(all && failure.get() == null ? 0 : 1);
    }

    private static void oneAfterAnother() throws Exception {
        try (Socket socket = Socket.udp().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Socket sender = Socket.udp()) {
            for (int i = 0; i < 3; i++) {
                Thread reader = Virtual.start(() -> {
                    try {
                        socket.recv(new byte[4], 0, 4, 0);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                TimeUnit.MILLISECONDS.sleep(50);
                sender.sendTo(ByteBuffer.wrap(new byte[1]), socket.getLocalAddress(), 0);
                reader.join();
            }
        }
    }

    /** User and system time of this process in ticks of 10 ms. */
    private static long cpuTicks() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 20);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static int threads(String name) throws IOException {
        int count = 0;
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.toList()) {
                count += Files.readString(task.resolve("comm")).startsWith(name) ? 1 : 0;
            }
        }
        return count;
    }
}
