package io.sockfd.benchmarks.datagram;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * {@link DatagramChannel}: connected by {@code write} and {@code read}, else by {@code send} and {@code receive}. It has
 * no calls for several datagrams: {@code burst} of them are sent and then received one by one.
 */
public final class NioDatagram implements Contestant {
    private final DatagramChannel first;
    private final DatagramChannel second;
    private final SocketAddress to;
    private final boolean connected;
    private final ByteBuffer out;
    private final ByteBuffer in;
    private final int burst;

    public NioDatagram(boolean connected, int size, int burst, boolean blocking) throws IOException {
        first = bound();
        second = bound();
        to = second.getLocalAddress();
        if (connected) {
            first.connect(to);
            second.connect(first.getLocalAddress());
        }
        first.configureBlocking(blocking);
        second.configureBlocking(blocking);
        this.connected = connected;
        this.burst = burst;
        out = ByteBuffer.allocateDirect(size);
        in = ByteBuffer.allocateDirect(size);
    }

    private static DatagramChannel bound() throws IOException {
        return DatagramChannel.open(StandardProtocolFamily.INET)
                .setOption(StandardSocketOptions.SO_SNDBUF, UdpEnds.BUFFER)
                .setOption(StandardSocketOptions.SO_RCVBUF, UdpEnds.BUFFER)
                .bind(UdpEnds.anyPort());
    }

    @Override
    public long run(int times) throws IOException {
        return connected ? connected(times) : unconnected(times);
    }

    private long connected(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            for (int sent = 0; sent < burst; sent++) {
                first.write(out.clear());
            }
            for (int received = 0; received < burst; received++) {
                bytes += second.read(in.clear());
            }
        }
        return bytes;
    }

    private long unconnected(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            for (int sent = 0; sent < burst; sent++) {
                first.send(out.clear(), to);
            }
            for (int received = 0; received < burst; received++) {
                second.receive(in.clear());
                bytes += in.position();
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        try (first;
                second) {
            // closes both
        }
    }
}
