package io.sockfd.benchmarks.failure;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;

/** {@link Socket#connect(Sockaddr)}, and {@link Socket#recv(ByteBuffer, int)} on UDP; both throw ConnectException. */
public final class SockfdRefused implements Contestant {
    private final boolean tcp;
    private final Socket dead;
    private final Sockaddr address;
    private final Socket udp;
    private final ByteBuffer out = Memory.allocate(Fixtures.SIZE);
    private final ByteBuffer in = Memory.allocate(Fixtures.SIZE);

    public SockfdRefused(boolean tcp) throws IOException {
        this.tcp = tcp;
        dead = Fixtures.deadPort(tcp);
        address = dead.getsockname(new Sockaddr());
        udp = Socket.udp();
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
            try (Socket socket = Socket.tcp()) {
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
            udp.send(out.clear(), 0);
            try {
                udp.recv(in.clear(), 0);
            } catch (ConnectException e) {
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
