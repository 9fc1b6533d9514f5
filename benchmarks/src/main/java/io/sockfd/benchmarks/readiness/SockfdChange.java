package io.sockfd.benchmarks.readiness;

import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLOUT;

import io.sockfd.Epoll;
import io.sockfd.Registration;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import java.io.IOException;

/** {@link Registration#modify}, or {@link Epoll#add} and {@link Registration#remove}. */
public final class SockfdChange implements Contestant {
    private final Watched watched = new Watched(1, 0);
    private final Epoll epoll = Epoll.open();
    private final boolean modify;

    public SockfdChange(boolean modify) throws IOException {
        this.modify = modify;
    }

    @Override
    public long run(int times) throws IOException {
        Socket socket = watched.socket(0);
        if (modify) {
            Registration registration = epoll.add(socket, EPOLLIN, null);
            for (int i = 0; i < times; i++) {
                registration.modify((i & 1) == 0 ? EPOLLIN | EPOLLOUT : EPOLLIN);
            }
            registration.remove();
        } else {
            for (int i = 0; i < times; i++) {
                epoll.add(socket, EPOLLIN, null).remove();
            }
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        epoll.close();
        watched.close();
    }
}
