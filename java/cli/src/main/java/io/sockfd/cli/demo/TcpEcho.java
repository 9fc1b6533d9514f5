package io.sockfd.cli.demo;

import io.sockfd.Socket;
import io.sockfd.event.Engine;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A TCP echo server in one thread, with clients in threads of their own that talk at the same time. */
final class TcpEcho {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 16;
    private static final int PATIENCE_SECONDS = 10;

    private TcpEcho() {}

    static Scenario.Outcome run(Engine engine) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
        try (EventLoop loop = EventLoop.open(engine);
                Socket listener = Socket.tcp().timeout(Socket.NON_BLOCKING).bind(Wire.LOOPBACK)) {
            return run(loop, listener.listen(CLIENTS), threads);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Scenario.Outcome run(EventLoop loop, Socket listener, ExecutorService threads) throws IOException {
        SocketAddress address = listener.getLocalAddress();
        long start = System.nanoTime();
        Future<Long> server = threads.submit(() -> new EchoServer(listener, loop).serve(CLIENTS));
        List<Future<Long>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String name = "client " + i;
            clients.add(threads.submit(() -> talk(address, name)));
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

    private static long talk(SocketAddress address, String name) throws IOException {
        try (Socket socket = Socket.tcp().timeout(Wire.PATIENCE)) {
            socket.connect(address);
            long bytes = 0;
            for (int i = 0; i < ROUNDS; i++) {
                String message = name + " says " + i + "\n";
                Wire.send(socket, message);
                Wire.expect(message, Wire.receive(socket, message.length()));
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
