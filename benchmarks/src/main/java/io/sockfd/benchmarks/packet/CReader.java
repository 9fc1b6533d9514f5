package io.sockfd.benchmarks.packet;

import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import java.io.IOException;

/** {@code native/bench/loops/packet.c}: recvfrom, or recvmmsg of so many at once. */
public final class CReader extends Reader {
    static {
        Native.load();
    }

    private final int fd;
    private final int batch;

    public CReader(int batch) throws Exception {
        this(Opened.open(() -> socket().release()), batch);
    }

    private CReader(Opened<Integer> opened, int batch) {
        super(opened.frames());
        fd = opened.reader();
        this.batch = batch;
    }

    @Override
    long read(int count) {
        return Native.check(batch == 1 ? recvfrom(fd, count) : recvmmsg(fd, batch, count), "reading frames");
    }

    private static native long recvfrom(int fd, int count);

    private static native long recvmmsg(int fd, int batch, int count);

    @Override
    public void close() throws IOException {
        super.close();
        Ends.close(fd);
    }
}
