package io.sockfd.benchmarks.failure;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.nio.ByteBuffer;
import jnr.unixsocket.UnixSocketChannel;

/** {@link UnixSocketChannel#read(ByteBuffer)}, whose result is 0. */
public final class JnrWouldBlock implements Contestant {
    private final UnixSocketChannel[] pair = UnixSocketChannel.pair();
    private final UnixSocketChannel channel = pair[0];
    private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

    public JnrWouldBlock() throws IOException {
        channel.configureBlocking(false);
    }

    @Override
    public long run(int times) throws IOException {
        long failures = 0;
        for (int i = 0; i < times; i++) {
            failures += channel.read(in) == 0 ? 1 : 0;
        }
        return failures;
    }

    @Override
    public void close() throws IOException {
        pair[0].close();
        pair[1].close();
    }
}
