package io.sockfd.benchmarks.gather;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** {@link Libc#sendmsg} and {@link Libc#recvmsg} of headers that are laid out once, as C does it. */
public final class RawGather implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final int[] fds;
    private final ByteBuffer[] out;
    private final ByteBuffer[] in;
    private final ByteBuffer sent;
    private final ByteBuffer received;

    public RawGather(boolean tcp, int count, int size) throws IOException {
        fds = Ends.descriptors(tcp);
        out = Buffers.of(count, size);
        in = Buffers.of(count, size);
        sent = Buffers.header(out);
        received = Buffers.header(in);
    }

    @Override
    public long run(int times) {
        int first = fds[0];
        int second = fds[1];
        long to = Memory.address(sent);
        long from = Memory.address(received);
        long bytes = 0;
        try {
            for (int i = 0; i < times; i++) {
                LIBC.sendmsg(first, to, MSG_NOSIGNAL);
                bytes += LIBC.recvmsg(second, from, 0);
            }
            return bytes;
        } finally {
            Reference.reachabilityFence(out);
            Reference.reachabilityFence(in);
        }
    }

    @Override
    public void close() {
        Ends.close(fds);
    }
}
