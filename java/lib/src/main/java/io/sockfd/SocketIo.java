package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.MSG_CMSG_CLOEXEC;
import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.MSG_ERRQUEUE;
import static io.sockfd.raw.Linux.MSG_NOSIGNAL;
import static io.sockfd.raw.Linux.MSG_OOB;
import static io.sockfd.raw.Linux.MSG_TRUNC;
import static io.sockfd.raw.Linux.MSG_WAITALL;
import static io.sockfd.raw.Linux.POLLIN;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import java.io.EOFException;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The half of {@link Socket} that moves bytes. One system call where it can proceed at once. */
abstract class SocketIo extends Descriptor {
    /** What a non-blocking operation returns when it would have to wait. */
    public static final int WOULD_BLOCK = -2;

    static final Libc LIBC = Libc.get();

    /** After so many receives that waited at once, one looks whether it still has to. */
    private static final int LOOK_AGAIN = 16;

    /** So much a stream copies for one call: what does not fit would be copied again. */
    private static final int COPY_MAX = 128 * 1024;

    private static final int NEVER_WAIT = MSG_DONTWAIT | MSG_ERRQUEUE | MSG_OOB;

    final Domain domain;
    final SocketType type;
    private volatile long timeoutNanos = -1;
    volatile boolean nonBlocking = true; // O_NONBLOCK, as far as it is our business

    /** A receive had to wait, so the next one probably has to: it begins with that. Races do no harm. */
    private boolean waits;

    private int waitsInRow;

    SocketIo(int fd, boolean owned, Domain domain, SocketType type) {
        super(fd, owned);
        this.domain = domain;
        this.type = type;
    }

    /** What recvmsg needs so that descriptors arrive close-on-exec; PACKET refuses flags that it does not know. */
    final int closeOnExec() {
        return domain.equals(Domain.UNIX) ? MSG_CMSG_CLOEXEC : 0;
    }

    /** Good until the thread's next use of an address of its own. */
    final Sockaddr sockaddr(SocketAddress address) {
        Sockaddr sockaddr = Bounce.address();
        sockaddr.set(address, domain.value());
        return sockaddr;
    }

    final long timeoutNanos() {
        return timeoutNanos;
    }

    final void timeoutNanos(long nanos) {
        timeoutNanos = nanos;
    }

    // ---- send ----------------------------------------------------------------------------------------------------

