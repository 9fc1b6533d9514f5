package io.sockfd.benchmarks.stream;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;

/** netty's {@link Socket} as its channels use it, without event loop and pipeline. */
public final class NettyStream implements Contestant {
    private final Socket first;
    private final Socket second;
    private final ByteBuffer out;
    private final ByteBuffer in;

    public NettyStream(boolean tcp, int size) throws IOException {
        Epoll.ensureAvailability();
        int[] fds = Ends.descriptors(tcp);
        for (int fd : fds) {
            Libc.get().fcntl(fd, Linux.F_SETFL, Linux.O_NONBLOCK);
        }
        first = new Socket(fds[0]);
        second = new Socket(fds[1]);
        out = ByteBuffer.allocateDirect(size);
        in = ByteBuffer.allocateDirect(size);
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            first.send(out, 0, out.capacity());
            int received = 0;
            while (received < in.capacity()) {
                received += second.recv(in, received, in.capacity());
            }
            bytes += received;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        first.close();
        second.close();
    }
}
