package io.sockfd.benchmarks.failure;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** {@link AFUNIXSocketChannel#read(ByteBuffer)}, whose result is 0. */
public final class JunixWouldBlock implements Contestant {
    private final AFSocketPair<AFUNIXSocketChannel> pair;
    private final AFUNIXSocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

    public JunixWouldBlock() throws IOException {
        pair = AFUNIXSocketPair.open();
        channel = pair.getSocket1();
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
        pair.close();
    }
}
