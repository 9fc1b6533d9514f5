package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.SPLICE_F_MOVE;
import static io.sockfd.raw.Linux.SPLICE_F_NONBLOCK;

import io.sockfd.internal.memory.PipeCall;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;

/**
 * A pipe that carries bytes from one descriptor to another inside the kernel, without waiting: {@link #fill} it when the
 * source is readable, {@link #drain} it when the target is writable. What a target did not take stays in the pipe.
 *
 * <p>Fill it only when it is empty: a pipe that is full and a source that has nothing look the same. For one thread at a
 * time.
 *
 * <pre>{@code
 * try (SplicePipe pipe = SplicePipe.open()) {
 *     if (pipe.fill(socket, 1 << 16) > 0) { // what has come, at most 64 KiB
 *         pipe.drain(other);
 *     }
 *     System.out.println(pipe.pending() + " bytes wait until the target is writable");
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/splice.2.html">splice(2)</a>
 */
public final class SplicePipe implements Channel {
    static {
        PipeCall.told(pipe -> ((SplicePipe) pipe).new Call());
    }

    private static final Libc LIBC = Libc.getOrRefusing();
    private static final int SIZE = 1 << 20;
    private static final int FLAGS = SPLICE_F_MOVE | SPLICE_F_NONBLOCK;

    private final Descriptor out;
    private final Descriptor in;
    private long pending;

    private SplicePipe(Descriptor out, Descriptor in) {
        this.out = out;
        this.in = in;
    }

    /**
     * A new pipe, of 1 MiB where the user may have that, else of 64 KiB.
     *
     * @throws ErrnoException EMFILE, ENFILE: it takes two descriptors
     */
    public static SplicePipe open() throws IOException {
        ByteBuffer ends = Memory.allocate(2 * Integer.BYTES);
        Errors.check(LIBC.pipe2(Memory.address(ends), Linux.O_CLOEXEC | Linux.O_NONBLOCK), "pipe2");
        SplicePipe pipe = new SplicePipe(Descriptor.own(ends.getInt(0)), Descriptor.own(ends.getInt(Integer.BYTES)));
        try {
            LIBC.fcntl(pipe.in.number(), Linux.F_SETPIPE_SZ, SIZE); // refused to users over their limit: only slower
            return pipe;
        } catch (Throwable e) {
            pipe.close();
            throw e;
        }
    }

    /** How many bytes are in the pipe. */
    public long pending() {
        return pending;
    }

    /**
     * Moves bytes from a descriptor into the pipe.
     *
     * @return how many, -1 at the end of the stream, or {@link Socket#WOULD_BLOCK}
     * @throws ErrnoException EINVAL when splice(2) does not take the source, ECONNRESET …
     */
    public long fill(Descriptor source, long count) throws IOException {
        long moved = splice(source, in, count, source);
        if (moved > 0) {
            pending += moved;
        }
        return moved == 0 && count > 0 ? -1 : moved;
    }

    /**
     * Moves bytes from the pipe to a descriptor.
     *
     * @return how many, fewer than {@link #pending} where the target has no room for all, or {@link Socket#WOULD_BLOCK}
     * @throws ErrnoException EPIPE, ECONNRESET …: {@link #pending} bytes are still in the pipe
     */
    public long drain(Descriptor target) throws IOException {
        if (pending == 0) {
            return 0;
        }
        long moved = splice(out, target, pending, target);
        if (moved > 0) {
            pending -= moved;
        }
        return moved;
    }

    private static long splice(Descriptor from, Descriptor to, long count, Descriptor named) throws IOException {
        int source = from.enter();
        try {
            int target = to.enter();
            try {
                from.makeNonBlocking();
                to.makeNonBlocking();
                long moved;
                do {
                    moved = LIBC.splice(source, 0, target, 0, count, FLAGS);
                } while (moved == -EINTR);
                if (moved < 0 && moved != -EAGAIN) {
                    throw Errors.exception(moved, "splice", named.subject());
                }
                return moved == -EAGAIN ? Endpoint.WOULD_BLOCK : moved;
            } finally {
                to.exit();
            }
        } finally {
            from.exit();
        }
    }

    private final class Call extends PipeCall {
        @Override
        public Descriptor end(boolean fills) {
            return fills ? in : out;
        }

        @Override
        public void prepare(Channel other) throws IOException {
            ((Descriptor) other).makeNonBlocking();
        }

        @Override
        public long pending() {
            return pending;
        }

        @Override
        public void moved(long bytes) {
            pending += bytes;
        }
    }

    @Override
    public boolean isOpen() {
        return in.isOpen();
    }

    /** What is in the pipe is lost. */
    @Override
    public void close() throws IOException {
        try (out;
                in) {
            pending = 0;
        }
    }

    @Override
    public String toString() {
        return "SplicePipe(" + out + ", " + in + ", " + pending + " bytes)";
    }
}
