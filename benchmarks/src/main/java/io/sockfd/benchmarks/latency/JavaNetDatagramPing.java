package io.sockfd.benchmarks.latency;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;

/** {@link DatagramSocket}, connected. */
public final class JavaNetDatagramPing implements Contestant {
    private final Echo echo;
    private final DatagramSocket socket = new DatagramSocket();
    private final DatagramPacket packet;

    public JavaNetDatagramPing(boolean ours, int size) throws IOException {
        echo = new Echo("udp", ours);
        socket.connect(echo.address());
        packet = new DatagramPacket(new byte[size], size, echo.address());
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            socket.send(packet);
            socket.receive(packet);
            bytes += packet.getLength();
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        echo.close();
    }
}
