package io.sockfd.benchmarks.gather;

import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Msghdr;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** Some direct buffers of one size, each a piece of memory by itself. */
final class Buffers {
    private Buffers() {}

    static ByteBuffer[] of(int count, int size) {
        return IntStream.range(0, count).mapToObj(i -> Memory.allocate(size)).toArray(ByteBuffer[]::new);
    }

    static void clear(ByteBuffer[] buffers) {
        for (ByteBuffer buffer : buffers) {
            buffer.clear();
        }
    }

    /** A struct msghdr over them, with its struct iovec[] behind it. */
    static ByteBuffer header(ByteBuffer[] buffers) {
        ByteBuffer header = Memory.allocate(Msghdr.SIZE + buffers.length * Iovec.SIZE);
        for (int i = 0; i < buffers.length; i++) {
            int iovec = Msghdr.SIZE + i * Iovec.SIZE;
            Iovec.iov_base(header, iovec, Memory.address(buffers[i]));
            Iovec.iov_len(header, iovec, buffers[i].capacity());
        }
        Msghdr.msg_iov(header, 0, Memory.address(header) + Msghdr.SIZE);
        Msghdr.msg_iovlen(header, 0, buffers.length);
        return header;
    }
}
