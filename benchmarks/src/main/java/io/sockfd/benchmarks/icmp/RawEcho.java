package io.sockfd.benchmarks.icmp;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.nio.ByteBuffer;

/** {@link Libc#send(int, long, long, int)} and {@link Libc#recv(int, long, long, int)}. */
public final class RawEcho implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final int fd;
    private final ByteBuffer request = Echo.request();
    private final ByteBuffer reply = Memory.allocate(Echo.REPLY);

    public RawEcho() throws Exception {
        fd = Echo.socket().release();
        LIBC.fcntl(fd, Linux.F_SETFL, 0);
    }

    @Override
    public long run(int times) {
        long out = Memory.address(request);
        long in = Memory.address(reply);
        long replies = 0;
        for (int i = 0; i < times; i++) {
            LIBC.send(fd, out, Echo.REQUEST, MSG_NOSIGNAL);
            long received = LIBC.recv(fd, in, Echo.REPLY, 0);
            if (received == Echo.REPLY && reply.get(Echo.TYPE) == Linux.ICMP_ECHOREPLY) {
                replies++;
            }
        }
        return replies;
    }

    @Override
    public void close() {
        Ends.close(fd);
    }
}
