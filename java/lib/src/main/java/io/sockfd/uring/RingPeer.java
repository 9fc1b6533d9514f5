package io.sockfd.uring;

import io.sockfd.Socket;
import io.sockfd.event.Peer;
import io.sockfd.event.PeerHandler;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A peer with one multishot receive, and what sends all in order. */
final class RingPeer extends Peer {
    private final RingEngine engine;
    private final SendAll send;
    private @Nullable Receive receive;
    private boolean paused;
    private boolean ended;

    RingPeer(RingEngine engine, Socket socket, PeerHandler handler) {
        super(socket, handler);
        this.engine = engine;
        send = engine.sendAll(socket);
        send.attach(this);
        send.stay();
    }

    @Override
    protected void start() throws IOException {
        Receive mine = engine.receive(socket());
        mine.attach(this);
        receive = mine;
        startReceive();
    }

    private void startReceive() throws IOException {
        Receive mine = receive;
        if (mine != null && !mine.isActive() && !paused && !ended && socket().isOpen()) {
            mine.startMultishot();
        }
    }

    /** One of the two has a completion. */
    void completed(Operation done) throws IOException {
        if (done instanceof Receive received) {
            try {
                received(received);
            } finally {
                startReceive(); // it ends now and then: no buffers, no room for completions
            }
        } else if (socket().isOpen()) {
            sent();
        }
    }

    private void received(Receive done) throws IOException {
        int result = done.result();
        if (isFinishing()) {
            return; // nobody asks for it any more
        } else if (result > 0) {
            if (socket().isOpen()) {
                handler().received(this, done.data());
            }
        } else if (result == 0) {
            ended = true;
            handler().ended(this);
        } else if (result != -Linux.ENOBUFS && result != -Linux.ECANCELED && socket().isOpen()) {
            ended = true;
            int ignored = done.check();
        }
    }

    private void sent() throws IOException {
        int ignored = send.check();
        allSent();
    }

    @Override
    protected void put(ByteBuffer data) throws IOException {
        send.put(data);
    }

    @Override
    public long unsent() {
        return send.unsent();
    }

    @Override
    public void pause() throws IOException {
        paused = true;
        if (receive != null && receive.isActive()) {
            receive.cancel();
        }
    }

    @Override
    public void resume() throws IOException {
        paused = false;
        startReceive(); // or with the completion of the one that was cancelled
    }
}
