package io.sockfd.benchmarks.start;

import io.sockfd.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;

/** Arguments: {@code tcp PORT} or {@code unix PATH}, as for the others here. */
public final class SockfdStart {
    private SockfdStart() {}

    public static void main(String... args) throws IOException {
        boolean tcp = args[0].equals("tcp");
        try (Socket socket = tcp ? Socket.tcp() : Socket.unixStream()) {
            socket.connect(
                    tcp
                            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]))
                            : UnixDomainSocketAddress.of(args[1]));
            socket.send(ByteBuffer.allocateDirect(1), 0);
        }
    }
}
