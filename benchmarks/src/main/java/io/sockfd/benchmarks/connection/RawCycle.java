package io.sockfd.benchmarks.connection;

import static io.sockfd.raw.Linux.AF_INET;
import static io.sockfd.raw.Linux.AF_UNIX;
import static io.sockfd.raw.Linux.SOCK_CLOEXEC;
import static io.sockfd.raw.Linux.SOCK_STREAM;

import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.raw.Libc;
import java.io.IOException;

/** {@code socket}, {@code connect}, {@code accept4}, {@code close} twice, through {@link Libc}. */
public final class RawCycle implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final Listeners listeners;
    private final int domain;

    public RawCycle(boolean tcp) throws IOException {
        listeners = new Listeners(tcp);
        domain = tcp ? AF_INET : AF_UNIX;
    }

    @Override
    public long run(int times) throws IOException {
        int mask = listeners.fds.length - 1;
        for (int i = 0; i < times; i++) {
            int client = LIBC.socket(domain, SOCK_STREAM | SOCK_CLOEXEC, 0);
            Sockaddr address = listeners.addresses[i & mask];
            int result = LIBC.connect(client, address.address(), address.length());
            if (result < 0) {
                throw new IOException("connect: errno " + -result);
            }
            int server = LIBC.accept4(listeners.fds[i & mask], 0, 0, SOCK_CLOEXEC);
            LIBC.close(client);
            LIBC.close(server);
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        listeners.close();
    }
}
