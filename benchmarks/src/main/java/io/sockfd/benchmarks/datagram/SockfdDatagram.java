package io.sockfd.benchmarks.datagram;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** {@link Socket#sendTo} and {@link Socket#recvFrom}, which without an address are {@code send} and {@code recv}. */
public final class SockfdDatagram implements Contestant {
    private final Socket.Pair pair;
    private final @Nullable Sockaddr to;
    private final @Nullable Sockaddr from;
    private final ByteBuffer out;
    private final ByteBuffer in;

    public SockfdDatagram(boolean connected, int size) throws IOException {
        pair = UdpEnds.sockets(connected);
        to = connected ? null : pair.second().getsockname(new Sockaddr());
        from = connected ? null : new Sockaddr();
        out = Memory.allocate(size);
        in = Memory.allocate(size);
    }

    @Override
    public long run(int times) throws IOException {
        Socket first = pair.first();
        Socket second = pair.second();
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            first.sendTo(out.clear(), to, 0);
            bytes += second.recvFrom(in.clear(), from, 0);
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        pair.close();
    }
}
