package io.sockfd.event;

import io.sockfd.Descriptor;
import io.sockfd.Socket;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The loop's {@link Epoll} is all: its peers are among the events, and the loop calls them. */
final class EpollEngine implements LoopEngine {
    private static final int IN = 64 * 1024;

    private final Epoll epoll;
    private @Nullable ByteBuffer in;

    EpollEngine(Epoll epoll) {
        this.epoll = epoll;
    }

    @Override
    public Engine kind() {
        return Engine.EPOLL;
    }

    @Override
    public synchronized Peer peer(Socket socket, PeerHandler handler) {
        ByteBuffer into = in;
        if (into == null) {
            into = Memory.allocate(IN);
            in = into;
        }
        return new EpollPeer(epoll, into, socket, handler);
    }

    @Override
    public int await(EpollEvents into, long nanos, BiConsumer<? super Descriptor, ? super Throwable> onFailure)
            throws IOException {
        return epoll.await(into, nanos);
    }

    @Override
    public void wakeUp() throws IOException {
        epoll.wakeUp();
    }

    @Override
    public void close() throws IOException {
        epoll.close();
    }
}
