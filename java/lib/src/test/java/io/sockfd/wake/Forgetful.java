package io.sockfd.wake;

import io.sockfd.Descriptor;
import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A child that forgets to close, or does not; what is logged meanwhile goes to the same output. */
final class Forgetful {
    private static final int MOST_COLLECTIONS = 200;

    private Forgetful() {}

    /** Arguments: what to do, and for {@code wait} on which kind of thread. */
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "forget" -> forget();
            case "close" -> close();
            case "wait" -> waitInside(Threads.valueOf(args[1]));
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("done");
    }

    private static void forget() throws Exception {
        try (Socket peer = Socket.pair(Domain.UNIX, SocketType.STREAM).second()) {
            collectUntilEnd(peer);
            collect(5);
        }
    }

    private static void close() throws Exception {
        for (int i = 0; i < 50; i++) {
            Socket.pair(Domain.UNIX, SocketType.STREAM).close();
            Descriptor.own(Socket.udp().release()).close();
        }
        collect(10);
    }

    private static void waitInside(Threads threads) throws Exception {
        CompletableFuture<Socket> other = new CompletableFuture<>();
        CompletableFuture<Integer> received = new CompletableFuture<>();
        Thread thread = threads.start(() -> {
            try {
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
                other.complete(pair.second());
                received.complete(recv(pair.first()));
            } catch (Throwable e) {
                received.completeExceptionally(e);
            }
        });
        try (Socket peer = other.get(10, TimeUnit.SECONDS)) {
            TimeUnit.MILLISECONDS.sleep(50);
            collect(10);
            peer.send(ByteBuffer.wrap(new byte[] {9}), 0);
            System.out.println("received " + received.get(10, TimeUnit.SECONDS));
            thread.join();
            collectUntilEnd(peer);
            collect(5);
        }
    }

    private static int recv(Socket socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1);
        return socket.recv(buffer, 0) == 1 ? buffer.get(0) : -1;
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
