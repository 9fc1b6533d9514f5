package io.sockfd.benchmarks.failure;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketAddress;

/** {@link Socket#connect}, and {@link DatagramSocket#receive} on UDP. */
public final class JavaNetRefused implements Contestant {
    private final boolean tcp;
    private final io.sockfd.Socket dead;
    private final SocketAddress address;
    private final DatagramSocket udp = new DatagramSocket();
    private final DatagramPacket out;
    private final DatagramPacket in = new DatagramPacket(new byte[Fixtures.SIZE], Fixtures.SIZE);

    public JavaNetRefused(boolean tcp) throws IOException {
        this.tcp = tcp;
        dead = Fixtures.deadPort(tcp);
        address = dead.getLocalAddress();
        out = new DatagramPacket(new byte[Fixtures.SIZE], Fixtures.SIZE, address);
        if (!tcp) {
            udp.connect(address);
        }
    }

    @Override
    public long run(int times) throws IOException {
        return tcp ? connect(times) : send(times);
    }

    private long connect(int times) throws IOException {
        long failures = 0;
        for (int i = 0; i < times; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(address);
            } catch (ConnectException e) {
                failures++;
            }
        }
        return failures;
    }

    private long send(int times) throws IOException {
        long failures = 0;
        for (int i = 0; i < times; i++) {
            udp.send(out);
            try {
                udp.receive(in);
            } catch (PortUnreachableException e) {
                failures++;
            }
        }
        return failures;
    }

    @Override
    public void close() throws IOException {
        udp.close();
        dead.close();
    }
}
