package io.sockfd.wake;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.Seccomp;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A child whose threads are refused a system call from some moment on; a close must end a receive all the same. */
final class Sandboxed {
    private static final int OFTEN = 3000; // more than it takes to own the guard

    private Sandboxed() {}

    /** Arguments: the name of a system call, and of the errno that refuses it. */
    public static void main(String[] args) throws Exception {
        int refused = args[0].equals("tgkill") ? Linux.SYS_tgkill : Linux.SYS_membarrier;
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            CompletableFuture<String> ended = new CompletableFuture<>();
            CompletableFuture<Void> ready = new CompletableFuture<>();
            Thread thread = new Thread(() -> receive(pair, ready, ended));
            thread.start();
            ready.get(10, TimeUnit.SECONDS);
            Seccomp.refuse(Libc.get(), refused, args[1].equals("EPERM") ? Linux.EPERM : Linux.ENOSYS);
            TimeUnit.MILLISECONDS.sleep(100);
            pair.first().close();
            System.out.println(ended.get(10, TimeUnit.SECONDS));
            thread.join();
        }
    }

    private static void receive(Socket.Pair pair, CompletableFuture<Void> ready, CompletableFuture<String> ended) {
        ByteBuffer buffer = Memory.allocate(1);
        try {
            for (int i = 0; i < OFTEN; i++) {
                pair.second().send(buffer.clear(), 0);
                pair.first().recv(buffer.clear(), 0);
            }
            ready.complete(null);
            ended.complete("received " + pair.first().recv(buffer.clear(), 0));
        } catch (AsynchronousCloseException e) {
            ended.complete("closed");
        } catch (Throwable e) {
            ended.completeExceptionally(e);
        }
    }
}
