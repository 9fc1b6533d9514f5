package io.sockfd.benchmarks.datagram;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;

import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrIn;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Libc#sendto} and {@link Libc#recvfrom}; {@code send} and {@code recv} on connected sockets. */
public final class RawDatagram implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final int[] fds;
    private final boolean connected;
    private final int size;
    private final ByteBuffer memory;
    private final Sockaddr to = new Sockaddr();
    private final Sockaddr from = new Sockaddr();

    public RawDatagram(boolean connected, int size) throws IOException {
        fds = UdpEnds.descriptors(connected, true);
        this.connected = connected;
        this.size = size;
        memory = Memory.allocate(2 * size);
        to.reset();
        LIBC.getsockname(fds[1], to.address(), to.lengthAddress());
    }

    @Override
    public long run(int times) {
        return connected ? connected(times) : unconnected(times);
    }

    private long connected(int times) {
        int first = fds[0];
        int second = fds[1];
        long out = Memory.address(memory);
        long in = out + size;
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            LIBC.send(first, out, size, MSG_NOSIGNAL);
            bytes += LIBC.recv(second, in, size, 0);
        }
        return bytes;
    }

    private long unconnected(int times) {
        int first = fds[0];
        int second = fds[1];
        long out = Memory.address(memory);
        long in = out + size;
        long receiver = to.address();
        long sender = from.address();
        long senderLength = from.lengthAddress();
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            LIBC.sendto(first, out, size, MSG_NOSIGNAL, receiver, SockaddrIn.SIZE);
            from.length(SockaddrIn.SIZE);
            bytes += LIBC.recvfrom(second, in, size, 0, sender, senderLength);
        }
        return bytes;
    }

    @Override
    public void close() {
        Ends.close(fds);
    }
}
