package io.sockfd.benchmarks.datagram;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.option.UdpOptions;
import java.io.IOException;

/** {@code native/bench/loops/datagram.c}, several datagrams at a time. */
public final class CMessages implements Contestant {
    static {
        Native.load();
    }

    private final int[] fds;
    private final Shape shape;

    public CMessages(int count, int size, boolean connected, boolean gso, boolean gro) throws IOException {
        shape = new Shape(count, size, connected, gso, gro);
        fds = UdpEnds.descriptors(connected, true);
        if (gro) {
            UdpEnds.enable(fds[1], UdpOptions.UDP_GRO);
        }
    }

    @Override
    public long run(int times) {
        return Native.check(
                move(fds[0], fds[1], shape.count(), shape.size(), shape.connected(), shape.gso(), shape.gro(), times),
                "datagrams");
    }

    private static native long move(
            int out, int in, int count, int size, boolean connected, boolean gso, boolean gro, int times);

    @Override
    public void close() {
        Ends.close(fds);
    }
}
