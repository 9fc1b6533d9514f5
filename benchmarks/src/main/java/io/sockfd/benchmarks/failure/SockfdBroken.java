package io.sockfd.benchmarks.failure;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Socket#send(ByteBuffer, int)}, which throws. */
public final class SockfdBroken implements Contestant {
    private final Socket socket;
    private final ByteBuffer out = Memory.allocate(Fixtures.SIZE);

    public SockfdBroken(boolean tcp) throws IOException {
        socket = Fixtures.broken(tcp);
    }

    @Override
    public long run(int times) throws IOException {
        long failures = 0;
        for (int i = 0; i < times; i++) {
            try {
                socket.send(out.clear(), 0);
            } catch (ErrnoException e) {
                failures++;
            }
        }
        return failures;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
