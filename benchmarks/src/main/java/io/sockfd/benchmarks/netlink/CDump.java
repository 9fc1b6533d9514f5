package io.sockfd.benchmarks.netlink;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.nio.ByteBuffer;
import java.util.List;

/** {@code native/bench/loops/netlink.c}. */
public final class CDump implements Contestant {
    static {
        Native.load();
    }

    private final int fd;
    private final Dumps dumps;
    private final List<ByteBuffer> requests;

    public CDump(boolean here, boolean links, boolean addresses, boolean routes) throws Exception {
        dumps = new Dumps(here, links, addresses, routes);
        requests = dumps.requests();
        fd = dumps.open(() -> Socket.netlink(Linux.NETLINK_ROUTE).release());
        Libc.get().fcntl(fd, Linux.F_SETFL, 0);
    }

    @Override
    public long run(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            for (int r = 0; r < requests.size(); r++) {
                ByteBuffer request = requests.get(r);
                long indices = Native.check(dump(fd, Memory.address(request), request.capacity()), "dump");
                sum += dumps.counts(r) ? indices : 0;
            }
        }
        return sum;
    }

    private static native long dump(int fd, long request, int size);

    @Override
    public void close() {
        Ends.close(fd);
    }
}
