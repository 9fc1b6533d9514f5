package io.sockfd.benchmarks.stream;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** junixsocket's streams. */
public final class JunixArrayStream implements Contestant {
    private final AFSocketPair<AFUNIXSocketChannel> pair;
    private final OutputStream to;
    private final InputStream from;
    private final byte[] out;
    private final byte[] in;

    public JunixArrayStream(int size) throws IOException {
        pair = AFUNIXSocketPair.open();
        to = pair.getSocket1().socket().getOutputStream();
        from = pair.getSocket2().socket().getInputStream();
        out = new byte[size];
        in = new byte[size];
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            to.write(out, 0, out.length);
            int received = 0;
            while (received < in.length) {
                received += from.read(in, received, in.length - received);
            }
            bytes += received;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        pair.close();
    }
}
