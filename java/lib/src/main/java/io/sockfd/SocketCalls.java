package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINPROGRESS;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.ENOBUFS;
import static io.sockfd.raw.Linux.MSG_CMSG_CLOEXEC;
import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.MSG_ERRQUEUE;
import static io.sockfd.raw.Linux.MSG_NOSIGNAL;
import static io.sockfd.raw.Linux.MSG_OOB;
import static io.sockfd.raw.Linux.MSG_ZEROCOPY;
import static io.sockfd.raw.Linux.POLLIN;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.BlockedWaiter;
import io.sockfd.internal.wait.VirtualThreads;
import io.sockfd.internal.wait.Waiter;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What {@link SocketIo} is made of: a system call that moves bytes, again and again until it could. */
abstract class SocketCalls extends Descriptor {
    /** What a non-blocking operation returns when it would have to wait. */
    public static final int WOULD_BLOCK = -2;

    static final Libc LIBC = Libc.getOrRefusing();

    /** The flags with which a receive may not wait, see {@link #neverWaits}. */
    private static final int NEVER_WAIT = MSG_DONTWAIT | MSG_ERRQUEUE | MSG_OOB;

    /** After so many receives that waited at once, one looks whether it still has to. */
    private static final int LOOK_AGAIN = 16;

    final Domain domain;
    final SocketType type;
    volatile boolean nonBlocking = true; // O_NONBLOCK, as far as it is our business
    /** Both ends of a connection, once an exception has named them; a bind and a connect may change them. */
    volatile @Nullable String ends;

    volatile boolean connecting; // begun, and its result not read

    /** A receive had to wait, so the next one probably has to: it begins with that. Races do no harm. */
    private boolean waits;

    private int waitsInRow;

    SocketCalls(int fd, boolean owned, Domain domain, SocketType type) {
        super(fd, owned);
        this.domain = domain;
        this.type = type;
    }

    /** What recvmsg needs so that descriptors arrive close-on-exec; PACKET refuses flags that it does not know. */
    final int closeOnExec() {
        return domain.equals(Domain.UNIX) ? MSG_CMSG_CLOEXEC : 0;
    }

    /** As the next one, from memory that only this method keeps reachable. */
    final int transmit(ByteBuffer copy, int length, int flags, @Nullable Sockaddr to) throws IOException {
        try {
            return transmit(Memory.address(copy), length, flags, to);
        } finally {
            Reference.reachabilityFence(copy); // a large one is not kept by CallMemory
        }
    }

    /**
     * With MSG_ZEROCOPY the kernel reads after the call, from memory that may be another's by then.
     *
     * @throws IllegalArgumentException when it is among the flags
     */
    static void checkSendFlags(int flags) {
        if ((flags & MSG_ZEROCOPY) != 0) {
            throw new IllegalArgumentException("MSG_ZEROCOPY: the kernel reads the memory after the call; use ZeroCopy,"
                    + " which keeps it until then");
        }
    }

    // Each is one try, small enough to become a part of its caller, and the rest apart from it.

