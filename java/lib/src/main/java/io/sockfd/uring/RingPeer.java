package io.sockfd.uring;

import io.sockfd.Socket;
import io.sockfd.event.Peer;
import io.sockfd.event.PeerHandler;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A peer with one multishot receive, and one send at a time: what is to be sent meanwhile is gathered, and goes with the next
 * one, so that the bytes keep their order.
 */
final class RingPeer extends Peer {
    private static final int KEEP = 64 * 1024;
    private static final int FIRST_SIZE = 256;
    private static final Block NOTHING = new Block(0);

    private final RingEngine engine;
    private final Send send;
    private @Nullable Receive receive;
    private Block gathered = NOTHING; // from 0 to the position
    private Block flying = NOTHING; // from the position to the limit
    private boolean paused;
    private boolean ended;

    /** Memory of our own, which does not go away. */
    private static final class Block {
        final ByteBuffer bytes;
        final long address;

        Block(int size) {
            bytes = Memory.allocate(size);
            address = size == 0 ? 0 : Memory.address(bytes);
        }
    }

    RingPeer(RingEngine engine, Socket socket, PeerHandler handler) {
        super(socket, handler);
        this.engine = engine;
        send = engine.send(socket);
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
        if (send.result() < 0) {
            gathered = NOTHING;
            flying = NOTHING;
            int ignored = send.check();
        } else if (flying.bytes.hasRemaining()) {
            send.start(flying.bytes, flying.address); // an error came in between, which the next one tells
        } else if (gathered.bytes.position() > 0) {
            fly();
        } else {
            if (flying.bytes.capacity() > KEEP) {
                flying = NOTHING;
            }
            allSent();
        }
    }

    @Override
    protected void put(ByteBuffer data) throws IOException {
        ByteBuffer into = gathered.bytes;
        if (into.remaining() < data.remaining()) {
            int size = Math.max(into.position() + data.remaining(), Math.max(FIRST_SIZE, 2 * into.capacity()));
            gathered = new Block(size);
            into = gathered.bytes.put(into.flip());
        }
        into.put(data);
        if (!send.isActive() && into.position() > 0) {
            fly();
        }
    }

    private void fly() throws IOException {
        Block free = flying;
        flying = gathered;
        flying.bytes.flip();
        gathered = free.bytes.capacity() > KEEP ? NOTHING : free;
        gathered.bytes.clear();
        send.start(flying.bytes, flying.address);
    }

    @Override
    public long unsent() {
        return (long) gathered.bytes.position() + (send.isActive() ? flying.bytes.remaining() : 0);
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
