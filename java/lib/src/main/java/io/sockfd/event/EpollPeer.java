package io.sockfd.event;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A peer that is received from and sent to when epoll says that it is ready. */
final class EpollPeer extends Peer {
    private static final int KEEP = 64 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Epoll epoll;
    private final ByteBuffer in; // of all peers of a loop
    private ByteBuffer queue = NOTHING; // from 0 to the position
    private @Nullable Registration registration;
    private boolean paused;
    private boolean ended;

    EpollPeer(Epoll epoll, ByteBuffer in, Socket socket, PeerHandler handler) {
        super(socket, handler);
        this.epoll = epoll;
        this.in = in;
    }

    @Override
    protected void start() throws IOException {
        registration = epoll.add(socket(), wanted(), this);
    }

    private int wanted() {
        return (paused || ended ? 0 : Linux.EPOLLIN) | (queue.position() > 0 ? Linux.EPOLLOUT : 0);
    }

    private void watch() throws IOException {
        Registration mine = registration;
        if (mine != null && mine.isValid() && mine.events() != wanted()) {
            if (wanted() == 0) {
                mine.pause(); // or the end of the connection would be told for ever
            } else {
                mine.modify(wanted());
            }
        }
    }

    void ready(int events) throws IOException {
        if ((events & (Linux.EPOLLOUT | Linux.EPOLLERR | Linux.EPOLLHUP)) != 0 && queue.position() > 0) {
            flush();
        }
        if ((events & ~Linux.EPOLLOUT) != 0 && !paused && !ended && socket().isOpen()) {
            int received = socket().recv(in.clear(), 0);
            if (received > 0) {
                handler().received(this, in.flip());
            } else if (received < 0 && received != Socket.WOULD_BLOCK) {
                ended = true;
                handler().ended(this);
                watch();
            }
        }
    }

    private void flush() throws IOException {
        queue.flip();
        try {
            int ignored = socket().send(queue, 0);
        } finally {
            queue.compact();
        }
        if (queue.position() == 0) {
            queue = queue.capacity() > KEEP ? NOTHING : queue;
            watch();
            allSent();
        }
    }

    @Override
    protected void put(ByteBuffer data) throws IOException {
        if (queue.position() == 0) {
            int ignored = socket().send(data, 0);
        }
        if (data.hasRemaining()) {
            if (queue.remaining() < data.remaining()) {
                int size = Math.max(queue.position() + data.remaining(), 2 * queue.capacity());
                queue = Memory.allocate(size).put(queue.flip());
            }
            queue.put(data);
            watch();
        }
    }

    @Override
    public long unsent() {
        return queue.position();
    }

    @Override
    public void pause() throws IOException {
        paused = true;
        watch();
    }

    @Override
    public void resume() throws IOException {
        paused = false;
        watch();
    }
}
