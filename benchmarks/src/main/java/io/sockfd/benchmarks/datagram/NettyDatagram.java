package io.sockfd.benchmarks.datagram;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** netty's {@link Socket} as its channels use it, without event loop and pipeline; {@code burst} as in {@link NioDatagram}. */
public final class NettyDatagram implements Contestant {
    private final Socket first;
    private final Socket second;
    private final InetSocketAddress to;
    private final boolean connected;
    private final ByteBuffer out;
    private final ByteBuffer in;
    private final int burst;

    public NettyDatagram(boolean connected, int size, int burst) throws IOException {
        Epoll.ensureAvailability();
        int[] fds = UdpEnds.descriptors(connected, false);
        first = new Socket(fds[0]);
        second = new Socket(fds[1]);
        to = second.localAddress();
        this.connected = connected;
        this.burst = burst;
        out = ByteBuffer.allocateDirect(size);
        in = ByteBuffer.allocateDirect(size);
    }

    @Override
    public long run(int times) throws IOException {
        return connected ? connected(times) : unconnected(times);
    }

    private long connected(int times) throws IOException {
        int size = out.capacity();
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            for (int sent = 0; sent < burst; sent++) {
                first.send(out, 0, size);
            }
            for (int received = 0; received < burst; received++) {
                bytes += second.recv(in, 0, size);
            }
        }
        return bytes;
    }

    private long unconnected(int times) throws IOException {
        int size = out.capacity();
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            for (int sent = 0; sent < burst; sent++) {
                first.sendTo(out, 0, size, to.getAddress(), to.getPort());
            }
            for (int received = 0; received < burst; received++) {
                bytes += second.recvFrom(in, 0, size).receivedAmount();
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        first.close();
        second.close();
    }
}
