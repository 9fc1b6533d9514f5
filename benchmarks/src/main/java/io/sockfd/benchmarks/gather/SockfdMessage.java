package io.sockfd.benchmarks.gather;

import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Socket#sendMessage} and {@link Socket#receiveMessage} with messages that keep their buffers. */
public final class SockfdMessage implements Contestant {
    private final Socket.Pair pair;
    private final ByteBuffer[] out;
    private final ByteBuffer[] in;
    private final Message sent;
    private final Message received;

    public SockfdMessage(boolean tcp, int count, int size) throws IOException {
        pair = Ends.sockets(tcp);
        out = Buffers.of(count, size);
        in = Buffers.of(count, size);
        sent = new Message(count, 0).data(out);
        received = new Message(count, 0).data(in);
    }

    @Override
    public long run(int times) throws IOException {
        Socket first = pair.first();
        Socket second = pair.second();
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            Buffers.clear(out);
            first.sendMessage(sent, 0);
            Buffers.clear(in);
            bytes += second.receiveMessage(received, 0);
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        pair.close();
    }
}
