package io.sockfd.uring;

import io.sockfd.Descriptor;
import io.sockfd.SplicePipe;
import io.sockfd.internal.memory.PipeCall;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.IoUringSqe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * Moves bytes between a descriptor and a {@link SplicePipe} within the kernel, as {@link SplicePipe#fill} and {@link
 * SplicePipe#drain} do, when there are some, or when there is room. {@link #result} is the number of bytes; 0 at the end of a
 * stream that fills a pipe.
 *
 * <pre>{@code
 * SplicePipe pipe = SplicePipe.open();
 * Splice in = ring.splice(socket, pipe);
 * Splice out = ring.splice(pipe, other);
 * in.start(1 << 16);
 * ring.await(-1);
 * if (ring.next() == in && in.check() > 0) {
 *     out.start(in.result());
 * }
 * }</pre>
 *
 * <p>The descriptor must be one that can be polled: a socket, a pipe, a device. The kernel polls it, and has a thread of its own
 * make the call then. From the start to the completion the pipe is nobody else's.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/io_uring_prep_splice.3.html">io_uring_prep_splice(3)</a>
 */
public final class Splice extends Operation {
    private static final long HERE = -1; // the place in a file: there is none

    /** There is one completion: of the second one, or of the first one when that fails, whose token is the same. */
    private static final int LINKED = Linux.IOSQE_IO_LINK | Linux.IOSQE_CQE_SKIP_SUCCESS;

    private final Descriptor other;
    private final PipeCall pipe;
    private final boolean fills;
    private int count;

    Splice(Core core, Descriptor other, SplicePipe pipe, boolean fills) {
        this(core, other, PipeCall.of(pipe), fills);
    }

    private Splice(Core core, Descriptor other, PipeCall pipe, boolean fills) {
        super(core, other, (Descriptor) pipe.end(fills));
        this.other = other;
        this.pipe = pipe;
        this.fills = fills;
    }

    /**
     * Hands it to the kernel, with the next {@link Ring#await}.
     *
     * @param most how many bytes; of a pipe's no more than are in it
     * @throws IllegalArgumentException when that is not positive
     * @throws IllegalStateException when it is in flight; when a pipe that is to be filled is not empty, because the kernel tells a
     *     full one by nothing from an empty source, or one that is to be drained is
     * @throws ClosedChannelException when the ring, the descriptor or the pipe is closed
     */
    public void start(int most) throws IOException {
        checkIdle();
        if (most < 1) {
            throw new IllegalArgumentException(most + " bytes: at least one, please");
        } else if (fills && pipe.pending() > 0) {
            throw new IllegalStateException("the pipe holds " + pipe.pending() + " bytes: drain it first");
        } else if (!fills && pipe.pending() == 0) {
            throw new IllegalStateException("the pipe is empty: fill it first");
        }
        pipe.prepare(other);
        count = (int) (fills ? most : Math.min(most, pipe.pending()));
        begin();
    }

    @Override
    String name() {
        return "splice";
    }

    @Override
    int places() {
        return 2;
    }

    @Override
    void write(ByteBuffer sqes, int at, int fd, long token) {
        Poll.write(sqes, at, LINKED, fd, fills ? Linux.POLLIN : Linux.POLLOUT, 0, token);
    }

    @Override
    void writeSecond(ByteBuffer sqes, int at, int fd, long token) {
        int from = fills ? fd : otherFd();
        int to = fills ? otherFd() : fd;
        int flags = Linux.SPLICE_F_MOVE | Linux.SPLICE_F_NONBLOCK;
        Submission.write(sqes, at, Linux.IORING_OP_SPLICE, 0, 0, to, HERE, HERE, count, flags, token, 0);
        IoUringSqe.splice_fd_in(sqes, at, from);
    }

    @Override
    void completed(int result, int flags, boolean done) {
        if (result > 0) {
            pipe.moved(fills ? result : -result);
        } else if (result == -Linux.EAGAIN) { // somebody else was faster
            result(flyAgain());
        }
    }
}
