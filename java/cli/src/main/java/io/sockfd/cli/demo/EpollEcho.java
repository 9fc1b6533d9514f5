package io.sockfd.cli.demo;

import static io.sockfd.raw.Linux.*;

import io.sockfd.Errors;
import io.sockfd.cli.kernel.Fd;
import io.sockfd.cli.kernel.Loopback;
import io.sockfd.cli.kernel.Scratch;
import io.sockfd.raw.Libc;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A TCP echo server in one thread, with clients in threads of their own that talk at the same time. */
final class EpollEcho {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 16;
    private static final int PATIENCE_SECONDS = 10;

    private EpollEcho() {}

    static Scenario.Outcome run(Libc libc) throws IOException {
        try (Fd listener = Loopback.bound(libc, SOCK_STREAM)) {
            Errors.check(libc.listen(listener.number(), CLIENTS), "listen");
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
            try {
                return run(libc, listener, threads);
            } finally {
                threads.shutdown();
                // nobody may use the listener's number any more when it is closed
                awaitEnd(threads);
            }
        }
    }

    private static Scenario.Outcome run(Libc libc, Fd listener, ExecutorService threads) throws IOException {
        int port = Loopback.port(libc, listener);
        long start = System.nanoTime();
        Future<Long> server = threads.submit(() -> new EpollServer(libc, listener).serve(CLIENTS));
        List<Future<Long>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String name = "client " + i;
            clients.add(threads.submit(() -> talk(libc, port, name)));
        }
        long bytes = 0;
        for (Future<Long> client : clients) {
            bytes += result(client);
        }
        long echoed = result(server);
        long nanos = System.nanoTime() - start;
        if (echoed != bytes) {
            throw new IOException("the server echoed " + echoed + " bytes, the clients received " + bytes);
        }
        String sent = CLIENTS * ROUNDS + " messages of " + CLIENTS + " clients at once";
        return Scenario.Outcome.of(sent, "all " + bytes + " bytes, each client its own", nanos);
    }

    private static void awaitEnd(ExecutorService threads) throws IOException {
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the threads do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static long talk(Libc libc, int port, String name) throws IOException {
        try (Scratch memory = new Scratch();
                Fd socket = Fd.socket(libc, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
            Wire.limitWaiting(libc, socket, memory);
            Loopback.connect(libc, socket, port);
            Wire wire = new Wire(libc, socket, memory);
            long bytes = 0;
            for (int i = 0; i < ROUNDS; i++) {
                String message = name + " says " + i + "\n";
                wire.send(message);
                Wire.expect(message, wire.receive(message.length()));
                bytes += message.length();
            }
            return bytes;
        }
    }

    private static long result(Future<Long> task) throws IOException {
        try {
            return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no end after " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
