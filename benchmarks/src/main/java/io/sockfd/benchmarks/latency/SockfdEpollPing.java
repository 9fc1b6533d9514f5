package io.sockfd.benchmarks.latency;

import io.sockfd.Epoll;
import io.sockfd.EpollEvents;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Socket#send}, then {@link Epoll#await} before {@link Socket#recv}, as an event loop has it. */
public final class SockfdEpollPing implements Contestant {
    private final Echo echo;
    private final Socket socket;
    private final Epoll epoll = Epoll.open();
    private final EpollEvents events = new EpollEvents(8);
    private final ByteBuffer buffer;

    public SockfdEpollPing(String family, boolean ours, int size) throws IOException {
        echo = new Echo(family, ours);
        socket = echo.socket().timeout(Socket.NON_BLOCKING);
        epoll.add(socket, Linux.EPOLLIN, null);
        buffer = Memory.allocate(size);
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            socket.send(buffer.clear(), 0);
            buffer.clear();
            while (buffer.hasRemaining()) {
                epoll.await(events);
                bytes += socket.recv(buffer, 0);
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        epoll.close();
        echo.close();
    }
}
