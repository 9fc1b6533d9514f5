package io.sockfd.benchmarks.failure;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/** {@link SocketChannel#connect}, and {@link DatagramChannel#read(ByteBuffer)} on UDP. */
public final class NioRefused implements Contestant {
    private final boolean tcp;
    private final Socket dead;
    private final SocketAddress address;
    private final DatagramChannel udp = DatagramChannel.open(StandardProtocolFamily.INET);
    private final ByteBuffer out = ByteBuffer.allocateDirect(Fixtures.SIZE);
    private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

    public NioRefused(boolean tcp) throws IOException {
        this.tcp = tcp;
        dead = Fixtures.deadPort(tcp);
        address = dead.getLocalAddress();
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
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET)) {
                channel.connect(address);
            } catch (ConnectException e) {
                failures++;
            }
        }
        return failures;
    }

    private long send(int times) throws IOException {
        long failures = 0;
        for (int i = 0; i < times; i++) {
            udp.write(out.clear());
            try {
                udp.read(in.clear());
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
