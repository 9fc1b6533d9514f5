package io.sockfd.benchmarks.stream;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** junixsocket's channels. */
public final class JunixStream implements Contestant {
    private final AFUNIXSocketChannel first;
    private final AFUNIXSocketChannel second;
    private final ByteBuffer out;
    private final ByteBuffer in;

    public JunixStream(int size, boolean direct) throws IOException {
        AFSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
        first = pair.getSocket1();
        second = pair.getSocket2();
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
