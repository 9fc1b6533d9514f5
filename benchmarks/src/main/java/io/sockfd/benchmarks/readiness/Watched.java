package io.sockfd.benchmarks.readiness;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Socket pairs, the first few of which have something to read. */
final class Watched {
    final List<Socket.Pair> pairs = new ArrayList<>();

    Watched(int count, int ready) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
            pairs.add(pair);
            if (i < ready) {
                pair.second().send(ByteBuffer.allocate(1), 0);
            }
        }
    }

    Socket socket(int index) {
        return pairs.get(index).first();
    }

    int count() {
        return pairs.size();
    }

    void close() throws IOException {
        for (Socket.Pair pair : pairs) {
            pair.close();
        }
    }
}
