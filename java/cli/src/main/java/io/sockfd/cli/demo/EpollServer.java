package io.sockfd.cli.demo;

import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.EPOLLET;
import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLRDHUP;
import static io.sockfd.raw.Linux.EPOLL_CLOEXEC;
import static io.sockfd.raw.Linux.EPOLL_CTL_ADD;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.Socket;
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

    private final Libc libc = Libc.get();
    private final Socket listener;
    private final Map<Integer, Socket> connections = new HashMap<>();
    private final ByteBuffer events = Memory.allocate(EVENTS * EpollEvent.SIZE);
    private final ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    private int ended;
    private long echoed;

    EpollServer(Socket listener) {
        this.listener = listener;
    }

    /** Serves until so many connections have come and gone; returns the number of bytes sent back. */
    long serve(int count) throws IOException {
        try (Descriptor epoll = Descriptor.own(Errors.check(libc.epoll_create1(EPOLL_CLOEXEC), "epoll_create1"))) {
            watch(epoll, listener, EPOLLIN);
            while (ended < count) {
                long patience = Wire.PATIENCE.toMillis();
                int ready = libc.epoll_wait(epoll.fd(), Memory.address(events), EVENTS, (int) patience);
                if (ready == 0) {
                    throw new SocketTimeoutException("no event within " + patience + " ms");
                }
                for (int i = 0; i < (ready == -EINTR ? 0 : Errors.check(ready, "epoll_wait")); i++) {
                    Socket connection = connections.get((int) EpollEvent.data(events, i * EpollEvent.SIZE));
                    if (connection == null) {
                        accept(epoll);
                    } else {
                        echo(connection);
                    }
                }
            }
            return echoed;
        } finally {
            for (Socket connection : connections.values()) {
                connection.close();
            }
        }
    }

    private void accept(Descriptor epoll) throws IOException {
        Socket connection = listener.accept();
        if (connection != null) {
            connections.put(connection.fd(), connection.timeout(Socket.NON_BLOCKING));
            watch(epoll, connection, EPOLLIN | EPOLLRDHUP | EPOLLET);
        }
    }

    private void watch(Descriptor epoll, Socket socket, int interest) throws IOException {
        EpollEvent.events(event, 0, interest);
        EpollEvent.data(event, 0, socket.fd());
        Errors.check(libc.epoll_ctl(epoll.fd(), EPOLL_CTL_ADD, socket.fd(), Memory.address(event)), "epoll_ctl");
    }

    private void echo(Socket connection) throws IOException {
        int received;
        while ((received = connection.recv(chunk.clear(), 0)) > 0) {
            connection.sendAll(chunk.flip());
            echoed += received;
        }
        if (received != Socket.WOULD_BLOCK) {
            connections.remove(connection.fd());
            connection.close();
            ended++;
        }
    }
}
