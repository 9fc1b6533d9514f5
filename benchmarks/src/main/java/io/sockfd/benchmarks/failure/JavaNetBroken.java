package io.sockfd.benchmarks.failure;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** {@link Socket#getOutputStream}. */
public final class JavaNetBroken implements Contestant {
    private final Socket socket;
    private final OutputStream to;
    private final byte[] out = new byte[Fixtures.SIZE];

    public JavaNetBroken() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
            listener.accept().close();
        }
        to = socket.getOutputStream();
        Fixtures.untilFails(() -> to.write(out));
    }

    @Override
    public long run(int times) {
        long failures = 0;
        for (int i = 0; i < times; i++) {
            try {
                to.write(out);
            } catch (IOException e) {
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
