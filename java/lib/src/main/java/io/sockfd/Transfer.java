package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.MSG_ERRQUEUE;
import static io.sockfd.raw.Linux.MSG_FASTOPEN;
import static io.sockfd.raw.Linux.MSG_NOSIGNAL;
import static io.sockfd.raw.Linux.MSG_OOB;
import static io.sockfd.raw.Linux.MSG_PEEK;
import static io.sockfd.raw.Linux.MSG_TRUNC;
import static io.sockfd.raw.Linux.MSG_WAITALL;
import static io.sockfd.raw.Linux.MSG_ZEROCOPY;
import static io.sockfd.raw.Linux.POLLIN;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.BlockedSleeper;
import io.sockfd.internal.wait.Wait;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Moves bytes by send(2), sendto(2), recv(2) and recvfrom(2): one system call where it can proceed at once. */
final class Transfer {
    private static final Libc LIBC = Libc.getOrRefusing();

    private Transfer() {}

    // ---- send ----------------------------------------------------------------------------------------------------

    static int send(Endpoint socket, byte[] src, int offset, int length, int flags) throws IOException {
        Objects.checkFromIndexSize(offset, length, src.length);
        int part = part(socket, length);
        if (part <= Libc.HEAP_MAX) {
            return sendHeap(socket, src, offset, part, flags);
        }
        ByteBuffer copy = CallMemory.of(part);
        copy.put(0, src, offset, part);
        return sendCopy(socket, copy, part, flags, null);
    }

