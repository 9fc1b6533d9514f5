package io.sockfd.benchmarks.failure;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Socket#recv}, whose result is 0. */
public final class NettyWouldBlock implements Contestant {
    private final int[] fds;
    private final Socket socket;
    private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

    public NettyWouldBlock(String kind) throws IOException {
        Epoll.ensureAvailability();
        fds = Fixtures.descriptors(kind);
        socket = new Socket(fds[0]);
    }

    @Override
    public long run(int times) throws IOException {
        long failures = 0;
        for (int i = 0; i < times; i++) {
            failures += socket.recv(in, 0, in.capacity()) == 0 ? 1 : 0;
        }
        return failures;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        Ends.close(fds[1]);
    }
}
