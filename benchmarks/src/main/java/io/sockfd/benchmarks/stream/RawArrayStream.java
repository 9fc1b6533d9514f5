package io.sockfd.benchmarks.stream;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import java.io.IOException;

/** {@link Libc#send(int, byte[], int, int, int)} and {@link Libc#recv(int, byte[], int, int, int)}. */
public final class RawArrayStream implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final int[] fds;
    private final byte[] out;
    private final byte[] in;

    public RawArrayStream(boolean tcp, int size) throws IOException {
        fds = Ends.descriptors(tcp);
        out = new byte[size];
        in = new byte[size];
    }

    @Override
    public long run(int times) {
        int first = fds[0];
        int second = fds[1];
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            int sent = 0;
            while (sent < out.length) {
                sent += (int) LIBC.send(first, out, sent, out.length - sent, MSG_NOSIGNAL);
            }
            int received = 0;
            while (received < in.length) {
                received += (int) LIBC.recv(second, in, received, in.length - received, 0);
            }
            bytes += received;
        }
        return bytes;
    }

    @Override
    public void close() {
        Ends.close(fds);
    }
}
