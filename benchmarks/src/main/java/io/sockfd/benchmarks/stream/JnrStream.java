package io.sockfd.benchmarks.stream;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.nio.ByteBuffer;
import jnr.unixsocket.UnixSocketChannel;

/** jnr-unixsocket's channels. */
public final class JnrStream implements Contestant {
    private final UnixSocketChannel first;
    private final UnixSocketChannel second;
    private final ByteBuffer out;
    private final ByteBuffer in;

    public JnrStream(int size, boolean direct) throws IOException {
        UnixSocketChannel[] pair = UnixSocketChannel.pair();
        first = pair[0];
        second = pair[1];
        out = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        in = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    }

    @Override
    public long run(int times) throws IOException {
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
        first.close();
        second.close();
    }
}
