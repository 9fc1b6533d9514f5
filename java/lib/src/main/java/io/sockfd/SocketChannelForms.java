package io.sockfd;

import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.MSG_FASTOPEN;
import static io.sockfd.raw.Linux.MSG_NOSIGNAL;
import static io.sockfd.raw.Linux.MSG_WAITALL;

import io.sockfd.internal.memory.GatherHeader;
import io.sockfd.internal.memory.MessageBuffers;
import io.sockfd.internal.wait.Waiter;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The third of {@link Socket} that makes it one of the JDK's channels, and the ways past user space. */
abstract class SocketChannelForms extends SocketIo implements ByteChannel, ScatteringByteChannel, GatheringByteChannel {
    SocketChannelForms(int fd, boolean owned, Domain domain, SocketType type) {
        super(fd, owned, domain, type);
    }

    /**
     * Reads as a channel does.
     *
     * @return the bytes read, 0 when there is no room or a non-blocking socket has nothing, -1 at the end of a stream
     * @throws java.nio.channels.NotYetConnectedException ENOTCONN
     */
    @Override
    public final int read(ByteBuffer dst) throws IOException {
        if (!dst.hasRemaining() && !dst.isReadOnly()) {
            checkOpen();
            return 0;
        }
        return noneIsZero(recv(dst, 0));
    }

    /**
     * Writes as a channel does: a blocking stream socket writes all that remains, a non-blocking one what fits, a datagram
     * socket one datagram.
     *
     * @return the bytes written
     * @throws java.nio.channels.NotYetConnectedException ENOTCONN
     */
    @Override
    public final int write(ByteBuffer src) throws IOException {
        if (!type.equals(SocketType.STREAM)) {
            return noneIsZero(send(src, 0));
        }
        int before = src.position();
        do {
            if (src.hasRemaining() && send(src, 0) == WOULD_BLOCK) {
                break;
            }
        } while (src.hasRemaining());
        checkOpen();
        return src.position() - before;
    }

