package io.sockfd;

import io.sockfd.internal.memory.OneThread;
import io.sockfd.internal.wait.Meanwhile;
import io.sockfd.internal.wait.Nanos;
import io.sockfd.internal.wait.Wait;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockExtendedErr;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends that do not copy (MSG_ZEROCOPY), on TCP and UDP sockets: the kernel reads the buffers while it transmits, and
 * tells through the socket's error queue when it is done with them. Each send gives a ticket; <b>until {@link #isDone} is
 * true for it, the buffer's content must not be changed</b>. It is kept from being collected meanwhile, even if this object
 * is not: for ever, where the socket was closed and nobody can ask any more.
 *
 * <p>It pays from about 10 KB a send on. Where the kernel had to copy after all (always on the loopback interface, often
 * on virtual ones) {@link #copied} grows; then plain sends are cheaper.
 *
 * <p>All zero-copy sends of a socket must go through one object of this class, because the kernel numbers them per
 * socket. Other entries of the error queue go to the {@code others} given, or are lost. Before the socket is closed, wait
 * for the last ticket: what is in flight then can no longer be asked about.
 *
 * <p>Not safe for use by several threads at once: {@link IllegalStateException}.
 *
 * <pre>{@code
 * ZeroCopy zeroCopy = new ZeroCopy(socket);
 * long ticket = zeroCopy.send(buffer, 0);
 * if (zeroCopy.awaitDone(ticket, Duration.ofSeconds(5))) {
 *     buffer.clear(); // the kernel has read it: it may be filled again
 * }
 * }</pre>
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/networking/msg_zerocopy.html">MSG_ZEROCOPY</a>
 */
public final class ZeroCopy {
    private static final int ERROR_DATA = 512;
    private static final int ERROR_CONTROL = 512;
    /** No events: POLLERR is reported whatever was asked for. */
    private static final int POLLERR_ALONE = 0;

    private final Socket socket;
    private final @Nullable Consumer<Message> others;
    private final OneThread sending = new OneThread(); // the kernel's numbers follow the order of the calls
    private final OneThread reaping = new OneThread();
    private final ZeroCopyTickets tickets = new ZeroCopyTickets(0);
    private final Message outgoing = new Message(1, 0);
    private final Message error = new Message(1, ERROR_CONTROL);
    private final ByteBuffer errorData = Memory.allocate(ERROR_DATA);
    private long copied;

    /** As {@link #ZeroCopy(Socket, Consumer)}; other entries of the error queue are lost. */
    public ZeroCopy(Socket socket) throws IOException {
        this(socket, null);
    }

    /**
     * Turns SO_ZEROCOPY on.
     *
     * @param socket a TCP or UDP socket, which stays the caller's, and on which nothing was sent with MSG_ZEROCOPY yet
     * @param others takes what {@link #reap} finds in the error queue that is no completion; the message is valid during
     *     the call
     * @throws ErrnoException ENOTSUPP or EOPNOTSUPP for other kinds of sockets, ENOPROTOOPT before Linux 4.14
     */
    public ZeroCopy(Socket socket, @Nullable Consumer<Message> others) throws IOException {
        this.socket = socket;
        this.others = others;
        ByteBuffer on = Memory.allocate(Integer.BYTES).putInt(0, 1);
        int fd = socket.enter();
        try {
            int result =
                    Libc.get().setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_ZEROCOPY, Memory.address(on), Integer.BYTES);
            int ignored = Errors.check(result, "setsockopt", "SO_ZEROCOPY");
        } finally {
            socket.exit();
            Reference.reachabilityFence(on);
        }
    }

    /**
     * Sends from a direct buffer on a connected socket; the position moves over what was taken, on TCP perhaps not all.
     *
     * @param flags MSG_* flags; MSG_ZEROCOPY and MSG_NOSIGNAL are added
     * @return the ticket; one that is done for a send of no bytes; {@link Socket#WOULD_BLOCK} where a non-blocking socket
     *     took nothing
     * @throws ErrnoException ENOBUFS when the socket has too many sends in flight (net.core.optmem_max) or the process
     *     too much locked memory (ulimit -l): wait for a ticket and repeat; else as {@link Socket#sendMessage}
     * @throws java.net.SocketTimeoutException when the socket's timeout passed first
     * @throws IllegalArgumentException when the buffer is on the heap, which moves while the kernel reads, or of an arena
     *     that can be closed
     */
    public long send(ByteBuffer buffer, int flags) throws IOException {
        return send(outgoing.data(buffer), flags);
    }

    /**
     * As {@link #send(ByteBuffer, int)}, with all that a message can say. The message may be used for the next send at
     * once; its data buffers may not.
     */
    public long send(Message message, int flags) throws IOException {
        boolean outermost = sending.enter();
        try {
            return number(message, flags);
        } finally {
            sending.leave(outermost);
        }
    }

    private long number(Message message, int flags) throws IOException {
        tickets.forgetLast();
        long sent = sendOrReap(message, flags | Linux.MSG_ZEROCOPY);
        return sent < 0 ? sent : tickets.last();
    }

    private long sendOrReap(Message message, int flags) throws IOException {
        try {
            return Traffic.send(socket.endpoint, message, flags, tickets);
        } catch (ErrnoException e) {
            // a datagram dropped on its way out may have taken a number: its completion, already there, tells
            if (reap() == 0 || !e.errno().equals(Errno.ENOBUFS)) {
                throw e;
            }
            return Traffic.send(socket.endpoint, message, flags, tickets);
        } catch (IOException e) {
            int ignored = reap();
            throw e;
        }
    }

    /** Whether the kernel is done with the buffers of this send, as far as {@link #reap} has seen. No system call. */
    public boolean isDone(long ticket) {
        return tickets.isDone(ticket);
    }

    /** Sends that the kernel is not done with, as far as {@link #reap} has seen. */
    public int outstanding() {
        return tickets.outstanding();
    }

    /** How many of the completed sends the kernel copied after all (SO_EE_CODE_ZEROCOPY_COPIED). */
    public long copied() {
        return copied;
    }

    /**
     * Reads the completions that are there, without waiting.
     *
     * @return how many sends are done that were not before
     * @throws ErrnoException as recv(2); not for an empty queue
     */
    public int reap() throws IOException {
        boolean outermost = reaping.enter();
        try {
            return takeAll();
        } finally {
            reaping.leave(outermost);
        }
    }

    private int takeAll() throws IOException {
        int done = 0;
        while (true) {
            errorData.clear();
            if (socket.receiveMessage(error.data(errorData), Linux.MSG_ERRQUEUE) == Socket.WOULD_BLOCK) {
                return done;
            }
            done += take();
        }
    }

    private int take() {
        ControlReader received = error.incoming();
        ControlCursor cursor = received.atError();
        if (!received.findError() || cursor.getByte(SockExtendedErr.EE_ORIGIN) != Linux.SO_EE_ORIGIN_ZEROCOPY) {
            if (others != null) {
                errorData.flip();
                others.accept(error);
            }
            return 0;
        }
        int low = cursor.getInt(SockExtendedErr.EE_INFO);
        int high = cursor.getInt(SockExtendedErr.EE_DATA);
        int done = tickets.complete(low, high);
        if ((cursor.getByte(SockExtendedErr.EE_CODE) & Linux.SO_EE_CODE_ZEROCOPY_COPIED) != 0) {
            copied += done;
        }
        return done;
    }

    /**
     * Waits until the kernel is done with the buffers of this send.
     *
     * @return false when the time was over first
     * @throws java.nio.channels.AsynchronousCloseException when another thread closes the socket
     * @throws java.nio.channels.ClosedByInterruptException when this thread is interrupted, which closes the socket
     * @throws ErrnoException as {@link #reap}
     */
    public boolean awaitDone(long ticket, Duration timeout) throws IOException {
        Wait wait = Wait.begin(Math.max(0, Nanos.saturated(timeout)));
        int ignored = socket.enter();
        try {
            while (true) {
                if (reap() > 0) {
                    wait.progress();
                }
                if (isDone(ticket)) {
                    return true;
                }
                // POLLERR stays on while the socket has an error of its own: the waiter does not spin on it
                if (!socket.await(wait, POLLERR_ALONE)) {
                    return false;
                }
            }
        } catch (ClosedChannelException e) {
            throw Meanwhile.closed(socket, e);
        } finally {
            Wait.end(wait);
            socket.exit();
        }
    }
}
