package io.sockfd.benchmarks.readiness;

import static io.sockfd.raw.Linux.EPOLLIN;

import io.sockfd.Epoll;
import io.sockfd.EpollEvents;
import io.sockfd.benchmarks.Contestant;
import java.io.IOException;

/** {@link Epoll#await(EpollEvents, long)} that looks, and a look at each event. */
public final class SockfdWait implements Contestant {
    private final Watched watched;
    private final Epoll epoll = Epoll.open();
    private final EpollEvents events = new EpollEvents(256);

    public SockfdWait(int count, int ready) throws IOException {
        watched = new Watched(count, ready);
        for (int i = 0; i < count; i++) {
            epoll.add(watched.socket(i), EPOLLIN, null);
        }
    }

    @Override
    public long run(int times) throws IOException {
        long seen = 0;
        for (int i = 0; i < times; i++) {
            int ready = epoll.await(events, 0);
            for (int j = 0; j < ready; j++) {
                if (events.registration(j) != null && events.isReadable(j)) {
                    seen++;
                }
            }
        }
        return seen;
    }

    @Override
    public void close() throws IOException {
        epoll.close();
        watched.close();
    }
}
