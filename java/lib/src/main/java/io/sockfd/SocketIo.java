package io.sockfd;

import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.MSG_FASTOPEN;
import static io.sockfd.raw.Linux.MSG_PEEK;
import static io.sockfd.raw.Linux.MSG_TRUNC;
import static io.sockfd.raw.Linux.MSG_WAITALL;
import static io.sockfd.raw.Linux.POLLIN;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.VirtualThreads;
import io.sockfd.internal.wait.Waiter;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The half of {@link Socket} that moves bytes. One system call where it can proceed at once. */
abstract class SocketIo extends SocketCalls {
    /** So much a stream copies for one call: what does not fit would be copied again. */
    private static final int COPY_MAX = 128 * 1024;

    SocketIo(int fd, boolean owned, Domain domain, SocketType type) {
        super(fd, owned, domain, type);
    }

    /** Good until the thread's next use of an address of its own. */
    final Sockaddr sockaddr(SocketAddress address) {
        Sockaddr sockaddr = CallMemory.address();
        sockaddr.set(address, domain.value());
        return sockaddr;
    }

    // ---- send ----------------------------------------------------------------------------------------------------

    /**
     * Sends what lies between the buffer's position and limit, and moves the position by what was sent. A stream may take
     * less. Where the queue of a device is full (ENOBUFS), a socket that may wait tries again with pauses. A direct buffer is sent from where it is. A heap buffer is copied once, except on the FFM backend between
     * 1 and 16 KiB, where it is sent from where it is; a stream takes at most 128 KiB of it at a time, on a
     * virtual thread 16 KiB.
     *
     * <p>A buffer over a memory segment of an arena that can be closed, shared or confined, is treated as a heap buffer is:
     * the arena may be closed at any time, and the kernel never sees its memory. Those of {@code Arena.global()} and {@code
     * Arena.ofAuto()} are as direct as others.
     *
     * @param flags {@code MSG_} flags; {@code MSG_NOSIGNAL} is always added
     * @return the bytes sent, or {@link #WOULD_BLOCK}
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws IllegalStateException when the buffer's arena is closed
     * @throws IllegalArgumentException for MSG_ZEROCOPY, with which the kernel reads the memory after the call: see {@link
     *     ZeroCopy}
     * @throws IOException with the errno, for instance EPIPE, ECONNRESET, EMSGSIZE, ENOBUFS of a non-blocking socket
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</a>
     */
    public final int send(ByteBuffer src, int flags) throws IOException {
        return sendTo(src, (Sockaddr) null, flags);
    }

    /**
     * As {@link #send(ByteBuffer, int)} from an array.
     *
     * @throws IndexOutOfBoundsException when the range is outside of the array
     */
    public final int send(byte[] src, int offset, int length, int flags) throws IOException {
        Objects.checkFromIndexSize(offset, length, src.length);
        int part = part(length);
        if (part <= Libc.HEAP_MAX) {
            return transfer(true, src, offset, part, flags);
        }
        ByteBuffer copy = CallMemory.of(part);
        copy.put(0, src, offset, part);
        return transmit(copy, part, flags, null);
    }

    /**
     * Sends to an address, the socket's own where it is null.
     *
     * <p>With {@code MSG_FASTOPEN} a TCP socket connects to the address, and sends with its first packet where it has a
     * cookie of that host, else behind it. A socket that may wait does so until it is connected. One that may not either
     * sends and is connecting, or fails with EINPROGRESS and is connecting, with nothing sent: see {@link
     * Socket#finishConnect}.
     *
     * @return the bytes sent, or {@link #WOULD_BLOCK}
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws IOException with the errno, for instance ECONNREFUSED, EHOSTUNREACH, EMSGSIZE, EDESTADDRREQ
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">sendto(2)</a>
     */
    public final int sendTo(ByteBuffer src, @Nullable Sockaddr to, int flags) throws IOException {
        int position = src.position();
        int length = Math.max(0, src.limit() - position); // each is read once: another thread may move them
        long address = Memory.steadyAddress(src);
        int sent;
        if (address != 0) {
            sent = transmit(address + position, length, flags, to);
        } else {
            int part = part(length);
            if (to == null && part <= Libc.HEAP_MAX && src.hasArray()) {
                sent = transfer(true, src.array(), src.arrayOffset() + position, part, flags);
            } else {
                ByteBuffer copy = CallMemory.of(part);
                copy.put(0, src, position, part);
                sent = transmit(copy, part, flags, to);
            }
        }
        if (sent > 0) {
            src.position(position + sent);
        }
        if (to != null && (flags & MSG_FASTOPEN) != 0 && sent >= 0) {
            afterFastOpen(flags, to);
        }
        return sent;
    }

