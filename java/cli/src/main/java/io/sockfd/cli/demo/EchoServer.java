package io.sockfd.cli.demo;

import io.sockfd.Socket;
import io.sockfd.event.EventLoop;
import io.sockfd.event.Peer;
import io.sockfd.event.PeerHandler;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends back what comes, on any number of connections, in one thread. */
final class EchoServer implements PeerHandler {
    private final Socket listener;
    private final EventLoop loop;
    private @Nullable Throwable failure;
    private int left;
    private long echoed;

    EchoServer(Socket listener, EventLoop loop) {
        this.listener = listener;
        this.loop = loop;
    }

    /** Serves until so many connections have come and gone; returns the number of bytes sent back. */
    long serve(int count) throws IOException {
        left = count;
        loop.onFailure((descriptor, e) -> {
            failure = e;
            loop.stop(Duration.ZERO);
            return true;
        });
        loop.schedule(Wire.PATIENCE, () -> loop.stop(Duration.ZERO));
        loop.accept(listener, connection -> loop.serve(connection, this));
        loop.run();
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        } else if (left > 0) {
            throw new SocketTimeoutException(left + " connections have not ended after " + Wire.PATIENCE);
        }
        return echoed;
    }

    @Override
    public void received(Peer peer, ByteBuffer data) throws IOException {
        echoed += data.remaining();
        peer.send(data);
    }

    @Override
    public void ended(Peer peer) throws IOException {
        peer.finish();
        if (--left == 0) {
            loop.stop(Duration.ZERO);
        }
    }
}
