package io.sockfd.benchmarks.packet;

import io.sockfd.Socket;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Mmsghdr;
import io.sockfd.raw.struct.Msghdr;
import io.sockfd.raw.struct.SockaddrLl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@link Libc#recvmmsg}. */
public final class RawBatchReader extends Reader {
    private static final Libc LIBC = Libc.get();

    private final int fd;
    private final int batch;
    private final ByteBuffer headers;
    private final ByteBuffer iovecs;
    private final ByteBuffer addresses;
    private final ByteBuffer frames;

    public RawBatchReader(int batch) throws Exception {
        this(Opened.open(Reader::socket), batch);
    }

    private RawBatchReader(Opened<Socket> opened, int batch) {
        super(opened.frames(), opened.reader());
        fd = opened.reader().fd();
        this.batch = batch;
        headers = Memory.allocate(batch * Mmsghdr.SIZE);
        iovecs = Memory.allocate(batch * Iovec.SIZE);
        addresses = Memory.allocate(batch * SockaddrLl.SIZE);
        frames = Memory.allocate(batch * Frames.SIZE).order(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < batch; i++) {
            Iovec.iov_base(iovecs, i * Iovec.SIZE, Memory.address(frames) + (long) i * Frames.SIZE);
            Iovec.iov_len(iovecs, i * Iovec.SIZE, Frames.SIZE);
            Msghdr.msg_iov(headers, i * Mmsghdr.SIZE, Memory.address(iovecs) + (long) i * Iovec.SIZE);
            Msghdr.msg_iovlen(headers, i * Mmsghdr.SIZE, 1);
            Msghdr.msg_name(headers, i * Mmsghdr.SIZE, Memory.address(addresses) + (long) i * SockaddrLl.SIZE);
        }
    }

    @Override
    long read(int count) throws IOException {
        long pointer = Memory.address(headers);
        long sum = 0;
        for (int left = count; left > 0; ) {
            for (int i = 0; i < batch; i++) {
                Msghdr.msg_namelen(headers, i * Mmsghdr.SIZE, SockaddrLl.SIZE);
            }
            int received = LIBC.recvmmsg(fd, pointer, batch, Linux.MSG_DONTWAIT, 0);
            if (received < 0) {
                throw dropped(left);
            }
            for (int i = 0; i < received; i++) {
                sum += Mmsghdr.msg_len(headers, i * Mmsghdr.SIZE) + frames.getInt(i * Frames.SIZE + Frames.NUMBER);
            }
            left -= received;
        }
        return sum;
    }
}
