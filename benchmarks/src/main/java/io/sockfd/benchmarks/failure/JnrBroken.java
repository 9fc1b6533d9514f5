package io.sockfd.benchmarks.failure;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.nio.ByteBuffer;
import jnr.unixsocket.UnixSocketChannel;

/** {@link UnixSocketChannel#write(ByteBuffer)}. */
public final class JnrBroken implements Contestant {
    private final UnixSocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(Fixtures.SIZE);

    public JnrBroken() throws IOException {
        UnixSocketChannel[] pair = UnixSocketChannel.pair();
        channel = pair[0];
        pair[1].close();
        Fixtures.untilFails(() -> channel.write(out.clear()));
    }

    @Override
    public long run(int times) {
        long failures = 0;
        for (int i = 0; i < times; i++) {
            try {
                channel.write(out.clear());
            } catch (IOException e) {
                failures++;
            }
        }
        return failures;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
