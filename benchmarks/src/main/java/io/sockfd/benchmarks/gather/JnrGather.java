package io.sockfd.benchmarks.gather;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.nio.ByteBuffer;
import jnr.unixsocket.UnixSocketChannel;

/** jnr-unixsocket's channels, whose forms for several buffers make a call for each. */
public final class JnrGather implements Contestant {
    private final UnixSocketChannel first;
    private final UnixSocketChannel second;
    private final ByteBuffer[] out;
    private final ByteBuffer[] in;

    public JnrGather(int count, int size) throws IOException {
        UnixSocketChannel[] pair = UnixSocketChannel.pair();
        first = pair[0];
        second = pair[1];
        out = Buffers.of(count, size);
        in = Buffers.of(count, size);
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            Buffers.clear(out);
            first.write(out);
            Buffers.clear(in);
            bytes += second.read(in);
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        first.close();
        second.close();
    }
}
