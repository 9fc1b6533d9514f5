package io.sockfd.benchmarks.option;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** The channels of junixsocket and jnr-unixsocket, which are {@link SocketChannel}s too. */
public final class ChannelOption implements Contestant {
    private static final Integer VALUE = OptionRows.VALUE;

    private final boolean set;
    private final SocketOption<Integer> option;
    private final SocketChannel first;
    private final SocketChannel second;

    public ChannelOption(boolean set, boolean junixsocket) throws IOException {
        this.set = set;
        if (junixsocket) {
            AFSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
            first = pair.getSocket1();
            second = pair.getSocket2();
            option = StandardSocketOptions.SO_SNDBUF;
        } else {
            UnixSocketChannel[] pair = UnixSocketChannel.pair();
            first = pair[0];
            second = pair[1];
            option = UnixSocketOptions.SO_SNDBUF;
        }
    }

    @Override
    public long run(int times) throws IOException {
        return set ? set(times) : get(times);
    }

    private long get(int times) throws IOException {
        long count = 0;
        for (int i = 0; i < times; i++) {
            count += first.getOption(option) > 0 ? 1 : 0;
        }
        return count;
    }

    private long set(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            first.setOption(option, VALUE);
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        first.close();
        second.close();
    }
}
