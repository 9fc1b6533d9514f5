package io.sockfd.benchmarks.packet;

import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@link Socket#receiveMessages}. */
public final class SockfdBatchReader extends Reader {
    private final Socket socket;
    private final MessageBatch messages;
    private final ByteBuffer[] buffers;

    public SockfdBatchReader(int batch) throws Exception {
        this(Opened.open(Reader::socket), batch);
    }

    private SockfdBatchReader(Opened<Socket> opened, int batch) {
        super(opened.frames(), opened.reader());
        socket = opened.reader();
        messages = new MessageBatch(batch, 1, 0);
        buffers = new ByteBuffer[batch];
        for (int i = 0; i < batch; i++) {
            buffers[i] = Memory.allocate(Frames.SIZE).order(ByteOrder.BIG_ENDIAN);
            messages.get(i).data(buffers[i]).address(new Sockaddr());
        }
    }

    @Override
    long read(int count) throws IOException {
        long sum = 0;
        for (int left = count; left > 0; ) {
            for (ByteBuffer buffer : buffers) {
                buffer.clear();
            }
            int received = socket.receiveMessages(messages, 0, buffers.length, Linux.MSG_DONTWAIT);
            if (received == Socket.WOULD_BLOCK) {
                throw dropped(left);
            }
            for (int i = 0; i < received; i++) {
                sum += messages.get(i).length() + buffers[i].getInt(Frames.NUMBER);
            }
            left -= received;
        }
        return sum;
    }
}
