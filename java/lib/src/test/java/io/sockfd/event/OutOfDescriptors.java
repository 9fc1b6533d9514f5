package io.sockfd.event;

import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An event loop whose process has no descriptor left, for a short and for a long time; prints what it did and cost. */
final class OutOfDescriptors {
    private static final Libc LIBC = Libc.get();
    private static final int RLIMIT_NOFILE = 7;
    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    private static final int LIMIT = 300;
    private static final int SHORT_MS = 400;
    private static final int LONG_MS = 3000;
    private static final ByteBuffer MEMORY = Memory.allocate(16);

    private OutOfDescriptors() {}

    /** Argument: {@code short} leaves the long time out. */
    public static void main(String[] args) throws Exception {
        Socket listener = Socket.tcp()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .listen();
        EventLoop loop = EventLoop.open();
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        loop.accept(
                listener,
                socket -> loop.add(socket, Linux.EPOLLIN, (registration, events) -> {
                    if (socket.recv(buffer.clear(), 0) == -1) {
                        socket.close();
                    } else {
                        socket.sendAll(buffer.flip());
                    }
                }));
        Thread server = new Thread(() -> {
            try {
                loop.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        server.start();

        Socket existing = client();
        existing.connect(listener.getLocalAddress());
        if (!talk(existing)) {
            throw new AssertionError("no echo");
        }
        Socket waits = client();
        Socket refused = client();
        Socket later = client();
        java.net.SocketAddress address = listener.getLocalAddress();

        MEMORY.putLong(0, LIMIT).putLong(8, LIMIT);
        check(LIBC.syscall(Linux.SYS_prlimit64, 0, RLIMIT_NOFILE, Memory.address(MEMORY), 0, 0, 0));

        Deque<Integer> taken = new ArrayDeque<>();
        exhaust(listener, taken);
        waits.connect(address);
        long cpu = serve(existing, SHORT_MS, taken);
        long start = System.nanoTime();
        release(taken);
        boolean served = talk(waits);
        System.out.printf(
                "short: cpu %d ms in %d ms, the waiting client was %s after %d ms%n",
                cpu, SHORT_MS, served ? "served" : "refused", millisSince(start));
        boolean good = served && cpu < SHORT_MS / 2 && millisSince(start) < 1000;

        if (!List.of(args).contains("short")) {
            exhaust(listener, taken);
            refused.connect(address);
            cpu = serve(existing, LONG_MS, taken);
            served = talk(refused);
            start = System.nanoTime();
            release(taken);
            later.connect(address);
            boolean recovered = talk(later);
            System.out.printf(
                    "long: cpu %d ms in %d ms, the waiting client was %s, the next one %s after %d ms%n",
                    cpu, LONG_MS, served ? "served" : "refused", recovered ? "served" : "refused", millisSince(start));
            good &= !served && recovered && cpu < LONG_MS / 5 && millisSince(start) < 1000;
        }

        loop.stop(Duration.ZERO);
        server.join();
        System.exit(good ? 0 : 1);
    }

    private static Socket client() throws IOException {
        return Socket.tcp().timeout(Duration.ofSeconds(5));
    }

    private static boolean talk(Socket client) {
        try {
            client.send(ByteBuffer.wrap(new byte[] {7}), 0);
            return client.recv(ByteBuffer.allocate(1), 0) == 1;
        } catch (IOException e) {
            return false; // reset: it was refused
        }
    }

    /** CPU milliseconds of the process while the existing client is served. */
    private static long serve(Socket existing, int millis, Deque<Integer> taken) throws Exception {
        long cpu = cpuNanos();
        long end = System.nanoTime() + millis * 1_000_000L;
        while (System.nanoTime() < end) {
            if (!talk(existing)) {
                throw new AssertionError("the existing client is not served any more");
            }
            exhaust(existing, taken); // what the JVM itself has closed meanwhile, too
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return (cpuNanos() - cpu) / 1_000_000;
    }

    private static void exhaust(Socket any, Deque<Integer> taken) {
        int fd = LIBC.dup(any.fd());
        while (fd >= 0) {
            taken.push(fd);
            fd = LIBC.dup(any.fd());
        }
    }

    private static void release(Deque<Integer> taken) {
        while (!taken.isEmpty()) {
            LIBC.close(taken.pop());
        }
    }

    /** Without a descriptor, which reading /proc would need. */
    private static long cpuNanos() {
        check(LIBC.syscall(Linux.SYS_clock_gettime, CLOCK_PROCESS_CPUTIME_ID, Memory.address(MEMORY), 0, 0, 0, 0));
        return MEMORY.getLong(0) * 1_000_000_000 + MEMORY.getLong(8);
    }

    private static void check(long result) {
        if (result < 0) {
            throw new IllegalStateException(Errno.ofResult(result).toString());
        }
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
