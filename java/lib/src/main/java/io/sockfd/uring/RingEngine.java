package io.sockfd.uring;

import io.sockfd.Descriptor;
import io.sockfd.Socket;
import io.sockfd.event.Engine;
import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import io.sockfd.event.LoopEngine;
import io.sockfd.event.Peer;
import io.sockfd.event.PeerHandler;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An event loop on a ring. The bytes of its peers go through the ring. What else the loop watches is in its {@link Epoll}, for
 * which readiness has all of its meanings and which any thread may change; the ring waits for that with one operation.
 */
final class RingEngine implements LoopEngine {
    private static final int SUBMISSIONS = 256;
    private static final int COMPLETIONS = 4096;
    private static final int BUFFERS = 1024;
    private static final int SIZE = 2048;

    private final Ring ring;
    private final Epoll epoll;
    private final Poll watch;
    private @Nullable BufferRing buffers;
    private boolean look = true;
    private boolean announced;

    private RingEngine(Ring ring, Epoll epoll) {
        this.ring = ring;
        this.epoll = epoll;
        watch = ring.poll(epoll);
    }

    /** Called by its name. */
    static LoopEngine open(Epoll epoll) throws IOException {
        return new RingEngine(Ring.open(SUBMISSIONS, COMPLETIONS), epoll);
    }

    @Override
    public Engine kind() {
        return Engine.URING;
    }

    @Override
    public Peer peer(Socket socket, PeerHandler handler) {
        return new RingPeer(this, socket, handler);
    }

    Receive receive(Socket socket) throws IOException {
        BufferRing into = buffers;
        if (into == null) { // on the loop's thread, and only where there are peers
            into = ring.buffers(BUFFERS, SIZE);
            buffers = into;
        }
        return ring.receive(socket, into);
    }

    SendAll sendAll(Socket socket) {
        return ring.sendAll(socket);
    }

    @Override
    public int await(EpollEvents into, long nanos, BiConsumer<? super Descriptor, ? super Throwable> onFailure)
            throws IOException {
        into.clear();
        if (!announced) {
            announced = true;
            ring.announce(); // the loop closes it when it ends
        }
        if (look) {
            look = false;
            watch.start(Linux.POLLIN); // completes at once where something is ready still
        }
        boolean ignored = ring.await(nanos);
        for (Operation done = ring.next(); done != null; done = ring.next()) {
            if (done.attachment() instanceof RingPeer peer) {
                try {
                    peer.completed(done);
                } catch (Throwable e) { // an error, too, is one peer's
                    onFailure.accept(peer.socket(), e);
                }
            } else {
                look = true;
            }
        }
        return look ? epoll.await(into, 0) : 0;
    }

    @Override
    public void wakeUp() throws IOException {
        ring.wakeUp();
    }

    @Override
    public void close() throws IOException {
        ring.close();
        ring.endHere();
        epoll.close();
    }
}