    static int send(Endpoint socket, ByteBuffer src, @Nullable Sockaddr to, int flags) throws IOException {
        int position = src.position();
        int length = Math.max(0, src.limit() - position); // each is read once: another thread may move them
        long address = socket.steadyAddress(src);
        int sent;
        if (address != 0) {
            sent = sendDirect(socket, address + position, length, flags, to);
        } else {
            int part = part(socket, length);
            if (to == null && part <= Libc.HEAP_MAX && src.hasArray()) {
                sent = sendHeap(socket, src.array(), src.arrayOffset() + position, part, flags);
            } else {
                ByteBuffer copy = CallMemory.of(part);
                copy.put(0, src, position, part);
                sent = sendCopy(socket, copy, part, flags, to);
            }
        }
        if (sent > 0) {
            src.position(position + sent);
        }
        if (to != null && (flags & MSG_FASTOPEN) != 0 && sent >= 0) {
            Connection.afterFastOpen(socket, flags, to);
        }
        return sent;
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

    /** From memory that only this method keeps reachable. */
    private static int sendCopy(Endpoint socket, ByteBuffer copy, int length, int flags, @Nullable Sockaddr to)
            throws IOException {
        try {
            return sendDirect(socket, Memory.address(copy), length, flags, to);
        } finally {
            Reference.reachabilityFence(copy); // a large one is not kept by CallMemory
        }
    }

    /** One attempt, small enough to be inlined; the waiting is in {@link #sendLater}. */
    private static int sendDirect(Endpoint socket, long address, int length, int flags, @Nullable Sockaddr to)
            throws IOException {
        checkSendFlags(flags);
        int fd = socket.enter();
        try {
            long done = attemptSend(fd, address, length, flags, to);
            return done >= 0 ? (int) done : sendLater(done, socket, address, length, flags, to);
        } finally {
            socket.exit();
        }
    }

    private static int sendLater(
            long failed, Endpoint socket, long address, int length, int flags, @Nullable Sockaddr to)
            throws IOException {
        String call = to == null ? "send" : "sendto";
        Wait wait = null;
        long done = failed;
        try {
            while (done < 0) {
                if (Retry.wouldBlockOrThrow(socket, done, true, call, flags, to, length, 0)) {
                    return Endpoint.WOULD_BLOCK;
                }
                wait = Wait.orBeginFor(wait, socket.life, Wait.SEND);
                Retry.await(socket, wait, done, true, call, to);
                done = attemptSend(socket.number(), address, length, flags, to);
            }
            return (int) done;
        } finally {
            Wait.end(wait);
        }
    }

    private static long attemptSend(int fd, long address, int length, int flags, @Nullable Sockaddr to) {
        int all = flags | MSG_DONTWAIT | MSG_NOSIGNAL;
        return to == null
                ? LIBC.send(fd, address, length, all)
                : LIBC.sendto(fd, address, length, all, to.address(), to.length());
    }

    // ---- receive -------------------------------------------------------------------------------------------------

    static int receive(Endpoint socket, byte[] dst, int offset, int length, int flags) throws IOException {
        Objects.checkFromIndexSize(offset, length, dst.length);
        if (((flags & (MSG_WAITALL | MSG_TRUNC | MSG_PEEK)) | socket.belowMark()) != 0) {
            return receive(socket, ByteBuffer.wrap(dst, offset, length), null, flags);
        }
        int received;
        int part = part(socket, length);
        if (part <= Libc.HEAP_MAX) {
            received = receiveHeap(socket, dst, offset, part, flags);
        } else {
            ByteBuffer copy = CallMemory.of(part);
            received = receiveCopy(socket, copy, part, flags, null);
            if (received > 0) {
                copy.get(0, dst, offset, received);
            }
        }
        return orEnd(socket, received, length, flags);
    }

    static int receive(Endpoint socket, ByteBuffer dst, @Nullable Sockaddr from, int flags) throws IOException {
        if (dst.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        if (((flags & MSG_WAITALL) | socket.belowMark()) != 0 && socket.waitsForMore(flags)) {
            return receiveAll(socket, dst, from, flags);
        }
        return (flags & MSG_TRUNC) == 0
                ? receiveOnce(socket, dst, from, flags, true)
                : receiveTruncated(socket, dst, from, flags);
    }

    private static int receiveOnce(Endpoint socket, ByteBuffer dst, @Nullable Sockaddr from, int flags, boolean stores)
            throws IOException {
        int position = dst.position();
        int length = Math.max(0, dst.limit() - position);
        int received = receiveAt(socket, dst, position, length, from, flags, stores);
        if (received >= length && stores) { // more by MSG_TRUNC
            dst.position(position + length);
            return received;
        } else if (received > 0 && stores) {
            dst.position(position + received);
        }
        return orEnd(socket, received, length, flags);
    }

    /** Into a part of the buffer, whose position stays. */
    private static int receiveAt(
            Endpoint socket,
            ByteBuffer dst,
            int position,
            int length,
            @Nullable Sockaddr from,
            int flags,
            boolean stores)
            throws IOException {
        long address = socket.steadyAddress(dst);
        if (address != 0) {
            return receiveDirect(socket, address + position, length, flags, from);
        }
        int part = (flags & MSG_PEEK) != 0 ? length : part(socket, length); // nobody can peek at the rest
        if (from == null && part <= Libc.HEAP_MAX && dst.hasArray()) {
            return receiveHeap(socket, dst.array(), dst.arrayOffset() + position, part, flags);
        }
        ByteBuffer copy = CallMemory.toFill(dst, part);
        int received = receiveCopy(socket, copy, part, flags, from);
        if (received > 0 && stores) {
            dst.put(position, copy, 0, Math.min(received, part));
        }
        return received;
    }

    /** MSG_WAITALL, or SO_RCVLOWAT: the kernel heeds neither with the MSG_DONTWAIT that every receive here has. */
    private static int receiveAll(Endpoint socket, ByteBuffer dst, @Nullable Sockaddr from, int flags)
            throws IOException {
        boolean peeks = (flags & MSG_PEEK) != 0;
        int start = dst.position();
        int length = Math.max(0, dst.limit() - start);
        long target = socket.target(flags, length);
        int now = (flags | MSG_DONTWAIT) & ~MSG_WAITALL;
        int total = 0;
        WaitAll wait = null;
        socket.enter();
        try {
            if (socket.mark() > 1) {
                wait = new WaitAll(socket, peeks, target);
                wait.forMark();
            }
            boolean stores = (flags & MSG_TRUNC) == 0 || !socket.isTcp();
            while (true) {
                int before = peeks ? 0 : total;
                int at = stores ? start + before : start;
                int received = receiveAt(socket, dst, at, length - before, from, now, stores);
                if (received > 0) {
                    total = before + received;
                    dst.position(stores ? start + total : start);
                }
                if (received == 0 || total >= target) {
                    return total == 0 && length > 0 ? -1 : total;
                }
                wait = wait == null ? new WaitAll(socket, peeks, target) : wait;
                if (!wait.forMore(total)) {
                    return total > 0 ? total : Endpoint.WOULD_BLOCK;
                }
            }
        } catch (ClosedChannelException e) {
            throw socket.closedMeanwhile(e);
        } finally {
            WaitAll.end(wait);
            socket.exit();
        }
    }

    /** With MSG_TRUNC: TCP does not store what it takes, and is asked first whether it is that. */
    private static int receiveTruncated(Endpoint socket, ByteBuffer dst, @Nullable Sockaddr from, int flags)
            throws IOException {
        socket.enter();
        try {
            return receiveOnce(socket, dst, from, flags, !socket.isTcp());
        } catch (ClosedChannelException e) {
            throw socket.closedMeanwhile(e);
        } finally {
            socket.exit();
        }
    }

    /** What is 0 at the end of a stream becomes -1. */
    private static int orEnd(Endpoint socket, int received, int length, int flags) {
        return received == 0 && length > 0 && socket.type.endsWithZero() && (flags & (MSG_ERRQUEUE | MSG_OOB)) == 0
                ? -1
                : received;
    }

    /** Into memory that only this method keeps reachable. */
    private static int receiveCopy(Endpoint socket, ByteBuffer copy, int length, int flags, @Nullable Sockaddr from)
            throws IOException {
        try {
            return receiveDirect(socket, Memory.address(copy), length, flags, from);
        } finally {
            Reference.reachabilityFence(copy); // a large one is not kept by CallMemory
        }
    }

    /** One attempt, small enough to be inlined; the waiting is in {@link #receiveLater}. */
    private static int receiveDirect(Endpoint socket, long address, int length, int flags, @Nullable Sockaddr from)
            throws IOException {
        int fd = socket.enter();
        try {
            boolean skips = socket.maySkipFirstTry(flags);
            long done = skips ? -EAGAIN : attemptReceive(fd, address, length, flags, from);
            return done >= 0 ? (int) done : receiveLater(done, socket, address, length, flags, from);
        } finally {
            socket.exit();
        }
    }

    private static int receiveLater(
            long failed, Endpoint socket, long address, int length, int flags, @Nullable Sockaddr from)
            throws IOException {
        String call = from == null ? "recv" : "recvfrom";
        Wait wait = null;
        long done = failed;
        try {
            boolean inside = false;
            while (done < 0) {
                if (Retry.wouldBlockOrThrow(socket, done, false, call, flags, null, 0, 0)) {
                    return Endpoint.WOULD_BLOCK;
                }
                if (socket.endedByShutdown(done, wait)) {
                    if (from != null) {
                        from.length(0);
                    }
                    return 0;
                }
                if (done == -EAGAIN && !inside && wait == null && socket.mayReceiveInside(flags)) {
                    socket.expectToWait();
                    inside = true;
                } else if (done == -EAGAIN) {
                    inside = false; // who shares the descriptor made it O_NONBLOCK, or there is an SO_RCVTIMEO
                    wait = Wait.orBeginFor(wait, socket.life, Wait.RECEIVE);
                    Retry.awaitOrTimeOut(socket, wait, POLLIN, call, null);
                } else {
                    inside &= socket.mayReceiveInside(flags); // the signal may be of a timeout that was changed
                }
                done = inside
                        ? socket.call(BlockedSleeper.receive(address, length, flags, from))
                        : attemptReceive(socket.number(), address, length, flags, from);
            }
            return (int) done;
        } finally {
            Wait.end(wait);
        }
    }

    private static long attemptReceive(int fd, long address, int length, int flags, @Nullable Sockaddr from) {
        int all = flags | MSG_DONTWAIT;
        if (from == null) {
            return LIBC.recv(fd, address, length, all);
        }
        from.reset();
        return LIBC.recvfrom(fd, address, length, all, from.address(), from.lengthAddress());
    }

    /** How much of heap memory one call moves: of a stream not too much, and what needs no copy on a virtual thread. */
    private static int part(Endpoint socket, int length) {
        return length <= Libc.HEAP_MAX ? length : (int) Math.min(length, socket.mostCopied());
    }

    // ---- arrays --------------------------------------------------------------------------------------------------

    /** At most {@link Libc#HEAP_MAX} bytes, which the backend brings to the kernel in its own way. */
    private static int sendHeap(Endpoint socket, byte[] array, int offset, int length, int flags) throws IOException {
        checkSendFlags(flags);
        Wait wait = null;
        long done = 0;
        int fd = socket.enter();
        try {
            while (true) {
                done = LIBC.send(fd, array, offset, length, flags | MSG_NOSIGNAL);
                if (done >= 0) {
                    return (int) done;
                } else if (Retry.wouldBlockOrThrow(socket, done, true, "send", flags, null, length, 0)) {
                    return Endpoint.WOULD_BLOCK;
                }
                wait = Wait.orBeginFor(wait, socket.life, Wait.SEND);
                Retry.await(socket, wait, done, true, "send", null);
            }
        } finally {
            Wait.end(wait);
            socket.exit();
        }
    }

    /** As {@link #sendHeap}. */
    private static int receiveHeap(Endpoint socket, byte[] array, int offset, int length, int flags)
            throws IOException {
        int fd = socket.enter();
        try {
            boolean skips = socket.maySkipFirstTry(flags);
            long done = skips ? -EAGAIN : LIBC.recv(fd, array, offset, length, flags);
            return done >= 0 ? (int) done : receiveHeapLater(done, socket, array, offset, length, flags);
        } finally {
            socket.exit();
        }
    }

    private static int receiveHeapLater(long failed, Endpoint socket, byte[] array, int offset, int length, int flags)
            throws IOException {
        if (socket.mayReceiveInside(flags)) {
            return receiveHeapInside(failed, socket, array, offset, length, flags);
        }
        Wait wait = null;
        long done = failed;
        try {
            while (done < 0) {
                if (Retry.wouldBlockOrThrow(socket, done, false, "recv", flags, null, 0, 0)) {
                    return Endpoint.WOULD_BLOCK;
                } else if (socket.endedByShutdown(done, wait)) {
                    return 0;
                }
                wait = Wait.orBeginFor(wait, socket.life, Wait.RECEIVE);
                Retry.await(socket, wait, done, false, "recv", null);
                done = LIBC.recv(socket.number(), array, offset, length, flags);
            }
            return (int) done;
        } finally {
            Wait.end(wait);
        }
    }

    /** A thread may sleep in the kernel with memory that stays where it is, and not with an array: by a copy, then. */
    private static int receiveHeapInside(long failed, Endpoint socket, byte[] array, int offset, int length, int flags)
            throws IOException {
        ByteBuffer copy = CallMemory.of(length);
        if ((flags & MSG_TRUNC) != 0) {
            copy.put(0, array, offset, length); // TCP stores nothing then
        }
        int received = receiveLater(failed, socket, Memory.address(copy), length, flags, null);
        if (received > 0) {
            copy.get(0, array, offset, Math.min(received, length));
        }
        return received;
    }
}
