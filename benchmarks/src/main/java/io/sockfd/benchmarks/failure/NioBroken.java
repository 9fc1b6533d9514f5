package io.sockfd.benchmarks.failure;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.NioEnds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** {@link SocketChannel#write(ByteBuffer)}. */
public final class NioBroken implements Contestant {
    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(Fixtures.SIZE);

    public NioBroken(boolean tcp, boolean blocking) throws IOException {
        NioEnds ends = NioEnds.open(tcp, blocking);
        ends.second().close();
        channel = ends.first();
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
