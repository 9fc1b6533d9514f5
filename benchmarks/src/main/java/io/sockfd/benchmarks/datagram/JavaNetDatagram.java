package io.sockfd.benchmarks.datagram;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;

/** {@link DatagramSocket}, with packets that are used again; {@code burst} as in {@link NioDatagram}. */
public final class JavaNetDatagram implements Contestant {
    private final DatagramSocket first;
    private final DatagramSocket second;
    private final DatagramPacket out;
    private final DatagramPacket in;
    private final int burst;

    public JavaNetDatagram(boolean connected, int size, int burst) throws IOException {
        first = bound();
        second = bound();
        if (connected) {
            first.connect(second.getLocalSocketAddress());
            second.connect(first.getLocalSocketAddress());
        }
        this.burst = burst;
        out = new DatagramPacket(new byte[size], size, second.getLocalSocketAddress());
        in = new DatagramPacket(new byte[size], size);
    }

    private static DatagramSocket bound() throws IOException {
        DatagramSocket socket = new DatagramSocket(UdpEnds.anyPort());
        socket.setSendBufferSize(UdpEnds.BUFFER);
        socket.setReceiveBufferSize(UdpEnds.BUFFER);
        return socket;
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            for (int sent = 0; sent < burst; sent++) {
                first.send(out);
            }
            for (int received = 0; received < burst; received++) {
                second.receive(in);
                bytes += in.getLength();
            }
        }
        return bytes;
    }

    @Override
    public void close() {
        try (first;
                second) {
            // closes both
        }
    }
}
