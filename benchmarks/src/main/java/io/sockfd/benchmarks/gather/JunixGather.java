package io.sockfd.benchmarks.gather;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** junixsocket's channels, whose forms for several buffers use the first one and leave the others for another call. */
public final class JunixGather implements Contestant {
    private final AFUNIXSocketChannel first;
    private final AFUNIXSocketChannel second;
    private final ByteBuffer[] out;
    private final ByteBuffer[] in;

    public JunixGather(int count, int size) throws IOException {
        AFSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
        first = pair.getSocket1();
        second = pair.getSocket2();
        out = Buffers.of(count, size);
        in = Buffers.of(count, size);
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            Buffers.clear(out);
            for (int piece = 0; piece < out.length; piece++) {
                first.write(out, piece, out.length - piece);
            }
            Buffers.clear(in);
            for (int piece = 0; piece < in.length; piece++) {
                bytes += second.read(in, piece, in.length - piece);
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
