package io.sockfd.benchmarks.failure;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Socket#send}. */
public final class NettyBroken implements Contestant {
    private final Socket socket;
    private final ByteBuffer out = ByteBuffer.allocateDirect(Fixtures.SIZE);

    public NettyBroken(boolean tcp) throws IOException {
        Epoll.ensureAvailability();
        socket = new Socket(Fixtures.brokenDescriptor(tcp));
    }

    @Override
    public long run(int times) {
        long failures = 0;
        for (int i = 0; i < times; i++) {
            try {
                socket.send(out, 0, out.capacity());
            } catch (IOException e) {
                failures++;
            }
        }
        return failures;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
