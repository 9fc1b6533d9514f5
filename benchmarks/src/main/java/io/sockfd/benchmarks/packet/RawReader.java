package io.sockfd.benchmarks.packet;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrLl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@link Libc#recvfrom}. */
public final class RawReader extends Reader {
    private static final Libc LIBC = Libc.get();

    private final int fd;
    private final Sockaddr from = new Sockaddr();
    private final ByteBuffer frame = Memory.allocate(Frames.SIZE).order(ByteOrder.BIG_ENDIAN);

    public RawReader() throws Exception {
        this(Opened.open(Reader::socket));
    }

    private RawReader(Opened<Socket> opened) {
        super(opened.frames(), opened.reader());
        fd = opened.reader().fd();
    }

    @Override
    long read(int count) throws IOException {
        long memory = Memory.address(frame);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            from.length(SockaddrLl.SIZE);
            long length =
                    LIBC.recvfrom(fd, memory, Frames.SIZE, Linux.MSG_DONTWAIT, from.address(), from.lengthAddress());
            if (length < 0) {
                throw dropped(count - i);
            }
            sum += length + frame.getInt(Frames.NUMBER);
        }
        return sum;
    }
}
