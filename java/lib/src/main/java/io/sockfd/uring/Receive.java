package io.sockfd.uring;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * Receives into the buffers of a {@link BufferRing}, one for each completion. {@link #result} is the number of bytes, 0 at the
 * end of a stream. The buffer goes back by itself with the next {@link Ring#next}, unless it was {@linkplain #keep kept} or
 * {@linkplain Send#start(Receive) sent}.
 *
 * <p>A multishot receive ends at the end of the stream, with an error, when the ring of buffers is empty (ENOBUFS), and when
 * the kernel had no place for its completion: after a completion look whether it {@link #isActive}, and start it again if
 * not.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/io_uring_prep_recv_multishot.3.html">io_uring_prep_recv_multishot(3)</a>
 */
public final class Receive extends BufferedOperation {
    private int multishot;

    Receive(Core core, Socket socket, BufferRing buffers) {
        super(core, socket, buffers);
    }

    /**
     * Hands it to the kernel, with the next {@link Ring#await}; it completes once.
     *
     * @throws IllegalStateException when it is in flight
     * @throws ClosedChannelException when the ring or the socket is closed
     */
    public void start() throws IOException {
        start(0);
    }

    /** As {@link #start}; it completes whenever something was received, until it ends. */
    public void startMultishot() throws IOException {
        start(Linux.IORING_RECV_MULTISHOT);
    }

    private void start(int flags) throws IOException {
        checkIdle();
        multishot = flags;
        if (flags == 0) {
            begin();
        } else {
            beginMultishot();
        }
    }

    /**
     * What the last completion brought, from position 0 to the limit; good until the next {@link Ring#next}, and after that
     * another's.
     *
     * @throws IllegalStateException when it brought nothing, or that was passed on
     */
    public ByteBuffer data() {
        return buffers.view(owned(), 0, result());
    }

    /**
     * Keeps the buffer until {@link BufferRing#release}.
     *
     * @return for {@link BufferRing#data} and {@link BufferRing#release}
     * @throws IllegalStateException when the last completion brought nothing, or that was passed on
     */
    public long keep() {
        return buffers.keep(pass(), result());
    }

    @Override
    String name() {
        return "recv";
    }

    @Override
    void write(ByteBuffer sqes, int at, int fd, long token) {
        int select = Linux.IOSQE_BUFFER_SELECT;
        Submission.write(sqes, at, Linux.IORING_OP_RECV, select, multishot, fd, 0, 0, 0, 0, token, buffers.group);
    }
}
