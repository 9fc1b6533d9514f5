package io.sockfd.uring;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Sends, on a stream the whole of what it is given. {@link #result} is the number of bytes; fewer than there were only when an
 * error, a close or a shutdown came in between.
 *
 * <p>The order of two of them that are in flight on one stream is not promised: use one for a stream, and start it again when
 * its completion has come.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</a>
 */
public final class Send extends Operation {
    static final int COPY_MAX = 128 * 1024;

    private final boolean canLend; // to the kernel, where the protocol has a way
    private int lendFrom = Integer.MAX_VALUE;
    private boolean lends;
    private int sent;
    private @Nullable ByteBuffer copy;
    private @Nullable ByteBuffer source;
    private int from;
    private @Nullable BufferRing lender;
    private int borrowed;
    private long address;
    private int length;

    Send(Core core, Socket socket) {
        super(core, socket);
        int domain = socket.domain().value();
        canLend = domain == Linux.AF_INET || domain == Linux.AF_INET6;
    }

    /**
     * From now on so many bytes and more go without a copy in the kernel, where the protocol and the memory allow that (IPv4 and
     * IPv6; direct buffers whose memory cannot go away). Such a send has two completions. The first one has the {@link #result},
     * and it {@linkplain #isActive stays in flight}; with the last one, and the same result, the memory is the caller's again,
     * which may take until the peer has read; a ring that is closed waits for that five seconds. It needs a device that can do it, and tens of kilobytes, to be worth while: on loopback the kernel copies after all.
     *
     * @param least {@code Integer.MAX_VALUE}, as at first, for never
     * @throws IllegalStateException when it is in flight
     * @see <a href="https://man7.org/linux/man-pages/man3/io_uring_prep_send_zc.3.html">io_uring_prep_send_zc(3)</a>
     */
    public void zeroCopyFrom(int least) throws IOException {
        checkIdle();
        lendFrom = least;
    }

    /**
     * Hands it to the kernel, with the next {@link Ring#await}. The bytes between position and limit are the kernel's until the
     * completion, with which the position moves past those that were sent. What lies on the heap, or in an arena that may be
     * closed, is copied, 128 KiB at most.
     *
     * @throws IllegalStateException when it is in flight
     * @throws ClosedChannelException when the ring or the socket is closed
     */
    public void start(ByteBuffer data) throws IOException {
        start(data, Memory.steadyAddress(data));
    }

    /** As that, with the answer to {@link Memory#steadyAddress}. */
    void start(ByteBuffer data, long steady) throws IOException {
        checkIdle();
        from = data.position();
        length = Math.max(0, data.limit() - from);
        if (steady == 0) {
            length = Math.min(length, COPY_MAX);
            ByteBuffer into = copy(length);
            into.put(0, data, from, length);
            address = Memory.address(into);
        } else {
            address = steady + from;
        }
        source = data;
        lends = steady != 0 && canLend && length >= lendFrom;
        try {
            begin();
        } catch (Throwable e) {
            end();
            throw e;
        }
    }

    /**
     * As {@link #start(ByteBuffer)}, with what was received, which is not copied: the buffer goes back to its ring with the
     * completion.
     *
     * @throws IllegalStateException also when nothing was received, or it was passed on
     */
    public void start(Receive received) throws IOException {
        checkIdle();
        borrowed = received.pass();
        length = received.result();
        lender = received.buffers;
        lends = false;
        address = received.buffers.address(borrowed);
        try {
            begin();
        } catch (Throwable e) {
            end();
            throw e;
        }
    }

    private ByteBuffer copy(int size) {
        ByteBuffer kept = copy;
        if (kept == null || kept.capacity() < size) {
            kept = Memory.allocate(Math.max(256, size));
            copy = kept;
        }
        return kept;
    }

    @Override
    String name() {
        return "send";
    }

    @Override
    void write(ByteBuffer sqes, int at, int fd, long token) {
        int flags = Linux.MSG_NOSIGNAL | Linux.MSG_WAITALL;
        int opcode = lends ? Linux.IORING_OP_SEND_ZC : Linux.IORING_OP_SEND;
        Submission.write(sqes, at, opcode, 0, 0, fd, 0, address, length, flags, token, 0);
    }

    @Override
    void completed(int result, int flags, boolean done) {
        if ((flags & Linux.IORING_CQE_F_NOTIF) != 0) {
            result(sent); // this one says only that the memory is free
            end();
            return;
        }
        sent = result;
        ByteBuffer data = source;
        try {
            if (data != null && result > 0) {
                data.position(Math.min(data.limit(), from + result)); // the limit may have been changed meanwhile
            }
        } finally {
            if (done) {
                end();
            }
        }
    }

    /** The kernel may keep the memory until the peer has taken the bytes, which must not keep a socket from its close. */
    @Override
    boolean keepsDescriptor() {
        return !lends;
    }

    private void end() {
        source = null;
        BufferRing owner = lender;
        if (owner != null) {
            lender = null;
            owner.giveBack(borrowed);
        }
    }
}