    final int transmit(long address, int length, int flags, @Nullable Sockaddr to) throws IOException {
        checkSendFlags(flags);
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
                if (givesUp(done, true, sending(to), flags, to, length)) {
                    return WOULD_BLOCK;
                }
                waiter = Waiter.orBeginFor(waiter, life, Waiter.SEND);
                beforeRetry(waiter, done, true, sending(to), to);
                done = send(fd, address, length, flags | MSG_DONTWAIT, to);
            }
            return (int) done;
        } finally {
            Waiter.end(waiter);
        }
    }

    final int take(long address, int length, int flags, @Nullable Sockaddr from) throws IOException {
        int fd = enter();
        try {
            boolean skips = waits && maySkipLook() && mayWaitInside(flags);
            long done = skips ? -EAGAIN : receive(fd, address, length, flags | MSG_DONTWAIT, from);
            return done >= 0 ? (int) done : takeLater(done, fd, address, length, flags, from);
        } finally {
            exit();
        }
    }

    /** As the next one, into memory that only the caller keeps reachable. */
    final int take(ByteBuffer copy, int length, int flags, @Nullable Sockaddr from) throws IOException {
        try {
            return take(Memory.address(copy), length, flags, from);
        } finally {
            Reference.reachabilityFence(copy); // a large one is not kept by CallMemory
        }
    }

    private int takeLater(long failed, int fd, long address, int length, int flags, @Nullable Sockaddr from)
            throws IOException {
        Waiter waiter = null;
        try {
            boolean inside = false;
            long done = failed;
            while (done < 0) {
                if (givesUp(done, false, from == null ? "recv" : "recvfrom", flags, null)) {
                    return WOULD_BLOCK;
                }
                if (done == -EAGAIN && !inside && waiter == null && mayWaitInside(flags)) {
                    waits = true;
                    inside = true;
                } else if (done == -EAGAIN) {
                    inside = false; // who shares the descriptor made it O_NONBLOCK, or there is an SO_RCVTIMEO
                    waiter = Waiter.orBeginFor(waiter, life, Waiter.RECEIVE);
                    awaitOrTimeOut(waiter, POLLIN, from == null ? "recv" : "recvfrom", null);
                } else {
                    inside &= mayWaitInside(flags); // the signal may be of a timeout that was changed
                }
                done = inside
                        ? call(BlockedWaiter.receive(address, length, flags, from))
                        : receive(fd, address, length, flags | MSG_DONTWAIT, from);
            }
            return (int) done;
        } finally {
            Waiter.end(waiter);
        }
    }

    private boolean mayWaitInside(int flags) {
        return (flags & NEVER_WAIT) == 0 && mayWaitInside(false);
    }

    /** Whether a system call may be left to block, see {@link BlockedWaiter}. */
    final boolean mayWaitInside(boolean out) {
        return !nonBlocking && timeoutNanos(out) < 0 && !VirtualThreads.isCurrent();
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

    private static long receive(int fd, long address, int length, int flags, @Nullable Sockaddr peer) {
        if (peer == null) {
            return LIBC.recv(fd, address, length, flags);
        }
        peer.reset();
        return LIBC.recvfrom(fd, address, length, flags, peer.address(), peer.lengthAddress());
    }

    final int transfer(boolean out, byte[] array, int offset, int length, int flags) throws IOException {
        checkSendFlags(flags);
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
                String call = out ? "send" : "recv";
                if (givesUp(done, out, call, flags, null, length)) {
                    return WOULD_BLOCK;
                }
                waiter = Waiter.orBeginFor(waiter, life, out ? Waiter.SEND : Waiter.RECEIVE);
                beforeRetry(waiter, done, out, call, null);
            }
        } finally {
            Waiter.end(waiter);
            exit();
        }
    }

    /**
     * What to do about a negative result: a failure is thrown.
     *
     * @param call the C function, for the exception
     * @param what the address or the message of a send, for the exception; null for the socket's peer and for receives
     * @return true when the call would block and may not
     */
    final boolean givesUp(long result, boolean out, String call, int flags, @Nullable Object what) throws IOException {
        return givesUp(result, out, call, flags, what, 0);
    }

    private boolean givesUp(long result, boolean out, String call, int flags, @Nullable Object what, int bytes)
            throws IOException {
        if (result == -EAGAIN) {
            return timeoutNanos(out) == 0 || neverWaits(out, flags);
        } else if (result == -EINTR) {
            return false;
        } else if (out && (result == -EINPROGRESS || result == -ENOBUFS)) {
            if (result == -EINPROGRESS) {
                connecting = true; // by MSG_FASTOPEN or TCP_FASTOPEN_CONNECT, and nothing was sent
            }
            boolean zeroCopy = (flags & MSG_ZEROCOPY) != 0; // its ENOBUFS ends when the completions are read
            if (timeoutNanos(true) != 0 && !neverWaits(true, flags) && !(result == -ENOBUFS && zeroCopy)) {
                return false;
            }
        }
        throw Errors.exception(result, call, Target.of(this, what, bytes));
    }

    /**
     * Whether a call with these flags gives EAGAIN on a blocking socket, too. Out-of-band data of a stream and the error
     * queue are there or not; a socket that knows neither ignores the flag, and waits.
     */
    final boolean neverWaits(boolean out, int flags) {
        if (out || (flags & NEVER_WAIT) == 0) {
            return (flags & MSG_DONTWAIT) != 0;
        }
        return (flags & MSG_DONTWAIT) != 0
                || ((flags & MSG_OOB) != 0 && type.equals(SocketType.STREAM))
                || ((flags & MSG_ERRQUEUE) != 0 && !domain.equals(Domain.UNIX) && !domain.equals(Domain.NETLINK));
    }

    /**
     * Waits, inside of a call that gave EAGAIN, EINTR, EINPROGRESS or ENOBUFS, until it is worth to make it again. A call
     * that has begun a connection by MSG_FASTOPEN may be made again as it was: the kernel then finds it connected, and
     * sends. For a device's queue, which is what ENOBUFS says is full, there is no readiness.
     */
    final void beforeRetry(Waiter waiter, long result, boolean out, String call, @Nullable Object what)
            throws IOException {
        if (result == -EAGAIN) {
            awaitOrTimeOut(waiter, out ? POLLOUT : POLLIN, call, what);
        } else if (result == -ENOBUFS) {
            if (!pause(waiter) && !waiter.isNonBlocking()) {
                throw Errors.timeout(Errno.ENOBUFS, call, Target.of(this, what, 0));
            }
        } else if (result == -EINPROGRESS) {
            ByteBuffer memory = Memory.allocate(SocketBirth.OPTION_SIZE); // what is to be sent may lie in CallMemory's
            try {
                boolean ignored = finishConnect(waiter, null, memory);
            } finally {
                Reference.reachabilityFence(memory);
            }
        }
    }

    /** Ends a connect that is under way, inside of a call; {@code memory} is for an option. */
    abstract boolean finishConnect(Waiter waiter, @Nullable Sockaddr remote, ByteBuffer memory) throws IOException;

    /**
     * After a send with MSG_FASTOPEN: its data may be in a SYN that nobody has answered, and whoever may wait is told of a
     * refusal here, as by a blocking send(2).
     */
    final void afterFastOpen(int flags, @Nullable Sockaddr to) throws IOException {
        int fd = enter();
        try {
            if (!isTcp(fd) || hasPeer(fd)) {
                return;
            }
            connecting = true;
            if (timeoutNanos(true) != 0 && !neverWaits(true, flags)) {
                Waiter waiter = Waiter.beginFor(life, Waiter.SEND);
                try {
                    boolean ignored = finishConnect(waiter, to, CallMemory.of(SocketBirth.OPTION_SIZE));
                } catch (SocketTimeoutException e) {
                    // as send(2): what the SYN took is sent, and the attempt goes on
                } finally {
                    Waiter.end(waiter);
                }
            }
        } finally {
            exit();
        }
    }

    /** Whether getpeername(2) knows a peer: not of a TCP socket that is still connecting, or has failed to. */
    final boolean hasPeer(int fd) {
        Sockaddr peer = new Sockaddr();
        try {
            return LIBC.getpeername(fd, peer.address(), peer.lengthAddress()) == 0;
        } finally {
            Reference.reachabilityFence(peer);
        }
    }

    /** Whether it is TCP or multipath TCP; asks the kernel, and uses {@link CallMemory}. */
    final boolean isTcp(int fd) throws IOException {
        if (!type.equals(SocketType.STREAM) || (!domain.equals(Domain.INET) && !domain.equals(Domain.INET6))) {
            return false;
        }
        int protocol = SocketBirth.intOption(fd, Linux.SO_PROTOCOL);
        return protocol == Linux.IPPROTO_TCP || protocol == Linux.IPPROTO_MPTCP;
    }

    private static String sending(@Nullable Sockaddr to) {
        return to == null ? "send" : "sendto";
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

    /** Waits, inside of a call, which is to be made once more: of a socket that has become non-blocking, too. */
    final void awaitOrTimeOut(Waiter waiter, int events, String call, @Nullable Object what) throws IOException {
        if (!await(waiter, events) && !waiter.isNonBlocking()) {
            throw Errors.timeout(Errno.EAGAIN, call, Target.of(this, what, 0));
        }
    }

    final void awaitBetweenCalls(Waiter waiter, int events, String call) throws IOException {
        enter();
        try {
            awaitOrTimeOut(waiter, events, call, null);
        } finally {
            exit();
        }
    }
}
