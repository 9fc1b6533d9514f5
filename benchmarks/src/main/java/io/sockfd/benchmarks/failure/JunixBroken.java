package io.sockfd.benchmarks.failure;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** {@link AFUNIXSocketChannel#write(ByteBuffer)}. */
public final class JunixBroken implements Contestant {
    private final AFUNIXSocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(Fixtures.SIZE);

    public JunixBroken() throws IOException {
        AFSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
        channel = pair.getSocket1();
        pair.getSocket2().close();
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
