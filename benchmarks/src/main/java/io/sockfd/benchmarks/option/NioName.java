package io.sockfd.benchmarks.option;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.NioEnds;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** {@link SocketChannel#getLocalAddress}. */
public final class NioName implements Contestant {
    private final NioEnds ends;

    public NioName() throws IOException {
        ends = NioEnds.open(true, true);
    }

    @Override
    public long run(int times) throws IOException {
        SocketChannel channel = ends.first();
        long count = 0;
        for (int i = 0; i < times; i++) {
            count += ((InetSocketAddress) channel.getLocalAddress()).getPort() > 0 ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        ends.close();
    }
}
