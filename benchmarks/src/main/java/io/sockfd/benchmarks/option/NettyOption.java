package io.sockfd.benchmarks.option;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import java.io.IOException;

/** {@link Socket#getSendBufferSize}, {@link Socket#setSendBufferSize}, {@link Socket#localAddress}. */
public final class NettyOption implements Contestant {
    private final String call;
    private final int[] fds;
    private final Socket socket;

    public NettyOption(String call, boolean tcp) throws IOException {
        Epoll.ensureAvailability();
        this.call = call;
        fds = Ends.descriptors(tcp);
        socket = new Socket(fds[0]);
    }

    @Override
    public long run(int times) throws IOException {
        return switch (call) {
            case "get" -> get(times);
            case "set" -> set(times);
            default -> name(times);
        };
    }

    private long get(int times) throws IOException {
        long count = 0;
        for (int i = 0; i < times; i++) {
            count += socket.getSendBufferSize() > 0 ? 1 : 0;
        }
        return count;
    }

    private long set(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            socket.setSendBufferSize(OptionRows.VALUE);
        }
        return times;
    }

    private long name(int times) {
        long count = 0;
        for (int i = 0; i < times; i++) {
            count += socket.localAddress().getPort() > 0 ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        Ends.close(fds[1]);
    }
}
