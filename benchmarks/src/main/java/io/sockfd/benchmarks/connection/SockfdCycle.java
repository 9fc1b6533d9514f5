package io.sockfd.benchmarks.connection;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.util.Objects;

/** {@link Socket#connect(Sockaddr)} and {@link Socket#accept()}. */
public final class SockfdCycle implements Contestant {
    private final Targets targets;
    private final boolean tcp;
    private final Socket[] listeners;
    private final Sockaddr[] addresses;

    public SockfdCycle(boolean tcp) throws IOException {
        this.tcp = tcp;
        targets = new Targets(tcp);
        listeners = new Socket[targets.count()];
        addresses = new Sockaddr[targets.count()];
        for (int i = 0; i < listeners.length; i++) {
            listeners[i] = open().bind(targets.address(i)).listen(16);
            addresses[i] = Sockaddr.of(listeners[i].getLocalAddress());
        }
    }

    private Socket open() throws IOException {
        return tcp ? Socket.tcp() : Socket.unixStream();
    }

    @Override
    public long run(int times) throws IOException {
        int mask = listeners.length - 1;
        for (int i = 0; i < times; i++) {
            Socket client = open();
            client.connect(addresses[i & mask]);
            Socket server = Objects.requireNonNull(listeners[i & mask].accept());
            client.close();
            server.close();
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        for (Socket listener : listeners) {
            listener.close();
        }
        targets.close();
    }
}
