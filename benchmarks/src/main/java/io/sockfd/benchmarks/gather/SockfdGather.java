package io.sockfd.benchmarks.gather;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Socket#write(ByteBuffer[])} and {@link Socket#read(ByteBuffer[])}. */
public final class SockfdGather implements Contestant {
    private final Socket.Pair pair;
    private final ByteBuffer[] out;
    private final ByteBuffer[] in;
    private final int room;

    public SockfdGather(boolean tcp, int count, int size) throws IOException {
        pair = Ends.sockets(tcp);
        out = Buffers.of(count, size);
        in = Buffers.of(count, size);
        room = count * size;
    }

    @Override
    public long run(int times) throws IOException {
        Socket first = pair.first();
        Socket second = pair.second();
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            Buffers.clear(out);
            first.write(out);
            Buffers.clear(in);
            long received = 0;
            while (received < room) {
                received += second.read(in);
            }
            bytes += received;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        pair.close();
    }
}
