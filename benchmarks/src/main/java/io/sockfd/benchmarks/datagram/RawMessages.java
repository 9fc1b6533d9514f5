package io.sockfd.benchmarks.datagram;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;

import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.option.UdpOptions;
import io.sockfd.raw.Libc;
import java.io.IOException;

/** {@link Libc#sendmsg} with UDP_SEGMENT and {@link Libc#recvmsg} with UDP_GRO, sendmmsg and recvmmsg without. */
public final class RawMessages implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final int[] fds;
    private final Shape shape;
    private final RawVector out;
    private final RawVector in;

    public RawMessages(int count, int size, boolean connected, boolean gso, boolean option, boolean gro)
            throws IOException {
        shape = new Shape(count, size, connected, gso, option, gro);
        fds = UdpEnds.descriptors(connected, true);
        if (option) {
            UdpEnds.set(fds[0], UdpOptions.UDP_SEGMENT, size);
        }
        if (gro) {
            UdpEnds.set(fds[1], UdpOptions.UDP_GRO, true);
        }
        Sockaddr to = new Sockaddr();
        to.reset();
        LIBC.getsockname(fds[1], to.address(), to.lengthAddress());
        out = new RawVector(gso ? 1 : count, gso ? shape.bytes() : size);
        in = new RawVector(gro ? 1 : count, gro ? shape.bytes() : size);
        if (!connected) {
            out.address(to);
            in.address(new Sockaddr());
        }
        if (gso) {
            out.segment(size);
        }
    }

    @Override
    public long run(int times) {
        int first = fds[0];
        int second = fds[1];
        int count = shape.count();
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            if (shape.option()) {
                LIBC.send(first, out.data(), shape.bytes(), MSG_NOSIGNAL);
            } else if (shape.gso()) {
                LIBC.sendmsg(first, out.pointer(), MSG_NOSIGNAL);
            } else {
                LIBC.sendmmsg(first, out.pointer(), count, MSG_NOSIGNAL);
            }
            bytes += shape.gro() ? receiveSegments(second) : receiveBatch(second);
        }
        return bytes;
    }

    private long receiveSegments(int fd) {
        long bytes = 0;
        for (int left = shape.count(); left > 0; ) {
            in.beforeReceive();
            long received = LIBC.recvmsg(fd, in.pointer(), 0);
            if (received < 0) {
                return received;
            }
            int segment = in.segment();
            left -= segment < 0 ? 1 : (int) (received / segment);
            bytes += received;
        }
        return bytes;
    }

    private long receiveBatch(int fd) {
        in.beforeReceive();
        return in.bytes(LIBC.recvmmsg(fd, in.pointer(), shape.count(), 0, 0));
    }

    @Override
    public void close() {
        Ends.close(fds);
    }
}
