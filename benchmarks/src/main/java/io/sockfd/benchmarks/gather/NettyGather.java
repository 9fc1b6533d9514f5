package io.sockfd.benchmarks.gather;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.IovArray;
import io.netty.channel.unix.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** {@link Socket#writevAddresses} of an {@link IovArray} that is filled each time, as netty's channels do it. */
public final class NettyGather implements Contestant {
    private final Socket first;
    private final Socket second;
    private final List<ByteBuf> out = new ArrayList<>();
    private final IovArray pieces;
    private final ByteBuffer in;

    @SuppressWarnings("deprecation") // IovArray's constructors, for users; its channels go on to have them
    public NettyGather(boolean tcp, int count, int size) throws IOException {
        Epoll.ensureAvailability();
        int[] fds = Ends.descriptors(tcp);
        for (int fd : fds) {
            Libc.get().fcntl(fd, Linux.F_SETFL, Linux.O_NONBLOCK);
        }
        first = new Socket(fds[0]);
        second = new Socket(fds[1]);
        for (int i = 0; i < count; i++) {
            out.add(UnpooledByteBufAllocator.DEFAULT.directBuffer(size, size).writeZero(size));
        }
        pieces = new IovArray(UnpooledByteBufAllocator.DEFAULT.directBuffer(count * IovArray.IOV_SIZE));
        in = ByteBuffer.allocateDirect(count * size);
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            pieces.clear();
            for (int piece = 0; piece < out.size(); piece++) {
                ByteBuf buffer = out.get(piece);
                pieces.add(buffer, buffer.readerIndex(), buffer.readableBytes());
            }
            first.writevAddresses(pieces.memoryAddress(0), pieces.count());
            int received = 0;
            while (received < in.capacity()) {
                received += second.recv(in, received, in.capacity());
            }
            bytes += received;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        first.close();
        second.close();
        pieces.release();
        out.forEach(ByteBuf::release);
    }
}
