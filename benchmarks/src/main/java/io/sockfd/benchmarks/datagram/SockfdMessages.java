package io.sockfd.benchmarks.datagram;

import io.sockfd.Message;
import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.option.UdpOptions;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** {@link Message} with UDP_SEGMENT and UDP_GRO, {@link MessageBatch} without. */
public final class SockfdMessages implements Contestant {
    /** Room for one control message, of two bytes when sent and of four when received. */
    private static final int CONTROL = 24;

    private final Socket.Pair pair;
    private final Shape shape;
    private final @Nullable Sockaddr to;
    private final Side sender;
    private final Side receiver;

    /** What one end needs: a message for all datagrams, or a message for each. */
    private static final class Side {
        final MessageBatch batch;
        final Message whole;
        final ByteBuffer[] buffers;

        Side(int messages, int size, @Nullable Sockaddr address) {
            batch = new MessageBatch(messages, 1, CONTROL);
            whole = batch.get(0);
            buffers = new ByteBuffer[messages];
            for (int i = 0; i < messages; i++) {
                buffers[i] = Memory.allocate(size);
                batch.get(i).data(buffers[i]).address(address);
            }
        }

        Message whole() {
            buffers[0].clear();
            return whole;
        }

        MessageBatch batch() {
            for (ByteBuffer buffer : buffers) {
                buffer.clear();
            }
            return batch;
        }
    }

    public SockfdMessages(int count, int size, boolean connected, boolean gso, boolean option, boolean gro)
            throws IOException {
        shape = new Shape(count, size, connected, gso, option, gro);
        pair = UdpEnds.sockets(connected);
        pair.second().setOption(UdpOptions.UDP_GRO, gro);
        if (option) {
            pair.first().setOption(UdpOptions.UDP_SEGMENT, size);
        }
        to = connected ? null : pair.second().getsockname(new Sockaddr());
        sender = new Side(gso ? 1 : count, gso ? shape.bytes() : size, to);
        receiver = new Side(gro ? 1 : count, gro ? shape.bytes() : size, connected ? null : new Sockaddr());
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            if (shape.option()) {
                pair.first().send(sender.buffers[0].clear(), 0);
            } else if (shape.gso()) {
                sendSegments(pair.first());
            } else {
                pair.first().sendMessages(sender.batch(), 0, shape.count(), 0);
            }
            bytes += shape.gro() ? receiveSegments(pair.second()) : receiveBatch(pair.second());
        }
        return bytes;
    }

    private void sendSegments(Socket socket) throws IOException {
        Message message = sender.whole();
        message.control().clear().segmentSize(shape.size());
        socket.sendMessage(message, 0);
    }

    private long receiveSegments(Socket socket) throws IOException {
        long bytes = 0;
        for (int left = shape.count(); left > 0; ) {
            long received = socket.receiveMessage(receiver.whole(), 0);
            int segment = receiver.whole.received().udpGroSegment();
            left -= segment < 0 ? 1 : (int) (received / segment);
            bytes += received;
        }
        return bytes;
    }

    private long receiveBatch(Socket socket) throws IOException {
        int count = socket.receiveMessages(receiver.batch(), 0, shape.count(), 0);
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += receiver.batch.get(i).length();
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        pair.close();
    }
}
