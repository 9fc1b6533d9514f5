package io.sockfd.benchmarks.icmp;

import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;

/** {@link InetAddress#isReachable(int)}, which pings where it may and connects by TCP where it may not. */
public final class JavaNetEcho implements Contestant {
    private static final int TIMEOUT_MILLIS = 1000;

    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    public JavaNetEcho() throws UnavailableException {
        try (Socket socket = Socket.raw(Protocol.ICMP)) {
            boolean unused = socket.isOpen();
        } catch (IOException e) {
            throw new UnavailableException("pinging needs CAP_NET_RAW: " + e.getMessage());
        }
    }

    @Override
    public long run(int times) throws IOException {
        long replies = 0;
        for (int i = 0; i < times; i++) {
            if (loopback.isReachable(TIMEOUT_MILLIS)) {
                replies++;
            }
        }
        return replies;
    }

    @Override
    public void close() {}
}