    /**
     * Sends what lies between the buffer's position and limit, and moves the position by what was sent. A stream may take
     * less. A direct buffer is sent from where it is. A heap buffer is copied once, except on the FFM backend between
     * 1 and 16 KiB, where it is sent from where it is; a stream takes at most 128 KiB of it at a time, on a
     * virtual thread 16 KiB.
     *
     * @param flags {@code MSG_} flags; {@code MSG_NOSIGNAL} is always added
     * @return the bytes sent, or {@link #WOULD_BLOCK}
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws IOException with the errno, for instance EPIPE, ECONNRESET, EMSGSIZE, ENOBUFS
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
        ByteBuffer copy = Bounce.of(part);
        copy.put(0, src, offset, part);
        return transmit(copy, part, flags, null);
    }

    /**
     * Sends to an address, the socket's own where it is null.
     *
     * @return the bytes sent, or {@link #WOULD_BLOCK}
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws IOException with the errno, for instance ECONNREFUSED, EHOSTUNREACH, EMSGSIZE, EDESTADDRREQ
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">sendto(2)</a>
     */
    public final int sendTo(ByteBuffer src, @Nullable Sockaddr to, int flags) throws IOException {
        int position = src.position();
        int length = src.remaining();
        int sent;
        if (src.isDirect()) {
            sent = transmit(Memory.address(src) + position, length, flags, to);
        } else {
            int part = part(length);
            if (to == null && part <= Libc.HEAP_MAX && src.hasArray()) {
                sent = transfer(true, src.array(), src.arrayOffset() + position, part, flags);
            } else {
                ByteBuffer copy = Bounce.of(part);
                copy.put(0, src, position, part);
                sent = transmit(copy, part, flags, to);
            }
        }
        if (sent > 0) {
            src.position(position + sent);
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
        long timeout = timeoutNanos;
        Waiter waiter = null;
        try {
            while (src.hasRemaining()) {
                int sent = send(src, MSG_DONTWAIT);
                if (sent == WOULD_BLOCK) {
                    waiter = Waiter.orBegin(waiter, this, timeout == 0 ? -1 : timeout);
                    awaitBetweenCalls(waiter, POLLOUT, "send");
                } else if (waiter != null) {
                    waiter.progress();
                }
            }
        } finally {
            Waiter.end(waiter);
        }
    }

    // ---- receive -------------------------------------------------------------------------------------------------

    /**
     * Receives into the buffer between position and limit, and moves the position by what arrived. A datagram's rest that
     * does not fit is lost; {@link Message} shows that.
     *
     * @param flags {@code MSG_} flags; with {@code MSG_TRUNC} the result is the datagram's length, which may be more than
     *     the buffer took
     * @return the bytes received, 0 for an empty datagram, -1 at the end of a stream, or {@link #WOULD_BLOCK}
     * @throws java.net.SocketTimeoutException when the timeout passed first
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
        if ((flags & MSG_WAITALL) != 0) {
            return recvFrom(ByteBuffer.wrap(dst, offset, length), null, flags);
        }
        int received;
        int part = part(length);
        if (part <= Libc.HEAP_MAX) {
            received = transfer(false, dst, offset, part, flags);
        } else {
            ByteBuffer copy = Bounce.of(part);
            received = take(Memory.address(copy), part, flags, null);
            if (received > 0 && !discards(flags)) {
                copy.get(0, dst, offset, Math.min(received, part));
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
        if ((flags & (MSG_WAITALL | NEVER_WAIT)) == MSG_WAITALL && type.endsWithZero()) {
            return recvFull(dst, from, flags & ~MSG_WAITALL);
        }
        int position = dst.position();
        int length = dst.remaining();
        int received;
        if (dst.isDirect()) {
            received = take(Memory.address(dst) + position, length, flags, from);
        } else {
            int part = part(length);
            if (from == null && part <= Libc.HEAP_MAX && dst.hasArray()) {
                received = transfer(false, dst.array(), dst.arrayOffset() + position, part, flags);
            } else {
                ByteBuffer copy = Bounce.of(part);
                received = take(Memory.address(copy), part, flags, from);
                if (received > 0 && !discards(flags)) {
                    dst.put(position, copy, 0, Math.min(received, part));
                }
            }
        }
        if (received > 0 && !discards(flags)) {
            dst.position(position + Math.min(received, length));
        }
        return orEnd(received, length, flags);
    }

    /**
     * Receives one message and tells its sender; the form that {@link java.nio.channels.DatagramChannel#receive} has.
     *
     * @return the sender's address, or null when a non-blocking socket has nothing
     */
    public final @Nullable SocketAddress receive(ByteBuffer dst) throws IOException {
        Sockaddr from = Bounce.address();
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
        if (recvFull(dst, null, 0) < wanted && dst.hasRemaining()) {
            throw new EOFException("the stream ended after " + (wanted - dst.remaining()) + " of " + wanted + " bytes");
        }
    }

    /** Kernels ignore MSG_WAITALL together with MSG_DONTWAIT, which every receive here has. */
    private int recvFull(ByteBuffer dst, @Nullable Sockaddr from, int flags) throws IOException {
        long timeout = timeoutNanos;
        Waiter waiter = null;
        int total = 0;
        try {
            while (dst.hasRemaining()) {
                int received = recvFrom(dst, from, flags | MSG_DONTWAIT);
                if (received == WOULD_BLOCK) {
                    waiter = Waiter.orBegin(waiter, this, timeout == 0 ? -1 : timeout);
                    awaitBetweenCalls(waiter, POLLIN, "recv");
                } else if (received <= 0) {
                    return total == 0 ? received : total;
                } else {
                    total += received;
                    if (waiter != null) {
                        waiter.progress();
                    }
                }
            }
        } finally {
            Waiter.end(waiter);
        }
        return total;
    }

    /** How much of heap memory one call moves: of a stream not too much, and what needs no copy on a virtual thread. */
    private int part(int length) {
        return length <= Libc.HEAP_MAX || !type.equals(SocketType.STREAM)
                ? length
                : VirtualThreads.isCurrent() ? Libc.HEAP_MAX : Math.min(length, COPY_MAX);
    }

    /** Whether nothing is stored: TCP takes MSG_TRUNC so. */
    private boolean discards(int flags) {
        return (flags & MSG_TRUNC) != 0 && type.equals(SocketType.STREAM);
    }

    private int orEnd(int received, int length, int flags) {
        return received == 0 && length > 0 && type.endsWithZero() && (flags & NEVER_WAIT & ~MSG_DONTWAIT) == 0
                ? -1
                : received;
    }

    // ---- the loops -------------------------------------------------------------------------------------------

    private int transmit(ByteBuffer copy, int length, int flags, @Nullable Sockaddr to) throws IOException {
        try {
            return transmit(Memory.address(copy), length, flags, to);
        } finally {
            Reference.reachabilityFence(copy); // a large one is not kept by Bounce
        }
    }

    // Each is one try, small enough to become a part of its caller, and the rest apart from it.

    private int transmit(long address, int length, int flags, @Nullable Sockaddr to) throws IOException {
        int fd = enter();
        try {
            long done = send(fd, address, length, flags | MSG_DONTWAIT, to);
            return done >= 0 ? (int) done : transmitLater(done, fd, address, length, flags, to);
        } finally {
            exit();
        }
    }

    private int transmitLater(long failed, int fd, long address, int length, int flags, @Nullable Sockaddr to)
            throws IOException {
        Waiter waiter = null;
        try {
            long done = failed;
            while (done < 0) {
                if (givesUp(done, true, flags, to != null ? to : this)) {
                    return WOULD_BLOCK;
                }
                waiter = Waiter.orBegin(waiter, this, timeoutNanos());
                beforeRetry(waiter, done, true);
                done = send(fd, address, length, flags | MSG_DONTWAIT, to);
            }
            return (int) done;
        } finally {
            Waiter.end(waiter);
        }
    }

    private int take(long address, int length, int flags, @Nullable Sockaddr from) throws IOException {
        int fd = enter();
        try {
            boolean skips = waits && maySkipLook() && mayWaitInside(flags);
            long done = skips ? -EAGAIN : receive(fd, address, length, flags | MSG_DONTWAIT, from);
            return done >= 0 ? (int) done : takeLater(done, fd, address, length, flags, from);
        } finally {
            exit();
        }
    }

    private int takeLater(long failed, int fd, long address, int length, int flags, @Nullable Sockaddr from)
            throws IOException {
        Waiter waiter = null;
        try {
            boolean inside = false;
            long done = failed;
            while (done < 0) {
                if (givesUp(done, false, flags, this)) {
                    return WOULD_BLOCK;
                }
                if (done == -EAGAIN && !inside && waiter == null && mayWaitInside(flags)) {
                    waits = true;
                    inside = true;
                } else if (done == -EAGAIN) {
                    inside = false; // who shares the descriptor made it O_NONBLOCK, or there is an SO_RCVTIMEO
                    waiter = Waiter.orBegin(waiter, this, timeoutNanos());
                    awaitOrTimeOut(waiter, POLLIN, name(false));
                }
                done = inside
                        ? BlockedWaiter.receive(this, address, length, flags, from)
                        : receive(fd, address, length, flags | MSG_DONTWAIT, from);
            }
            return (int) done;
        } finally {
            Waiter.end(waiter);
        }
    }

    private boolean mayWaitInside(int flags) {
        return (flags & NEVER_WAIT) == 0 && mayWaitInside();
    }

    /** Whether a system call may be left to block, see {@link BlockedWaiter}. */
    final boolean mayWaitInside() {
        return !nonBlocking && timeoutNanos < 0 && !VirtualThreads.isCurrent();
    }

    private boolean maySkipLook() {
        if (++waitsInRow % LOOK_AGAIN == 0) {
            waits = false;
            return false;
        }
        return true;
    }

    private static long send(int fd, long address, int length, int flags, @Nullable Sockaddr peer) {
        return peer == null
                ? LIBC.send(fd, address, length, flags | MSG_NOSIGNAL)
                : LIBC.sendto(fd, address, length, flags | MSG_NOSIGNAL, peer.address(), peer.length());
    }

    static long receive(int fd, long address, int length, int flags, @Nullable Sockaddr peer) {
        if (peer == null) {
            return LIBC.recv(fd, address, length, flags);
        }
        peer.reset();
        return LIBC.recvfrom(fd, address, length, flags, peer.address(), peer.lengthAddress());
    }

    private int transfer(boolean out, byte[] array, int offset, int length, int flags) throws IOException {
        Waiter waiter = null;
        int fd = enter();
        try {
            while (true) {
                long done = out
                        ? LIBC.send(fd, array, offset, length, flags | MSG_NOSIGNAL)
                        : LIBC.recv(fd, array, offset, length, flags);
                if (done >= 0) {
                    return (int) done;
                }
                if (givesUp(done, out, flags)) {
                    return WOULD_BLOCK;
                }
                waiter = Waiter.orBegin(waiter, this, timeoutNanos());
                beforeRetry(waiter, done, out);
            }
        } finally {
            Waiter.end(waiter);
            exit();
        }
    }

    /**
     * What to do about a negative result: a failure is thrown.
     *
     * @return true when the call would block and may not
     */
    final boolean givesUp(long result, boolean out, int flags) throws IOException {
        return givesUp(result, out, flags, this);
    }

    private boolean givesUp(long result, boolean out, int flags, Object context) throws IOException {
        if (result == -EAGAIN) {
            return timeoutNanos == 0 || (flags & NEVER_WAIT) != 0;
        } else if (result == -EINTR) {
            return false;
        }
        throw Errors.exception(result, name(out), context);
    }

    /** Waits, inside of a call that gave EAGAIN or EINTR, until it is worth to make it again. */
    final void beforeRetry(Waiter waiter, long result, boolean out) throws IOException {
        if (result == -EAGAIN) {
            awaitOrTimeOut(waiter, out ? POLLOUT : POLLIN, name(out));
        }
    }

    private static String name(boolean out) {
        return out ? "send" : "recv";
    }

    /**
     * A UNIX datagram socket without a peer does not know which receiver is full, and a netlink socket never does: POLLOUT
     * speaks of its own queue.
     */
    @Override
    final boolean promisesTooMuch(int events) {
        return (events & POLLOUT) != 0
                && (domain.equals(Domain.NETLINK) || (domain.equals(Domain.UNIX) && type.equals(SocketType.DGRAM)));
    }

    /** Waits, inside of a call. */
    final void awaitOrTimeOut(Waiter waiter, int events, String call) throws IOException {
        if (!waiter.await(events)) {
            throw Errors.timeout(Errno.EAGAIN, call, this);
        }
    }

    private void awaitBetweenCalls(Waiter waiter, int events, String call) throws IOException {
        enter();
        try {
            awaitOrTimeOut(waiter, events, call);
        } finally {
            exit();
        }
    }
}
