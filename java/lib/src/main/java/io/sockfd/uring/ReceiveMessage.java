package io.sockfd.uring;

import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.internal.memory.MessageCall;
import io.sockfd.internal.memory.MessageHeader;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Receives a {@link Message} into its buffers, with the sender's address and the ancillary data. {@link #result} is the number of
 * bytes, 0 at the end of a stream.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/recvmsg.2.html">recvmsg(2)</a>
 */
public final class ReceiveMessage extends Operation {
    private final long copyMax;
    private final int receiveFlags;
    private @Nullable MessageCall call;
    private @Nullable Message message;

    ReceiveMessage(Core core, Socket socket) {
        super(core, socket);
        copyMax = socket.type().equals(SocketType.STREAM) ? Send.COPY_MAX : Long.MAX_VALUE;
        receiveFlags = MessageHeader.receiveFlags(socket.domain().value());
    }

    /**
     * Hands it to the kernel, with the next {@link Ring#await}. Until the completion the message is the kernel's: nothing else can
     * be done with it.
     *
     * @throws IllegalStateException when this, or the message, is in flight
     * @throws ClosedChannelException when the ring or the socket is closed
     */
    public void start(Message into) throws IOException {
        checkIdle();
        MessageCall its = call;
        if (its == null || !into.equals(message)) {
            its = MessageCall.of(into);
            call = its;
            message = into;
        }
        its.beforeReceive(copyMax);
        try {
            begin();
        } catch (Throwable e) {
            its.afterReceive(-Linux.ECANCELED);
            throw e;
        }
    }

    @Override
    String name() {
        return "recvmsg";
    }

    @Override
    void write(ByteBuffer sqes, int at, int fd, long token) {
        long header = call == null ? 0 : call.header();
        Submission.write(sqes, at, Linux.IORING_OP_RECVMSG, 0, 0, fd, 0, header, 1, receiveFlags, token, 0);
    }

    @Override
    void completed(int result, int flags, boolean done) {
        if (call != null) {
            call.afterReceive(result);
        }
    }

    @Override
    void discarded(int result, int flags, boolean done) {
        completed(result, flags, done);
        if (call != null) {
            call.clear(); // descriptors that nobody would take
        }
    }
}
