package io.sockfd.benchmarks.packet;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Native;

/** {@code native/bench/loops/packet.c}: recvfrom, or recvmmsg of so many at once. */
public final class CReader extends Reader {
    static {
        Native.load();
    }

    private final int fd;
    private final int batch;

    public CReader(int batch) throws Exception {
        this(Opened.open(Reader::socket), batch);
    }

    private CReader(Opened<Socket> opened, int batch) {
        super(opened.frames(), opened.reader());
        fd = opened.reader().fd();
        this.batch = batch;
    }

    @Override
    long read(int count) {
        return Native.check(batch == 1 ? recvfrom(fd, count) : recvmmsg(fd, batch, count), "reading frames");
    }

    private static native long recvfrom(int fd, int count);

    private static native long recvmmsg(int fd, int batch, int count);
}
