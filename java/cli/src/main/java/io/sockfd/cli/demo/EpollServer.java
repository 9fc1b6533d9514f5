package io.sockfd.cli.demo;

import static io.sockfd.raw.Linux.*;

import io.sockfd.Errors;
import io.sockfd.cli.kernel.Fd;
import io.sockfd.cli.kernel.Scratch;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollEvent;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Sends back what comes, on any number of connections, in one thread: epoll says which of them have something. They are
 * registered edge-triggered, so each is read until it has no more.
 */
final class EpollServer {
    private static final int EVENTS = 64;
    private static final int CHUNK = 4096;
    private static final int PATIENCE_MILLIS = 5000;

    private final Libc libc;
    private final Fd listener;
    private final Map<Integer, Fd> connections = new HashMap<>();
    private int ended;
    private long echoed;

    EpollServer(Libc libc, Fd listener) {
        this.libc = libc;
        this.listener = listener;
    }

    /** Serves until so many connections have come and gone; returns the number of bytes sent back. */
    long serve(int count) throws IOException {
        try (Scratch memory = new Scratch();
                Fd epoll = Fd.of(libc, libc.epoll_create1(EPOLL_CLOEXEC), "epoll_create1")) {
            ByteBuffer events = memory.allocate(EVENTS * EpollEvent.SIZE);
            long chunk = Memory.address(memory.allocate(CHUNK));
            watch(epoll, listener, EPOLLIN, memory);
            while (ended < count) {
                int ready = libc.epoll_wait(epoll.number(), Memory.address(events), EVENTS, PATIENCE_MILLIS);
                if (ready == -EINTR) {
                    continue;
                }
                if (Errors.check(ready, "epoll_wait") == 0) {
                    throw new SocketTimeoutException("no event within " + PATIENCE_MILLIS + " ms");
                }
                for (int i = 0; i < ready; i++) {
                    int fd = (int) EpollEvent.data(events, i * EpollEvent.SIZE);
                    Fd connection = connections.get(fd);
                    if (connection == null) {
                        accept(epoll, memory);
                    } else if (!echo(connection, chunk)) {
                        connections.remove(fd);
                        connection.close();
                        ended++;
                    }
                }
            }
            return echoed;
        } finally {
            connections.values().forEach(Fd::close);
        }
    }

    private void accept(Fd epoll, Scratch memory) throws IOException {
        Fd connection = Fd.of(libc, libc.accept4(listener.number(), 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC), "accept4");
        connections.put(connection.number(), connection);
        watch(epoll, connection, EPOLLIN | EPOLLRDHUP | EPOLLET, memory);
    }

    private void watch(Fd epoll, Fd fd, int interest, Scratch memory) throws IOException {
        ByteBuffer event = memory.allocate(EpollEvent.SIZE);
        EpollEvent.events(event, 0, interest);
        EpollEvent.data(event, 0, fd.number());
        Errors.check(libc.epoll_ctl(epoll.number(), EPOLL_CTL_ADD, fd.number(), Memory.address(event)), "epoll_ctl");
    }

    /** False when the peer has closed. */
    private boolean echo(Fd connection, long chunk) throws IOException {
        while (true) {
            long received = libc.recv(connection.number(), chunk, CHUNK, 0);
            if (received == -EAGAIN) {
                return true;
            }
            if (Errors.check(received, "recv") == 0) {
                return false;
            }
            // a few bytes per client: a full send buffer would be a failure here
            long sent = Errors.check(libc.send(connection.number(), chunk, received, MSG_NOSIGNAL), "send");
            if (sent != received) {
                throw new IOException("only " + sent + " of " + received + " bytes went back");
            }
            echoed += sent;
        }
    }
}