    /** As {@link #read(ByteBuffer)}, into several buffers by one readv-like call. */
    @Override
    public final long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, dsts.length);
        if (firstWithRoom(dsts, offset, offset + length) == offset + length) {
            checkOpen();
            return 0;
        }
        long received = vectored(false, dsts, offset, length);
        return received == 0 && type.endsWithZero() ? -1 : noneIsZero(received);
    }

    @Override
    public final long read(ByteBuffer[] dsts) throws IOException {
        return read(dsts, 0, dsts.length);
    }

    /** As {@link #write(ByteBuffer)}, from several buffers: one message, or for a stream one call after the other. */
    @Override
    public final long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, srcs.length);
        if (!type.equals(SocketType.STREAM)) {
            return noneIsZero(vectored(true, srcs, offset, length));
        }
        long total = 0;
        int first = offset;
        checkOpen();
        while (true) {
            first = firstWithRoom(srcs, first, offset + length);
            if (first == offset + length) {
                return total;
            }
            long sent = vectored(true, srcs, first, offset + length - first);
            if (sent == WOULD_BLOCK) {
                return total;
            }
            total += sent;
        }
    }

    @Override
    public final long write(ByteBuffer[] srcs) throws IOException {
        return write(srcs, 0, srcs.length);
    }

    private static int firstWithRoom(ByteBuffer[] buffers, int from, int to) {
        int i = from;
        while (i < to && !buffers[i].hasRemaining()) {
            i++;
        }
        return i;
    }

    private long vectored(boolean out, ByteBuffer[] buffers, int offset, int length) throws IOException {
        Waiter waiter = null;
        int fd = enter();
        try {
            while (true) {
                long done = vectoredOnce(fd, out, buffers, offset, length);
                if (done >= 0) {
                    return done;
                }
                String call = out ? "sendmsg" : "recvmsg";
                if (givesUp(done, out, call, 0, null)) {
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

    /** Laid out anew each time, because a wait may use the thread's memory. */
    private long vectoredOnce(int fd, boolean out, ByteBuffer[] buffers, int offset, int length) {
        GatherHeader vector = GatherHeader.layOut(buffers, offset, length, out, mostCopied());
        try {
            long done = out
                    ? LIBC.sendmsg(fd, vector.address(), MSG_DONTWAIT | MSG_NOSIGNAL)
                    : LIBC.recvmsg(fd, vector.address(), MSG_DONTWAIT | closeOnExec());
            vector.advance(out, done);
            return done;
        } finally {
            vector.forget();
        }
    }

    /**
     * Sends one message with its address and ancillary data; moves its buffers' positions.
     *
     * @return the bytes sent, or {@link #WOULD_BLOCK}
     * @throws IOException with the errno, for instance EMSGSIZE, ETOOMANYREFS, EINVAL for bad control data, ENOBUFS at once
     *     for more of it than net.core.optmem_max allows
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">sendmsg(2)</a>
     */
    public final long sendMessage(Message message, int flags) throws IOException {
        checkSendFlags(flags);
        return send(message, flags, null);
    }

    /** As {@link #sendMessage}; with MSG_ZEROCOPY there is one who keeps the buffers until the kernel is done with them. */
    final long send(Message message, int flags, @Nullable Completions keeper) throws IOException {
        Waiter waiter = null;
        long sent = -1;
        int fd = enter();
        try {
            message.beforeSend(keeper == null ? mostCopied() : MessageBuffers.NO_COPIES);
            while (true) {
                sent = LIBC.sendmsg(fd, message.header(), flags | MSG_DONTWAIT | MSG_NOSIGNAL);
                if (sent >= 0) {
                    if ((flags & MSG_FASTOPEN) != 0) {
                        afterFastOpen(flags, message.address());
                    }
                    return sent;
                }
                if (givesUp(sent, true, "sendmsg", flags | message.neverWaits(sent), message)) {
                    return WOULD_BLOCK;
                }
                waiter = Waiter.orBeginFor(waiter, life, Waiter.SEND);
                beforeRetry(waiter, sent, true, "sendmsg", message);
            }
        } finally {
            Waiter.end(waiter);
            exit();
            message.afterSend(sent, keeper);
        }
    }

    /**
     * Receives one message with its address and ancillary data. Descriptors arrive close-on-exec. With {@code MSG_WAITALL} a
     * stream fills the message's buffers, as {@link #recv(ByteBuffer, int)} says; of a UNIX stream it ends with what brings
     * ancillary data.
     *
     * @return the bytes received, 0 for an empty datagram, -1 at the end of a stream, or {@link #WOULD_BLOCK}
     * @throws IOException with the errno
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recvmsg(2)</a>
     */
    public final long receiveMessage(Message message, int flags) throws IOException {
        long received = -1;
        int fd = enter();
        try {
            boolean all = (flags & MSG_WAITALL) != 0 && waitsForAll(flags);
            message.beforeReceive(all || (flags & Linux.MSG_PEEK) != 0 ? Long.MAX_VALUE : mostCopied());
            received = all ? receiveAll(fd, message, flags & ~MSG_WAITALL) : receiveOnce(fd, message, flags);
            boolean ended =
                    received == 0 && type.endsWithZero() && message.iovecs().room() > 0;
            return ended && (flags & Linux.MSG_ERRQUEUE) == 0 ? -1 : received;
        } finally {
            exit();
            message.afterReceive(received);
        }
    }

    /** Between beforeReceive and afterReceive. */
    private long receiveOnce(int fd, Message message, int flags) throws IOException {
        Waiter waiter = null;
        try {
            while (true) {
                long received = LIBC.recvmsg(fd, message.header(), flags | MSG_DONTWAIT | closeOnExec());
                if (received >= 0) {
                    return received;
                }
                if (givesUp(received, false, "recvmsg", flags, null)) {
                    return WOULD_BLOCK;
                }
                waiter = Waiter.orBeginFor(waiter, life, Waiter.RECEIVE);
                beforeRetry(waiter, received, false, "recvmsg", null);
            }
        } finally {
            Waiter.end(waiter);
        }
    }

    /** As the call before, with MSG_WAITALL. */
    private long receiveAll(int fd, Message message, int flags) throws IOException {
        boolean peeks = (flags & Linux.MSG_PEEK) != 0;
        long room = message.iovecs().room();
        long total = receiveOnce(fd, message, flags);
        if (total <= 0 || total >= room) {
            return total;
        }
        WaitAll wait = new WaitAll(this, fd, peeks);
        try {
            while (total < room && !(domain.equals(Domain.UNIX) && message.hasControl()) && wait.forMore(total)) {
                long before = peeks ? 0 : total;
                Runnable undo = message.beforeMore(before);
                long received = LIBC.recvmsg(fd, message.header(), flags | MSG_DONTWAIT | closeOnExec());
                if (received <= 0) {
                    undo.run();
                }
                if (received == 0) {
                    return total;
                } else if (received > 0) {
                    total = before + received;
                } else if (received != -Linux.EAGAIN && received != -Linux.EINTR) {
                    return total;
                }
            }
            return total;
        } finally {
            WaitAll.end(wait);
        }
    }

    /**
     * Sends messages {@code from} to {@code from + n - 1} of a batch, by one call.
     *
     * @return how many were sent, or {@link #WOULD_BLOCK}; an error counts only for the first, send the rest to see it
     * @throws IOException with the errno of the first message
     * @see <a href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</a>
     */
    public final int sendMessages(MessageBatch batch, int from, int n, int flags) throws IOException {
        checkSendFlags(flags);
        Waiter waiter = null;
        int sent = -1;
        int fd = enter();
        try {
            batch.beforeSend(from, n);
            while (true) {
                sent = Refused.sendAll(fd, batch, from, n, flags | MSG_DONTWAIT | MSG_NOSIGNAL);
                if (sent >= 0) {
                    if ((flags & MSG_FASTOPEN) != 0) {
                        afterFastOpen(flags, batch.get(from).address());
                    }
                    return sent;
                }
                if (givesUp(sent, true, "sendmmsg", flags | batch.get(from).neverWaits(sent), batch.get(from))) {
                    return WOULD_BLOCK;
                }
                waiter = Waiter.orBeginFor(waiter, life, Waiter.SEND);
                beforeRetry(waiter, sent, true, "sendmmsg", batch.get(from));
            }
        } finally {
            Waiter.end(waiter);
            exit();
            batch.afterSend(from, n, sent);
        }
    }

    /**
     * Receives into messages {@code from} to {@code from + n - 1} of a batch what is there, by one call; waits only for
     * the first, as if {@code MSG_WAITFORONE} were always given. {@code MSG_WAITALL} fills the first one.
     *
     * @return how many were received, or {@link #WOULD_BLOCK}
     * @throws IOException with the errno
     * @see <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>
     */
    public final int receiveMessages(MessageBatch batch, int from, int n, int flags) throws IOException {
        Waiter waiter = null;
        int received = -1;
        int fd = enter();
        try {
            batch.beforeReceive(from, n);
            if ((flags & MSG_WAITALL) != 0 && n > 0 && waitsForAll(flags)) {
                received = receiveFirst(fd, batch, from, n, flags & ~MSG_WAITALL);
                return received;
            }
            while (true) {
                received = Refused.receiveAll(fd, batch, from, n, flags | closeOnExec());
                if (received >= 0) {
                    return received;
                }
                if (givesUp(received, false, "recvmmsg", flags, null)) {
                    return WOULD_BLOCK;
                }
                waiter = Waiter.orBeginFor(waiter, life, Waiter.RECEIVE);
                beforeRetry(waiter, received, false, "recvmmsg", null);
            }
        } finally {
            Waiter.end(waiter);
            exit();
            batch.afterReceive(from, n, received);
        }
    }

    private int receiveFirst(int fd, MessageBatch batch, int from, int n, int flags) throws IOException {
        long first = receiveAll(fd, batch.get(from), flags);
        if (first < 0) {
            return (int) first;
        }
        batch.moved(from, first);
        // not at an end or an error, which belong to the next call
        int more = n > 1 && WaitAll.hasMore(fd)
                ? LIBC.recvmmsg(fd, batch.header(from + 1), n - 1, flags | MSG_DONTWAIT | closeOnExec(), 0)
                : 0;
        return 1 + Math.max(0, more);
    }

    /**
     * Sends a part of a file, by reads at positions into memory of the thread: no descriptor is looked for, duplicated or
     * closed, so that all record locks of this process stay. The channel's position is not moved. The timeout counts for
     * all of it. {@link #sendFile(Descriptor, long, long)} sends without bringing the data into user space.
     *
     * <p>For streams; of a socket of messages each 128 KiB are one, 16 KiB on a virtual thread. An interrupt closes this
     * socket while it waits, and the file's channel while that is read.
     *
     * @param file any channel that reads at positions
     * @param position in bytes from the file's start; from its end on nothing is sent
     * @param count at most this many bytes; fewer when the file ends before
     * @return the bytes sent; fewer than asked for at the file's end, and when a non-blocking socket takes no more
     * @throws IllegalArgumentException when {@code position} or {@code count} is negative
     * @throws java.nio.channels.NonReadableChannelException when the file is not open for reading
     * @throws java.nio.channels.ClosedChannelException when either channel is closed
     * @throws java.net.SocketTimeoutException when the timeout passed first
     */
    public final long sendFile(FileChannel file, long position, long count) throws IOException {
        return FileSource.send(this, file, position, count);
    }

    /**
     * Sends a part of a file without bringing it into user space. The file's position is not moved. The timeout counts for
     * all of it.
     *
     * @param file for instance of {@link Descriptor#open}
     * @param position in bytes from the file's start; from its end on nothing is sent
     * @param count at most this many bytes; fewer when the file ends before
     * @return the bytes sent; fewer than asked for at the file's end, and when a non-blocking socket takes no more
     * @throws IllegalArgumentException when {@code position} or {@code count} is negative
     * @throws java.nio.channels.ClosedChannelException when either is closed
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws ErrnoException EBADF when the file is not open for reading, EINVAL when sendfile(2) does not take it, ESPIPE
     *     for a pipe, which {@link #spliceTo} takes
     * @see <a href="https://man7.org/linux/man-pages/man2/sendfile.2.html">sendfile(2)</a>
     */
    public final long sendFile(Descriptor file, long position, long count) throws IOException {
        return FileSource.send(this, file, position, count);
    }

    /**
     * Moves bytes from this stream to another descriptor inside the kernel, until {@code count} have been moved or this
     * stream ends. Waits as this socket's timeout says, for both sides. When the target fails, what was on its way is lost
     * (up to 1 MiB): {@link SplicePipe} keeps it.
     *
     * @param target a socket or any other descriptor that splice(2) takes
     * @return the bytes moved
     * @see <a href="https://man7.org/linux/man-pages/man2/splice.2.html">splice(2)</a>
     */
    public final long spliceTo(Descriptor target, long count) throws IOException {
        return Splice.move(this, target, count);
    }

    private static int noneIsZero(int moved) {
        return moved == WOULD_BLOCK ? 0 : moved;
    }

    private static long noneIsZero(long moved) {
        return moved == WOULD_BLOCK ? 0 : moved;
    }
}
