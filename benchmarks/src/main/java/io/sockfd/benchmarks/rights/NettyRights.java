package io.sockfd.benchmarks.rights;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import java.io.IOException;

/** {@link Socket#sendFd} and {@link Socket#recvFd}, which pass one descriptor. */
public final class NettyRights implements Contestant {
    private final Passed passed;
    private final Socket first;
    private final Socket second;

    public NettyRights() throws IOException {
        Epoll.ensureAvailability();
        passed = new Passed(1);
        int[] fds = Ends.descriptors(false);
        first = new Socket(fds[0]);
        second = new Socket(fds[1]);
    }

    @Override
    public long run(int times) throws IOException {
        long descriptors = 0;
        for (int i = 0; i < times; i++) {
            first.sendFd(passed.fd());
            new FileDescriptor(second.recvFd()).close();
            descriptors++;
        }
        return descriptors;
    }

    @Override
    public void close() throws IOException {
        first.close();
        second.close();
        passed.close();
    }
}
