package io.sockfd.benchmarks.latency;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Socket#send} and a {@link Socket#recv} that waits. */
public final class SockfdPing implements Contestant {
    private final Echo echo;
    private final Socket socket;
    private final ByteBuffer buffer;

    public SockfdPing(String family, boolean ours, int size) throws IOException {
        echo = new Echo(family, ours);
        socket = echo.socket();
        buffer = Memory.allocate(size);
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            socket.send(buffer.clear(), 0);
            buffer.clear();
            while (buffer.hasRemaining()) {
                bytes += socket.recv(buffer, 0);
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        echo.close();
    }
}
