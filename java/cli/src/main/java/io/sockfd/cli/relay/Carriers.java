package io.sockfd.cli.relay;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.SplicePipe;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Those that are empty wait here for whoever has bytes next: an idle connection holds none. */
final class Carriers implements AutoCloseable {
    private static final Set<Domain> SPLICED = Set.of(Domain.INET, Domain.INET6, Domain.UNIX);

    private final boolean copyAlways;
    private final Deque<Carrier> pipes = new ArrayDeque<>();
    private final Deque<Carrier> buffers = new ArrayDeque<>();

    Carriers(boolean copyAlways) {
        this.copyAlways = copyAlways;
    }

    boolean areSpliced(Socket source, Socket target) {
        return !copyAlways && takesSplice(source) && takesSplice(target);
    }

    private static boolean takesSplice(Socket socket) {
        return socket.type().equals(SocketType.STREAM) && SPLICED.contains(socket.domain());
    }

    Carrier take(boolean spliced) throws IOException {
        Carrier idle = (spliced ? pipes : buffers).poll();
        if (idle != null) {
            return idle;
        }
        return spliced ? new Carrier.Spliced(SplicePipe.open()) : new Carrier.Copied();
    }

    void giveBack(Carrier carrier) {
        (carrier instanceof Carrier.Spliced ? pipes : buffers).push(carrier);
    }

    @Override
    public void close() throws IOException {
        for (Carrier pipe : pipes) {
            pipe.close();
        }
    }
}
