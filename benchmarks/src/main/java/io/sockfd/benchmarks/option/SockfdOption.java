package io.sockfd.benchmarks.option;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.option.SocketOptions;
import java.io.IOException;

/** {@link Socket#getOption} and {@link Socket#setOption}. */
public final class SockfdOption implements Contestant {
    private static final Integer VALUE = OptionRows.VALUE;

    private final boolean set;
    private final Socket.Pair pair;

    public SockfdOption(boolean set, boolean tcp) throws IOException {
        this.set = set;
        pair = Ends.sockets(tcp);
    }

    @Override
    public long run(int times) throws IOException {
        return set ? set(times) : get(times);
    }

    private long get(int times) throws IOException {
        Socket socket = pair.first();
        long count = 0;
        for (int i = 0; i < times; i++) {
            count += socket.getOption(SocketOptions.SO_SNDBUF) > 0 ? 1 : 0;
        }
        return count;
    }

    private long set(int times) throws IOException {
        Socket socket = pair.first();
        for (int i = 0; i < times; i++) {
            socket.setOption(SocketOptions.SO_SNDBUF, VALUE);
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        pair.close();
    }
}
