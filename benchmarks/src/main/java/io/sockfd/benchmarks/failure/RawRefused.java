package io.sockfd.benchmarks.failure;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Libc#connect}, and {@link Libc#recv(int, long, long, int)} on UDP, whose result is -ECONNREFUSED. */
public final class RawRefused implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final boolean tcp;
    private final Socket dead;
    private final Sockaddr address;
    private final int udp;
    private final ByteBuffer memory = Memory.allocate(Fixtures.SIZE);

    public RawRefused(boolean tcp) throws IOException {
        this.tcp = tcp;
        dead = Fixtures.deadPort(tcp);
        address = dead.getsockname(new Sockaddr());
        udp = Fixtures.refusedDescriptor(dead);
    }

    @Override
    public long run(int times) {
        return tcp ? connect(times) : send(times);
    }

    private long connect(int times) {
        long to = address.address();
        int length = address.length();
        long failures = 0;
        for (int i = 0; i < times; i++) {
            int fd = LIBC.socket(Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_CLOEXEC, 0);
            failures += LIBC.connect(fd, to, length) == -Linux.ECONNREFUSED ? 1 : 0;
            LIBC.close(fd);
        }
        return failures;
    }

    private long send(int times) {
        long bytes = Memory.address(memory);
        long failures = 0;
        for (int i = 0; i < times; i++) {
            LIBC.send(udp, bytes, Fixtures.SIZE, Linux.MSG_NOSIGNAL);
            failures += LIBC.recv(udp, bytes, Fixtures.SIZE, 0) == -Linux.ECONNREFUSED ? 1 : 0;
        }
        return failures;
    }

    @Override
    public void close() throws IOException {
        Ends.close(udp);
        dead.close();
    }
}
