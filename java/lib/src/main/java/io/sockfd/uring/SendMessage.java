package io.sockfd.uring;

import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.internal.memory.MessageCall;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a {@link Message} with its address and its ancillary data, descriptors among it. {@link #result} is the number of bytes;
 * on a stream fewer than there were only when an error, a close or a shutdown came in between.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/sendmsg.2.html">sendmsg(2)</a>
 */
public final class SendMessage extends Operation {
    private final long copyMax;
    private @Nullable MessageCall call;
    private @Nullable Message message;

    SendMessage(Core core, Socket socket) {
        super(core, socket);
        copyMax = socket.type().equals(SocketType.STREAM) ? Send.COPY_MAX : Long.MAX_VALUE;
    }

    /**
     * Hands it to the kernel, with the next {@link Ring#await}. Until the completion the message is the kernel's: nothing else can
     * be done with it. The positions of its buffers move past what was sent then.
     *
     * @throws IllegalStateException when this, or the message, is in flight; when a descriptor that it passes is closed
     * @throws ClosedChannelException when the ring or the socket is closed
     */
    public void start(Message sent) throws IOException {
        checkIdle();
        MessageCall its = call;
        if (its == null || !sent.equals(message)) {
            its = MessageCall.of(sent);
            call = its;
            message = sent;
        }
        its.beforeSend(copyMax);
        try {
            begin();
        } catch (Throwable e) {
            its.afterSend(-Linux.ECANCELED);
            throw e;
        }
    }

    @Override
    String name() {
        return "sendmsg";
    }

    @Override
    void write(ByteBuffer sqes, int at, int fd, long token) {
        int flags = Linux.MSG_NOSIGNAL | Linux.MSG_WAITALL;
        long header = call == null ? 0 : call.header();
        Submission.write(sqes, at, Linux.IORING_OP_SENDMSG, 0, 0, fd, 0, header, 1, flags, token, 0);
    }

    @Override
    void completed(int result, int flags, boolean done) {
        if (call != null) {
            call.afterSend(result);
        }
    }
}
