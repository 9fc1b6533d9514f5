package io.sockfd.segment;

import io.sockfd.Errors;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.MessageCall;
import io.sockfd.internal.memory.MessageHeader;
import io.sockfd.internal.wait.Ppoll;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends from memory segments and receives into them: native ones of any arena and heap arrays, longer than 2 GiB too,
 * without a buffer in between and without garbage.
 *
 * <pre>{@code
 * try (Arena arena = Arena.ofConfined()) {
 *     MemorySegment segment = arena.allocate(1 << 20);
 *     long received = Segments.receive(socket, segment, 0);
 *     Segments.sendAll(other, segment.asSlice(0, received));
 * }
 * }</pre>
 *
 * <p>Each call has the socket's timeouts, and ends by a close or an interrupt as the socket's own do; a virtual thread parks.
 * It moves at most 2,147,479,552 bytes, the kernel's most, and of a heap array on a stream 1 MiB, so that the garbage
 * collector does not wait long.
 *
 * <p><b>Arenas.</b> During a call the segments' arenas are held, also while it waits: to close a shared arena is an {@link
 * IllegalStateException} then. A virtual thread that waits does not hold them: when one was closed meanwhile, the call ends
 * with {@code IllegalStateException: Already closed} once the socket is ready, before anything is received or sent. So it is
 * with the JDK's channels. A confined segment of another thread is a {@link WrongThreadException}.
 *
 * <p><b>Control data.</b> {@link #sendMessage} and {@link #receiveMessage} take a {@link Message} for the address, the
 * control data and the flags, and segments for the data.
 *
 * <p>All methods may be called from any thread; what two of them do with one segment at the same time is the callers' matter.
 */
public final class Segments {
    /** How many segments one call takes. */
    public static final int MOST = 8;

    private static final int NOT_THE_STREAM = Linux.MSG_ERRQUEUE | Linux.MSG_OOB;

    private static final ThreadLocal<@Nullable Transfer> OF_THREAD = new ThreadLocal<>();

    private Segments() {}

    // ---- send ----------------------------------------------------------------------------------------------------

    /**
     * Sends what the kernel takes at once, and waits while it takes nothing.
     *
     * @param flags {@code MSG_} flags
     * @return the bytes sent, which may be fewer, or {@link Socket#WOULD_BLOCK}
     * @throws IllegalArgumentException for MSG_ZEROCOPY, since the kernel reads the memory after the call
     * @throws IllegalStateException when the arena is closed
     * @throws SocketTimeoutException when the socket's timeout passed first
     * @throws IOException with the errno
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</a>
     */
    public static long send(Socket socket, MemorySegment src, int flags) throws IOException {
        return run(socket, true, src, null, flags);
    }

    /**
     * As {@link #send}, to an address.
     *
     * @param to is read in this call
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">sendto(2)</a>
     */
    public static long sendTo(Socket socket, MemorySegment src, Sockaddr to, int flags) throws IOException {
        return run(socket, true, src, to, flags);
    }

    /**
     * Sends all of it, on a stream.
     *
     * @throws SocketTimeoutException when the socket's timeout passed during one of the sends
     * @throws IllegalStateException when the arena is closed, or when the socket is non-blocking and would have to wait
     */
    public static void sendAll(Socket socket, MemorySegment src) throws IOException {
        for (long sent = 0; sent < src.byteSize(); ) {
            long part = run(socket, true, sent == 0 ? src : src.asSlice(sent), null, 0);
            if (part == Socket.WOULD_BLOCK) {
                throw new IllegalStateException(
                        "non-blocking, and " + sent + " of " + src.byteSize() + " bytes were sent: use send");
            }
            sent += part;
        }
    }

    /**
     * Sends from several segments, one behind the other: of a datagram socket one message.
     *
     * @param srcs native segments, none to {@value #MOST}
     * @return as {@link #send(Socket, MemorySegment, int)}
     * @throws IllegalArgumentException when there are more, or one is on the heap
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">sendmsg(2)</a>
     */
    public static long send(Socket socket, MemorySegment[] srcs, int flags) throws IOException {
        return gather(socket, true, srcs, flags, null);
    }

    /**
     * Sends a message whose data lies in memory segments, and its address and control data in the message.
     *
     * <pre>{@code
     * MemorySegment segment = Arena.ofAuto().allocate(1024);
     * message.outgoing().rights(file);
     * Segments.sendMessage(socket, message, segment, 0);
     * }</pre>
     *
     * @param message has no data of its own; its length is what was sent
     * @param data a native segment
     * @return as {@link #send(Socket, MemorySegment, int)}
     * @throws IllegalArgumentException when it is on the heap, when the message has data of its own, or for MSG_ZEROCOPY
     * @throws IllegalStateException when the arena is closed, or the message is in another call
     * @throws IOException with the errno
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">sendmsg(2)</a>
     */
    public static long sendMessage(Socket socket, Message message, MemorySegment data, int flags) throws IOException {
        checkNative(data);
        check(true, data, flags);
        Transfer transfer = transfer();
        transfer.prepare(true, data, flags, call(message));
        return finish(socket, transfer, true, data.byteSize(), flags);
    }

    /**
     * As {@link #sendMessage(Socket, Message, MemorySegment, int)}, with data in several segments.
     *
     * @param data native segments, none to {@value #MOST}
     */
    public static long sendMessage(Socket socket, Message message, MemorySegment[] data, int flags) throws IOException {
        return gather(socket, true, data, flags, call(message));
    }

    // ---- receive -------------------------------------------------------------------------------------------------

    /**
     * Receives what is there, and waits while there is nothing.
     *
     * @param flags {@code MSG_} flags; MSG_WAITALL has no effect
     * @return the bytes received, 0 for an empty datagram, -1 at the end of a stream, or {@link Socket#WOULD_BLOCK}
     * @throws IllegalArgumentException when the segment is read-only
     * @throws IllegalStateException when the arena is closed
     * @throws SocketTimeoutException when the socket's timeout passed first
     * @throws IOException with the errno
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</a>
     */
    public static long receive(Socket socket, MemorySegment dst, int flags) throws IOException {
        return run(socket, false, dst, null, flags);
    }

    /**
     * As {@link #receive}, and from whom.
     *
     * @param from becomes the sender's address
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recvfrom(2)</a>
     */
    public static long receiveFrom(Socket socket, MemorySegment dst, Sockaddr from, int flags) throws IOException {
        return run(socket, false, dst, from, flags);
    }

    /**
     * Receives into several segments, one after the other; of a datagram socket one message.
     *
     * @param dsts native segments, none to {@value #MOST}
     * @return as {@link #receive(Socket, MemorySegment, int)}
     * @throws IllegalArgumentException when there are more, or one is on the heap or read-only
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recvmsg(2)</a>
     */
    public static long receive(Socket socket, MemorySegment[] dsts, int flags) throws IOException {
        return gather(socket, false, dsts, flags, null);
    }

    /**
     * Receives a message whose data goes into memory segments; its address, control data, descriptors and flags are the
     * message's afterwards, which takes as many bytes for {@link Message#length}.
     *
     * @param message has no data of its own
     * @param data a native segment
     * @return as {@link #receive(Socket, MemorySegment, int)}
     * @throws IllegalArgumentException when it is on the heap or read-only, or when the message has data of its own
     * @throws IllegalStateException when the arena is closed, or the message is in another call
     * @throws IOException with the errno
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recvmsg(2)</a>
     */
    public static long receiveMessage(Socket socket, Message message, MemorySegment data, int flags)
            throws IOException {
        checkNative(data);
        check(false, data, flags);
        Transfer transfer = transfer();
        transfer.prepare(false, data, closeOnExec(socket, flags), call(message));
        return finish(socket, transfer, false, data.byteSize(), flags);
    }

    /**
     * As {@link #receiveMessage(Socket, Message, MemorySegment, int)}, with data into several segments.
     *
     * @param data native segments, none to {@value #MOST}
     */
    public static long receiveMessage(Socket socket, Message message, MemorySegment[] data, int flags)
            throws IOException {
        return gather(socket, false, data, closeOnExec(socket, flags), call(message));
    }

    private static MessageCall call(Message message) {
        if (message.remaining() > 0) {
            throw new IllegalArgumentException(
                    "the message has data of its own, which would not be used: call message.data() to take it out");
        }
        return MessageCall.of(message);
    }

    /** Descriptors that come are close-on-exec from the first moment. */
    private static int closeOnExec(Socket socket, int flags) {
        return flags | MessageHeader.receiveFlags(socket.domain().value());
    }

    // ---- the loop ------------------------------------------------------------------------------------------------

    private static long run(Socket socket, boolean out, MemorySegment memory, @Nullable Sockaddr address, int flags)
            throws IOException {
        check(out, memory, flags);
        Transfer transfer = transfer();
        transfer.prepare(out, memory, address, flags);
        return finish(socket, transfer, out, memory.byteSize(), flags);
    }

    private static long gather(
            Socket socket, boolean out, MemorySegment[] memory, int flags, @Nullable MessageCall message)
            throws IOException {
        if (memory.length > MOST) {
            throw new IllegalArgumentException(memory.length + " segments: at most " + MOST + " go in one call");
        }
        long bytes = 0;
        for (MemorySegment segment : memory) {
            checkNative(segment);
            check(out, segment, flags);
            bytes += segment.byteSize();
        }
        Transfer transfer = transfer();
        transfer.prepare(out, memory, flags, message);
        return finish(socket, transfer, out, bytes, flags);
    }

    private static void checkNative(MemorySegment segment) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException(
                    "what goes by sendmsg(2) or recvmsg(2) must be a native segment: " + segment);
        }
    }

    private static void check(boolean out, MemorySegment memory, int flags) {
        if (out && (flags & Linux.MSG_ZEROCOPY) != 0) {
            throw new IllegalArgumentException(
                    "MSG_ZEROCOPY: the kernel reads the memory after the call; use ZeroCopy");
        } else if (!out && memory.isReadOnly()) {
            throw new IllegalArgumentException("the segment is read-only: " + memory);
        }
    }

    private static Transfer transfer() {
        Transfer transfer = OF_THREAD.get();
        if (transfer == null) {
            transfer = new Transfer();
            OF_THREAD.set(transfer);
        }
        return transfer;
    }

    private static long finish(Socket socket, Transfer transfer, boolean out, long bytes, int flags)
            throws IOException {
        long done = 0;
        try {
            done = transfer.attempt(socket);
            if (done < 0) {
                done = later(done, transfer, socket, out, flags);
            }
        } finally {
            transfer.clear();
        }
        return done == 0 && !out && endsWithZero(socket) && bytes > 0 && (flags & NOT_THE_STREAM) == 0 ? -1 : done;
    }

    private static boolean endsWithZero(Socket socket) {
        return socket.type().equals(SocketType.STREAM) || socket.type().equals(SocketType.SEQPACKET);
    }

    private static long later(long failed, Transfer transfer, Socket socket, boolean out, int flags)
            throws IOException {
        Duration timeout = out ? socket.sendTimeout() : socket.receiveTimeout();
        long deadline = timeout.isNegative() ? Long.MAX_VALUE : System.nanoTime() + nanos(timeout);
        long done = failed;
        while (done < 0) {
            if (done == -Linux.EAGAIN) {
                if (timeout.isZero() || (flags & (Linux.MSG_DONTWAIT | Linux.MSG_ERRQUEUE)) != 0) {
                    return Socket.WOULD_BLOCK;
                }
                await(socket, transfer, out, timeout, deadline);
            } else if (done != -Linux.EINTR) {
                throw Errors.exception(done, transfer.call(), socket);
            }
            done = transfer.attempt(socket);
        }
        return done;
    }

    private static void await(Socket socket, Transfer transfer, boolean out, Duration timeout, long deadline)
            throws IOException {
        long left = timeout.isNegative() ? -1 : Math.max(0, deadline - System.nanoTime());
        if (Ppoll.OfDescriptors.poll().poll(socket, out ? Linux.POLLOUT : Linux.POLLIN, left, transfer) == 0) {
            throw new SocketTimeoutException(transfer.call() + "(" + socket + "): the timeout passed first");
        }
    }

    private static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE / 2;
        }
    }
}
