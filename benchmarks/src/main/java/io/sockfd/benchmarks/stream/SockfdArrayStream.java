package io.sockfd.benchmarks.stream;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import java.io.IOException;

/** {@link Socket#send(byte[], int, int, int)} and {@link Socket#recv(byte[], int, int, int)}. */
public final class SockfdArrayStream implements Contestant {
    private final Socket.Pair pair;
    private final byte[] out;
    private final byte[] in;

    public SockfdArrayStream(boolean tcp, int size) throws IOException {
        pair = Ends.sockets(tcp);
        out = new byte[size];
        in = new byte[size];
    }

    @Override
    public long run(int times) throws IOException {
        Socket first = pair.first();
        Socket second = pair.second();
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            first.send(out, 0, out.length, 0);
            int received = 0;
            while (received < in.length) {
                received += second.recv(in, received, in.length - received, 0);
            }
            bytes += received;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        pair.close();
    }
}
