package io.sockfd.benchmarks.netlink;

import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Nlmsghdr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** {@link Libc#send} and {@link Libc#recv}, and {@link RawEntry} for what came. */
public final class RawDump implements Contestant {
    private static final Libc LIBC = Libc.get();
    private static final int CAPACITY = 32 * 1024;

    private final int fd;
    private final Dumps dumps;
    private final List<ByteBuffer> requests;
    private final ByteBuffer replies = Memory.allocate(CAPACITY);
    private final RawEntry entry = new RawEntry(replies);

    public RawDump(boolean here, boolean links, boolean addresses, boolean routes) throws Exception {
        dumps = new Dumps(here, links, addresses, routes);
        requests = dumps.requests();
        fd = dumps.open(() -> Socket.netlink(Linux.NETLINK_ROUTE).release());
        LIBC.fcntl(fd, Linux.F_SETFL, 0);
    }

    @Override
    public long run(int times) throws IOException {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            for (int r = 0; r < requests.size(); r++) {
                long indices = dump(requests.get(r));
                sum += dumps.counts(r) ? indices : 0;
            }
        }
        return sum;
    }

    private long dump(ByteBuffer request) throws IOException {
        LIBC.send(fd, Memory.address(request), request.capacity(), 0);
        long buffer = Memory.address(replies);
        long sum = 0;
        while (true) {
            int size = (int) LIBC.recv(fd, buffer, CAPACITY, 0);
            if (size < 0) {
                throw new IOException("recv of a dump: " + Errno.ofResult(size));
            }
            for (int at = 0; at < size; at += Nlmsghdr.nlmsg_len(replies, at) + 3 & -4) {
                int type = Nlmsghdr.nlmsg_type(replies, at);
                if (type == Linux.NLMSG_DONE) {
                    return sum;
                } else if (type == Linux.NLMSG_ERROR) {
                    throw new IOException("a dump was refused");
                }
                sum += entry.read(type, at);
            }
        }
    }

    @Override
    public void close() {
        Ends.close(fd);
    }
}
