package io.sockfd.benchmarks.connection;

import static io.sockfd.raw.Linux.AF_INET;
import static io.sockfd.raw.Linux.AF_UNIX;

import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@code native/bench/loops/connection.c}. */
public final class CCycle implements Contestant {
    static {
        Native.load();
    }

    private final Listeners listeners;
    private final ByteBuffer names;
    private final int domain;

    public CCycle(boolean tcp) throws IOException {
        listeners = new Listeners(tcp);
        names = listeners.names();
        domain = tcp ? AF_INET : AF_UNIX;
    }

    @Override
    public long run(int times) {
        return Native.check(
                cycle(
                        domain,
                        listeners.fds,
                        Memory.address(names),
                        Sockaddr.CAPACITY,
                        listeners.addresses[0].length(),
                        times),
                "a connection");
    }

    private static native long cycle(int domain, int[] listeners, long names, int stride, int length, int times);

    @Override
    public void close() throws IOException {
        listeners.close();
    }
}
