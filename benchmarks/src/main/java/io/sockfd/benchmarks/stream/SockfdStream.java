package io.sockfd.benchmarks.stream;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Socket#send} and {@link Socket#recv} with direct buffers. */
public final class SockfdStream implements Contestant {
    private final Socket.Pair pair;
    private final ByteBuffer out;
    private final ByteBuffer in;

    public SockfdStream(boolean tcp, int size) throws IOException {
        pair = Ends.sockets(tcp);
        out = Memory.allocate(size);
        in = Memory.allocate(size);
    }

    @Override
    public long run(int times) throws IOException {
        Socket first = pair.first();
        Socket second = pair.second();
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            first.send(out.clear(), 0);
            in.clear();
            while (in.hasRemaining()) {
                bytes += second.recv(in, 0);
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        pair.close();
    }
}
