package io.sockfd.benchmarks.icmp;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Socket#raw}. */
public final class SockfdEcho implements Contestant {
    private final Socket socket = Echo.socket();
    private final ByteBuffer request = Echo.request();
    private final ByteBuffer reply = Memory.allocate(Echo.REPLY);

    public SockfdEcho() throws Exception {}

    @Override
    public long run(int times) throws IOException {
        long replies = 0;
        for (int i = 0; i < times; i++) {
            socket.send(request.clear(), 0);
            int received = socket.recv(reply.clear(), 0);
            if (received == Echo.REPLY && reply.get(Echo.TYPE) == Linux.ICMP_ECHOREPLY) {
                replies++;
            }
        }
        return replies;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
