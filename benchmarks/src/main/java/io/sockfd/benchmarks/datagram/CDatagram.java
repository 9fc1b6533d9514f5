package io.sockfd.benchmarks.datagram;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import java.io.IOException;

/** {@code native/bench/loops/datagram.c}, one datagram at a time. */
public final class CDatagram implements Contestant {
    static {
        Native.load();
    }

    private final int[] fds;
    private final boolean connected;
    private final int size;

    public CDatagram(boolean connected, int size) throws IOException {
        fds = UdpEnds.descriptors(connected, true);
        this.connected = connected;
        this.size = size;
    }

    @Override
    public long run(int times) {
        return Native.check(
                connected ? sendRecv(fds[0], fds[1], size, times) : sendtoRecvfrom(fds[0], fds[1], size, times),
                "datagrams");
    }

    private static native long sendRecv(int out, int in, int size, int times);

    private static native long sendtoRecvfrom(int out, int in, int size, int times);

    @Override
    public void close() {
        Ends.close(fds);
    }
}
