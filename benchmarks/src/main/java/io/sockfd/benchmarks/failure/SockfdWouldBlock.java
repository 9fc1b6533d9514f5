package io.sockfd.benchmarks.failure;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Socket#recv(ByteBuffer, int)}, whose result is {@link Socket#WOULD_BLOCK}. */
public final class SockfdWouldBlock implements Contestant {
    private final Socket.Pair pair;
    private final ByteBuffer in = Memory.allocate(Fixtures.SIZE);

    public SockfdWouldBlock(String kind) throws IOException {
        pair = Fixtures.pair(kind);
        pair.first().timeout(Socket.NON_BLOCKING);
    }

    @Override
    public long run(int times) throws IOException {
        Socket socket = pair.first();
        long failures = 0;
        for (int i = 0; i < times; i++) {
            failures += socket.recv(in, 0) == Socket.WOULD_BLOCK ? 1 : 0;
        }
        return failures;
    }

    @Override
    public void close() throws IOException {
        pair.close();
    }
}
