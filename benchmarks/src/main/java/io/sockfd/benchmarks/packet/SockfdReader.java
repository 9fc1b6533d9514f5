package io.sockfd.benchmarks.packet;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@link Socket#recvFrom}, with the address that says where the frame came from. */
public final class SockfdReader extends Reader {
    private final Socket socket;
    private final Sockaddr from = new Sockaddr();
    private final ByteBuffer frame = Memory.allocate(Frames.SIZE).order(ByteOrder.BIG_ENDIAN);

    public SockfdReader() throws Exception {
        this(Opened.open(Reader::socket));
    }

    private SockfdReader(Opened<Socket> opened) {
        super(opened.frames(), opened.reader());
        socket = opened.reader();
    }

    @Override
    long read(int count) throws IOException {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int length = socket.recvFrom(frame.clear(), from, Linux.MSG_DONTWAIT);
            if (length == Socket.WOULD_BLOCK) {
                throw dropped(count - i);
            }
            sum += length + frame.getInt(Frames.NUMBER);
        }
        return sum;
    }
}
