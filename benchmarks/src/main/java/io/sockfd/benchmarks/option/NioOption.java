package io.sockfd.benchmarks.option;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.NioEnds;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** {@link SocketChannel#getOption} and {@link SocketChannel#setOption}. */
public final class NioOption implements Contestant {
    private static final Integer VALUE = OptionRows.VALUE;

    private final boolean set;
    private final NioEnds ends;

    public NioOption(boolean set, boolean tcp) throws IOException {
        this.set = set;
        ends = NioEnds.open(tcp, true);
    }

    @Override
    public long run(int times) throws IOException {
        return set ? set(times) : get(times);
    }

    private long get(int times) throws IOException {
        SocketChannel channel = ends.first();
        long count = 0;
        for (int i = 0; i < times; i++) {
            count += channel.getOption(StandardSocketOptions.SO_SNDBUF) > 0 ? 1 : 0;
        }
        return count;
    }

    private long set(int times) throws IOException {
        SocketChannel channel = ends.first();
        for (int i = 0; i < times; i++) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, VALUE);
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        ends.close();
    }
}
