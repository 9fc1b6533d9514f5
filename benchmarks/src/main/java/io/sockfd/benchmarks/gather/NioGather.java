package io.sockfd.benchmarks.gather;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.NioEnds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** {@link SocketChannel#write(ByteBuffer[])} and {@link SocketChannel#read(ByteBuffer[])}. */
public final class NioGather implements Contestant {
    private final NioEnds ends;
    private final ByteBuffer[] out;
    private final ByteBuffer[] in;
    private final int room;

    public NioGather(boolean tcp, int count, int size, boolean blocking) throws IOException {
        ends = NioEnds.open(tcp, blocking);
        out = Buffers.of(count, size);
        in = Buffers.of(count, size);
        room = count * size;
    }

    @Override
    public long run(int times) throws IOException {
        SocketChannel first = ends.first();
        SocketChannel second = ends.second();
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
        ends.close();
    }
}
