package io.sockfd.uring;

import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.MessageCall;
import io.sockfd.internal.memory.MessageHeader;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.IoUringRecvmsgOut;
import io.sockfd.raw.struct.Msghdr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * Receives messages into the buffers of a {@link BufferRing}, one for each completion, with the sender's address and the
 * ancillary data, which lie in the buffer before the bytes. {@link #result} is the number of the message's bytes. The buffer goes
 * back by itself with the next {@link Ring#next}. It ends, and is to be started again, as a {@link Receive}.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man3/io_uring_prep_recvmsg_multishot.3.html">io_uring_prep_recvmsg_multishot(3)</a>
 */
public final class ReceiveMessages extends BufferedOperation {
    private final ByteBuffer header = Memory.allocate(Msghdr.SIZE);
    private final Message message;
    private final Sockaddr peer = new Sockaddr();
    private final MessageCall call;
    private final int control;
    private final int receiveFlags;

    ReceiveMessages(Core core, Socket socket, BufferRing buffers, int controlCapacity) {
        super(core, socket, buffers);
        message = new Message(0, controlCapacity);
        call = MessageCall.of(message);
        control = controlCapacity;
        receiveFlags = MessageHeader.receiveFlags(socket.domain().value());
        if (before() >= buffers.size()) {
            throw new IllegalArgumentException("buffers of " + buffers.size() + " bytes: more than " + before()
                    + " are needed before the message's own, for its address and control data");
        }
        Msghdr.msg_namelen(header, 0, Sockaddr.CAPACITY);
        Msghdr.msg_controllen(header, 0, control);
    }

    private int before() {
        return IoUringRecvmsgOut.SIZE + Sockaddr.CAPACITY + control;
    }

    /**
     * Hands it to the kernel, with the next {@link Ring#await}; it completes whenever a message was received, until it ends.
     *
     * @throws IllegalStateException when it is in flight
     * @throws ClosedChannelException when the ring or the socket is closed
     */
    public void startMultishot() throws IOException {
        checkIdle();
        beginMultishot();
    }

    /**
     * What came with the last completion beside the bytes: the sender's address, the ancillary data, the flags. Good until the
     * next completion of this operation; descriptors that are not taken until then are closed.
     */
    public Message message() {
        core.checkThread();
        return message;
    }

    /**
     * The bytes of the message, from position 0 to the limit; good until the next {@link Ring#next}, and after that another's.
     *
     * @throws IllegalStateException when the last completion brought none
     */
    public ByteBuffer data() {
        return buffers.view(owned(), before(), result());
    }

    @Override
    String name() {
        return "recvmsg";
    }

    @Override
    void write(ByteBuffer sqes, int at, int fd, long token) {
        Submission.write(
                sqes,
                at,
                Linux.IORING_OP_RECVMSG,
                Linux.IOSQE_BUFFER_SELECT,
                Linux.IORING_RECV_MULTISHOT,
                fd,
                0,
                Memory.address(header),
                1,
                receiveFlags,
                token,
                buffers.group);
    }

    @Override
    void completed(int result, int flags, boolean done) {
        super.completed(result, flags, done);
        message.address(peer);
        if (result >= 0 && hasBuffer()) {
            ByteBuffer all = buffers.memory();
            int at = buffers.offset(owned());
            int name = at + IoUringRecvmsgOut.SIZE;
            int bytes = Math.min(result - before(), IoUringRecvmsgOut.payloadlen(all, at));
            result(Math.max(0, bytes));
            call.arrived(
                    all,
                    name,
                    IoUringRecvmsgOut.namelen(all, at),
                    name + Sockaddr.CAPACITY,
                    IoUringRecvmsgOut.controllen(all, at),
                    IoUringRecvmsgOut.flags(all, at),
                    result());
        } else {
            call.arrived(header, 0, 0, 0, 0, 0, 0);
        }
    }

    @Override
    void discarded(int result, int flags, boolean done) {
        completed(result, flags, done);
        call.clear(); // descriptors that nobody would take
    }
}
