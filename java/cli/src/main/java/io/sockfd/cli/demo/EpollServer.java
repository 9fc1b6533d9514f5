package io.sockfd.cli.demo;

import static io.sockfd.raw.Linux.EPOLLET;
import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLRDHUP;

import io.sockfd.Socket;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends back what comes, on any number of connections, in one thread: epoll says which of them have something. They are
 * registered edge-triggered, so each is read until it has no more.
 */
final class EpollServer {
    private static final int CHUNK = 4096;

    private final Socket listener;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    private @Nullable Throwable failure;
    private int left;
    private long echoed;

    EpollServer(Socket listener) {
        this.listener = listener;
    }

    /** Serves until so many connections have come and gone; returns the number of bytes sent back. */
    long serve(int count) throws IOException {
        left = count;
        try (EventLoop loop = EventLoop.open()) {
            loop.onFailure((descriptor, e) -> {
                failure = e;
                loop.stop(Duration.ZERO);
                return true;
            });
            loop.schedule(Wire.PATIENCE, () -> loop.stop(Duration.ZERO));
            loop.accept(
                    listener,
                    connection -> loop.add(
                            connection, EPOLLIN | EPOLLRDHUP | EPOLLET, (r, events) -> echo(loop, connection)));
            loop.run();
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        } else if (left > 0) {
            throw new SocketTimeoutException(left + " connections have not ended after " + Wire.PATIENCE);
        }
        return echoed;
    }

    private void echo(EventLoop loop, Socket connection) throws IOException {
        int received;
        while ((received = connection.recv(chunk.clear(), 0)) > 0) {
            connection.sendAll(chunk.flip());
            echoed += received;
        }
        if (received != Socket.WOULD_BLOCK) {
            connection.close();
            if (--left == 0) {
                loop.stop(Duration.ZERO);
            }
        }
    }
}
