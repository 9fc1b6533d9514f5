package io.sockfd.benchmarks.failure;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Socket;
import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** {@link Socket#connect}, and {@link Socket#recv} on UDP. On loopback both know the answer at once. */
public final class NettyRefused implements Contestant {
    private static final int ATTEMPTS = 1_000_000;

    private final boolean tcp;
    private final io.sockfd.Socket dead;
    private final SocketAddress address;
    private final Socket udp;
    private final ByteBuffer out = ByteBuffer.allocateDirect(Fixtures.SIZE);
    private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

    public NettyRefused(boolean tcp) throws IOException {
        Epoll.ensureAvailability();
        this.tcp = tcp;
        dead = Fixtures.deadPort(tcp);
        address = dead.getLocalAddress();
        udp = LinuxSocket.newSocketDgram(SocketProtocolFamily.INET);
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
            Socket socket = LinuxSocket.newSocketStream(SocketProtocolFamily.INET);
            try {
                boolean connected = socket.connect(address);
                for (int attempt = 0; !connected && attempt < ATTEMPTS; attempt++) {
                    connected = socket.finishConnect();
                }
            } catch (IOException e) {
                failures++;
            } finally {
                socket.close();
            }
        }
        return failures;
    }

    private long send(int times) throws IOException {
        long failures = 0;
        for (int i = 0; i < times; i++) {
            udp.send(out, 0, out.capacity());
            try {
                int received = 0;
                for (int attempt = 0; received == 0 && attempt < ATTEMPTS; attempt++) {
                    received = udp.recv(in, 0, in.capacity());
                }
            } catch (IOException e) {
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
