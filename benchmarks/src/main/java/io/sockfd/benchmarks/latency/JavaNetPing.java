package io.sockfd.benchmarks.latency;

import io.sockfd.benchmarks.Contestant;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** {@link Socket} and its streams; TCP only. */
public final class JavaNetPing implements Contestant {
    private final Echo echo;
    private final Socket socket = new Socket();
    private final OutputStream out;
    private final InputStream in;
    private final byte[] array;

    public JavaNetPing(boolean ours, int size) throws IOException {
        echo = new Echo("tcp", ours);
        socket.connect(echo.address());
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        in = socket.getInputStream();
        array = new byte[size];
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            out.write(array);
            if (in.readNBytes(array, 0, array.length) < array.length) {
                throw new EOFException("the echo ended");
            }
            bytes += array.length;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        echo.close();
    }
}
