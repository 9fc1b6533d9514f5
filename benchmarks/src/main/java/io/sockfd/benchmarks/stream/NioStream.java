package io.sockfd.benchmarks.stream;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.NioEnds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** {@link SocketChannel}, blocking or not, with direct buffers or with those on the heap. */
public final class NioStream implements Contestant {
    private final NioEnds ends;
    private final ByteBuffer out;
    private final ByteBuffer in;

    public NioStream(boolean tcp, int size, boolean direct, boolean blocking) throws IOException {
        ends = NioEnds.open(tcp, blocking);
        out = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        in = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    }

    @Override
    public long run(int times) throws IOException {
        SocketChannel first = ends.first();
        SocketChannel second = ends.second();
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            first.write(out.clear());
            in.clear();
            while (in.hasRemaining()) {
                bytes += second.read(in);
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        ends.close();
    }
}