    /**
     * As {@link #sendTo(ByteBuffer, Sockaddr, int)}, for addresses that are not worth keeping as a {@link Sockaddr}.
     *
     * @throws java.nio.channels.UnresolvedAddressException when {@code to} is a name that was not resolved
     * @throws java.nio.channels.UnsupportedAddressTypeException when this socket's domain has no such addresses
     */
    public final int sendTo(ByteBuffer src, SocketAddress to, int flags) throws IOException {
        return sendTo(src, sockaddr(to), flags);
    }

    /**
     * Sends all that remains, however many calls it takes; the timeout counts for all of them together. After a failure
     * the buffer's position says how much was sent. A non-blocking socket waits here, too.
     */
    public final void sendAll(ByteBuffer src) throws IOException {
        Waiter waiter = null;
        try {
            while (src.hasRemaining()) {
                int sent = sendNow(src);
                if (sent < 0) {
                    waiter = Waiter.orBeginFor(waiter, life, Waiter.SEND | Waiter.EVEN_IF_NON_BLOCKING);
                    awaitBetweenCalls(waiter, sent);
                } else if (waiter != null) {
                    waiter.progress();
                }
            }
        } finally {
            Waiter.end(waiter);
        }
    }

    /** WOULD_BLOCK, too, or -ENOBUFS. */
    private int sendNow(ByteBuffer src) throws IOException {
        try {
            return send(src, MSG_DONTWAIT);
        } catch (ErrnoException e) {
            if (e.errno().value() == Linux.ENOBUFS) {
                return -Linux.ENOBUFS;
            }
            throw e;
        }
    }

    private void awaitBetweenCalls(Waiter waiter, int result) throws IOException {
        enter();
        try {
            beforeRetry(waiter, result == WOULD_BLOCK ? -Linux.EAGAIN : result, true, "send", null);
        } finally {
            exit();
        }
    }

    // ---- receive -------------------------------------------------------------------------------------------------

    /**
     * Receives into the buffer between position and limit, and moves the position by what arrived. A datagram's rest that
     * does not fit is lost; {@link Message} shows that.
     *
     * <p>On a stream {@code MSG_WAITALL} fills the buffer, unless the stream ends, an error or the timeout comes, or urgent
     * data: then less is received, and an error comes with the next call. A non-blocking socket, datagrams and records
     * have no use for it.
     *
     * @param flags {@code MSG_} flags; with {@code MSG_TRUNC} the result is the datagram's length, which may be more than
     *     the buffer took, and TCP discards so many bytes and stores nothing
     * @return the bytes received, 0 for an empty datagram, -1 at the end of a stream, or {@link #WOULD_BLOCK}
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws IllegalStateException when the buffer's arena is closed; where it was closed during the call, what arrived is
     *     lost
     * @throws IOException with the errno, for instance ECONNRESET, ECONNREFUSED
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</a>
     */
    public final int recv(ByteBuffer dst, int flags) throws IOException {
        return recvFrom(dst, null, flags);
    }

    /**
     * As {@link #recv(ByteBuffer, int)} into an array.
     *
     * @throws IndexOutOfBoundsException when the range is outside of the array
     */
    public final int recv(byte[] dst, int offset, int length, int flags) throws IOException {
        Objects.checkFromIndexSize(offset, length, dst.length);
        if ((flags & (MSG_WAITALL | MSG_TRUNC | MSG_PEEK)) != 0) {
            return recvFrom(ByteBuffer.wrap(dst, offset, length), null, flags);
        }
        int received;
        int part = part(length);
        if (part <= Libc.HEAP_MAX) {
            received = transfer(false, dst, offset, part, flags);
        } else {
            ByteBuffer copy = CallMemory.of(part);
            received = take(Memory.address(copy), part, flags, null);
            if (received > 0) {
                copy.get(0, dst, offset, received);
            }
        }
        return orEnd(received, length, flags);
    }

