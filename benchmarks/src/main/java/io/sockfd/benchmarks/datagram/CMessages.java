package io.sockfd.benchmarks.datagram;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.option.UdpOptions;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@code native/bench/loops/datagram.c}, several datagrams at a time. */
public final class CMessages implements Contestant {
    static {
        Native.load();
    }

    private final int[] fds;
    private final Shape shape;
    // memory as the others have it: where it lies makes a tenth of the difference when so much is copied
    private final ByteBuffer out;
    private final ByteBuffer in;

    public CMessages(int count, int size, boolean connected, boolean gso, boolean option, boolean gro)
            throws IOException {
        shape = new Shape(count, size, connected, gso, option, gro);
        out = Memory.allocate(shape.bytes());
        in = Memory.allocate(shape.bytes());
        fds = UdpEnds.descriptors(connected, true);
        if (option) {
            UdpEnds.set(fds[0], UdpOptions.UDP_SEGMENT, size);
        }
        if (gro) {
            UdpEnds.set(fds[1], UdpOptions.UDP_GRO, true);
        }
    }

    @Override
    public long run(int times) {
        return Native.check(
                move(
                        fds[0],
                        fds[1],
                        Memory.address(out),
                        Memory.address(in),
                        shape.count(),
                        shape.size(),
                        shape.connected(),
                        shape.gso(),
                        shape.option(),
                        shape.gro(),
                        times),
                "datagrams");
    }

    private static native long move(
            int out,
            int in,
            long from,
            long into,
            int count,
            int size,
            boolean connected,
            boolean gso,
            boolean option,
            boolean gro,
            int times);

    @Override
    public void close() {
        Ends.close(fds);
    }
}