    /**
     * Receives, and puts the sender's address into {@code from} where that is not null.
     *
     * @return as {@link #recv(ByteBuffer, int)}
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recvfrom(2)</a>
     */
    public final int recvFrom(ByteBuffer dst, @Nullable Sockaddr from, int flags) throws IOException {
        if (dst.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        if ((flags & MSG_WAITALL) != 0 && waitsForAll(flags)) {
            return recvAll(dst, from, flags & ~MSG_WAITALL);
        }
        int position = dst.position();
        int length = Math.max(0, dst.limit() - position);
        boolean stores = (flags & MSG_TRUNC) == 0 || stores();
        int received = recvAt(dst, position, length, from, flags, stores);
        if (received > 0 && stores) {
            dst.position(position + Math.min(received, length));
        }
        return orEnd(received, length, flags);
    }

    /** Into a part of the buffer, whose position stays. */
    private int recvAt(ByteBuffer dst, int position, int length, @Nullable Sockaddr from, int flags, boolean stores)
            throws IOException {
        long address = Memory.steadyAddress(dst);
        if (address != 0) {
            return take(address + position, length, flags, from);
        }
        int part = (flags & MSG_PEEK) != 0 ? length : part(length); // nobody can peek at the rest
        if (from == null && part <= Libc.HEAP_MAX && dst.hasArray()) {
            return transfer(false, dst.array(), dst.arrayOffset() + position, part, flags);
        }
        ByteBuffer copy = CallMemory.toFill(dst, part);
        int received = take(copy, part, flags, from);
        if (received > 0 && stores) {
            dst.put(position, copy, 0, Math.min(received, part));
        }
        return received;
    }

    /** MSG_WAITALL, which the kernel ignores together with the MSG_DONTWAIT that every receive here has. */
    private int recvAll(ByteBuffer dst, @Nullable Sockaddr from, int flags) throws IOException {
        boolean stores = (flags & MSG_TRUNC) == 0 || stores();
        boolean peeks = (flags & MSG_PEEK) != 0;
        int start = dst.position();
        int length = Math.max(0, dst.limit() - start);
        int total = 0;
        WaitAll wait = null;
        int fd = enter();
        try {
            while (true) {
                int before = peeks ? 0 : total;
                int at = stores ? start + before : start;
                int received = recvAt(dst, at, length - before, from, flags | MSG_DONTWAIT, stores);
                if (received > 0) {
                    total = before + received;
                    dst.position(stores ? start + total : start);
                }
                if (received == 0 || total >= length) {
                    return total == 0 && length > 0 ? -1 : total;
                }
                wait = wait == null ? new WaitAll(this, fd, peeks) : wait;
                if (!wait.forMore(total)) {
                    return total > 0 ? total : WOULD_BLOCK;
                }
            }
        } finally {
            WaitAll.end(wait);
            exit();
        }
    }

    /** Whether MSG_WAITALL means anything: of a stream, and where one may wait. */
    final boolean waitsForAll(int flags) {
        return type.equals(SocketType.STREAM) && timeoutNanos(false) != 0 && !neverWaits(false, flags);
    }

    /** Whether a receive with MSG_TRUNC stores what it takes: TCP does not. Uses {@link CallMemory}. */
    private boolean stores() throws IOException {
        int fd = enter();
        try {
            return !isTcp(fd);
        } finally {
            exit();
        }
    }

    /**
     * Receives one message and tells its sender; the form that {@link java.nio.channels.DatagramChannel#receive} has.
     *
     * @return the sender's address, or null when a non-blocking socket has nothing
     */
    public final @Nullable SocketAddress receive(ByteBuffer dst) throws IOException {
        Sockaddr from = CallMemory.address();
        return recvFrom(dst, from, 0) == WOULD_BLOCK ? null : from.decode();
    }

    /**
     * Fills the buffer, however many calls it takes; the timeout counts for all of them together. A non-blocking socket
     * waits here, too.
     *
     * @throws EOFException when the stream ends before; the buffer's position says how much arrived
     */
    public final void recvExactly(ByteBuffer dst) throws IOException {
        int wanted = dst.remaining();
        if (!fill(dst)) {
            throw new EOFException("the stream ended after " + (wanted - dst.remaining()) + " of " + wanted + " bytes");
        }
    }

    private boolean fill(ByteBuffer dst) throws IOException {
        Waiter waiter = null;
        try {
            while (dst.hasRemaining()) {
                int received = recv(dst, MSG_DONTWAIT);
                if (received == WOULD_BLOCK) {
                    waiter = Waiter.orBeginFor(waiter, life, Waiter.RECEIVE | Waiter.EVEN_IF_NON_BLOCKING);
                    awaitBetweenCalls(waiter, POLLIN, "recv");
                } else if (received <= 0) {
                    return false;
                } else if (waiter != null) {
                    waiter.progress();
                }
            }
        } finally {
            Waiter.end(waiter);
        }
        return true;
    }

    /** How much of heap memory one call moves: of a stream not too much, and what needs no copy on a virtual thread. */
    private int part(int length) {
        return length <= Libc.HEAP_MAX ? length : (int) Math.min(length, mostCopied());
    }

    /** How much one call copies at most. */
    final long mostCopied() {
        return type.equals(SocketType.STREAM) ? copyMax() : Long.MAX_VALUE;
    }

    /** How much a call copies at most into memory of the current thread. */
    static int copyMax() {
        return VirtualThreads.isCurrent() ? Libc.HEAP_MAX : COPY_MAX;
    }

    private int orEnd(int received, int length, int flags) {
        return received == 0 && length > 0 && type.endsWithZero() && (flags & (Linux.MSG_ERRQUEUE | Linux.MSG_OOB)) == 0
                ? -1
                : received;
    }
}
