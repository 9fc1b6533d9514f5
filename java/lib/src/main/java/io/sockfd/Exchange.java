package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.MSG_ERRQUEUE;
import static io.sockfd.raw.Linux.MSG_FASTOPEN;
import static io.sockfd.raw.Linux.MSG_NOSIGNAL;
import static io.sockfd.raw.Linux.MSG_PEEK;
import static io.sockfd.raw.Linux.MSG_WAITALL;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.GatherHeader;
import io.sockfd.internal.memory.MessageBuffers;
import io.sockfd.internal.wait.BlockedSleeper;
import io.sockfd.internal.wait.Wait;
import io.sockfd.raw.Libc;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Moves what a struct msghdr, or an array of struct mmsghdr, describes: messages, batches of them, and several buffers at
 * once. All go through {@link #move}.
 */
final class Exchange {
    private static final Libc LIBC = Libc.getOrRefusing();

    private Exchange() {}

    // ---- the call ------------------------------------------------------------------------------------------------

    /**
     * Makes the call until it could proceed, between enter and exit. One attempt, small enough to be inlined; the waiting is
     * in {@link #moveLater}.
     *
     * @param header the struct msghdr; not looked at for a batch
     * @param message whose header that is; null for several buffers, and for a batch
     * @param batch of which the messages from {@code from} to {@code from + n - 1} are moved; null for one message
     * @return the bytes, of a batch the messages, or {@link Endpoint#WOULD_BLOCK}
     */
    private static long move(
            Endpoint socket,
            boolean out,
            long header,
            @Nullable Message message,
            @Nullable MessageBatch batch,
            int from,
            int n,
            int flags)
            throws IOException {
        boolean skips = !out && socket.maySkipFirstTry(flags);
        long done = skips ? -EAGAIN : attempt(socket, out, header, message, batch, from, n, flags);
        return done >= 0 ? done : moveLater(done, socket, out, header, message, batch, from, n, flags);
    }

    private static long attempt(
            Endpoint socket,
            boolean out,
            long header,
            @Nullable Message message,
            @Nullable MessageBatch batch,
            int from,
            int n,
            int flags) {
        int fd = socket.number();
        int all = flags | MSG_DONTWAIT | (out ? MSG_NOSIGNAL : socket.closeOnExec());
        if (batch != null) {
            return out ? Refused.sendAll(fd, batch, from, n, all) : Refused.receiveAll(fd, batch, from, n, all);
        } else if (out) {
            return message == null ? LIBC.sendmsg(fd, header, all) : message.sendBy(LIBC, fd, all);
        }
        return LIBC.recvmsg(fd, header, all);
    }

    private static long moveLater(
            long failed,
            Endpoint socket,
            boolean out,
            long header,
            @Nullable Message message,
            @Nullable MessageBatch batch,
            int from,
            int n,
            int flags)
            throws IOException {
        Message first = out && batch != null && n > 0 ? batch.get(from) : out ? message : null;
        String call = batch == null ? (out ? "sendmsg" : "recvmsg") : out ? "sendmmsg" : "recvmmsg";
        Wait wait = null;
        long done = failed;
        boolean inside = false;
        try {
            while (done < 0) {
                if (wouldBlockOrThrow(socket, done, out, call, flags, first)) {
                    return Endpoint.WOULD_BLOCK;
                }
                if (!out && socket.endedByShutdown(done, wait)) {
                    return nothing(message, batch, from);
                }
                if (!out && done == -EAGAIN && !inside && wait == null && socket.mayReceiveInside(flags)) {
                    socket.expectToWait();
                    inside = true;
                } else if (!inside || done == -EAGAIN) {
                    inside = false; // who shares the descriptor made it O_NONBLOCK, or there is an SO_RCVTIMEO
                    wait = Wait.orBeginFor(wait, socket.life, out ? Wait.SEND : Wait.RECEIVE);
                    Retry.await(socket, wait, done, out, call, first == null ? null : first.address());
                } else {
                    inside = socket.mayReceiveInside(flags); // the signal may be of a timeout that was changed
                }
                done = inside
                        ? receiveInside(socket, header, batch, from, n, flags)
                        : attempt(socket, out, header, message, batch, from, n, flags);
            }
            return done;
        } finally {
            Wait.end(wait);
        }
    }

    /** The call waits in the kernel, for the first message. */
    private static long receiveInside(
            Endpoint socket, long header, @Nullable MessageBatch batch, int from, int n, int flags) throws IOException {
        int all = flags | socket.closeOnExec();
        if (batch == null) {
            return socket.call(BlockedSleeper.receiveMessage(header, all));
        } else if (n > 1 && Refused.mayReceiveMany()) {
            return socket.call(BlockedSleeper.receiveMessages(batch.header(from), n, all));
        }
        long received = socket.call(BlockedSleeper.receiveMessage(batch.header(from), all));
        if (received < 0) {
            return received;
        }
        batch.moved(from, received);
        return 1;
    }

    /** What a receive gives that ended because reading was shut down: a message of 0 bytes, of nobody. */
    private static long nothing(@Nullable Message message, @Nullable MessageBatch batch, int from) {
        if (message != null) {
            message.receivesNothing();
        }
        if (batch == null) {
            return 0;
        }
        batch.get(from).receivesNothing();
        batch.moved(from, 0);
        return 1;
    }

    private static boolean wouldBlockOrThrow(
            Endpoint socket, long result, boolean out, String call, int flags, @Nullable Message first)
            throws IOException {
        if (first == null) {
            return Retry.wouldBlockOrThrow(socket, result, out, call, flags, null, 0, 0);
        }
        int segment = first.outgoing().segment();
        int own = flags | first.neverWaits(result);
        return Retry.wouldBlockOrThrow(socket, result, out, call, own, first.address(), first.remaining(), segment);
    }

    // ---- one message ---------------------------------------------------------------------------------------------

    /** With MSG_ZEROCOPY there is a keeper, which has the buffers until the kernel is done with them. */
    static long send(Endpoint socket, Message message, int flags, @Nullable ZeroCopyTickets keeper) throws IOException {
        long sent = -1;
        socket.enter();
        try {
            message.beforeSend(keeper == null ? socket.mostCopied() : MessageBuffers.NO_COPIES);
            sent = move(socket, true, message.header(), message, null, 0, 0, flags);
            afterSend(socket, sent, flags, message.address());
            return sent;
        } finally {
            socket.exit();
            message.afterSend(sent, keeper);
        }
    }

    private static void afterSend(Endpoint socket, long sent, int flags, @Nullable Sockaddr to) throws IOException {
        if (sent >= 0 && (flags & MSG_FASTOPEN) != 0) {
            Connection.afterFastOpen(socket, flags, to);
        }
    }

    static long receive(Endpoint socket, Message message, int flags) throws IOException {
        long received = -1;
        socket.enter();
        try {
            boolean all = ((flags & MSG_WAITALL) | socket.belowMark()) != 0 && socket.waitsForMore(flags);
            message.beforeReceive(all || (flags & MSG_PEEK) != 0 ? Long.MAX_VALUE : socket.mostCopied());
            received = all
                    ? receiveAll(socket, message, flags)
                    : move(socket, false, message.header(), message, null, 0, 0, flags);
            boolean ended = received == 0
                    && socket.type.endsWithZero()
                    && message.iovecs().room() > 0;
            return ended && (flags & MSG_ERRQUEUE) == 0 ? -1 : received;
        } finally {
            socket.exit();
            message.afterReceive(received);
        }
    }

    /**
     * MSG_WAITALL, or SO_RCVLOWAT: the kernel heeds neither with the MSG_DONTWAIT that every receive here has. Between
     * beforeReceive and afterReceive.
     */
    private static long receiveAll(Endpoint socket, Message message, int flags) throws IOException {
        boolean peeks = (flags & MSG_PEEK) != 0;
        int now = flags & ~MSG_WAITALL;
        long target = socket.target(flags, message.iovecs().room());
        WaitAll wait = new WaitAll(socket, peeks, target);
        try {
            wait.forMark();
            for (long total = 0; ; ) {
                Runnable undo = total == 0 ? null : message.beforeMore(peeks ? 0 : total);
                long received = attempt(socket, false, message.header(), null, null, 0, 0, now);
                if (received <= 0 && undo != null) {
                    undo.run();
                }
                if (received > 0) {
                    total = peeks ? received : total + received;
                } else if (received == 0 || (total > 0 && received != -EAGAIN && received != -EINTR)) {
                    return total;
                } else if (total == 0 && Retry.wouldBlockOrThrow(socket, received, false, "recvmsg", now, null, 0, 0)) {
                    return Endpoint.WOULD_BLOCK;
                }
                if (total >= target
                        || (total > 0 && socket.domain.equals(Domain.UNIX) && message.hasControl())
                        || !wait.forMore(total)) {
                    return total > 0 ? total : Endpoint.WOULD_BLOCK;
                }
            }
        } finally {
            WaitAll.end(wait);
        }
    }

    // ---- batches -------------------------------------------------------------------------------------------------

    static int send(Endpoint socket, MessageBatch batch, int from, int n, int flags) throws IOException {
        int sent = -1;
        socket.enter();
        try {
            batch.beforeSend(from, n);
            sent = (int) move(socket, true, 0, null, batch, from, n, flags);
            afterSend(socket, sent, flags, n > 0 ? batch.get(from).address() : null);
            return sent;
        } finally {
            socket.exit();
            batch.afterSend(from, n, sent);
        }
    }

    static int receive(Endpoint socket, MessageBatch batch, int from, int n, int flags) throws IOException {
        int received = -1;
        socket.enter();
        try {
            batch.beforeReceive(from, n);
            boolean all = ((flags & MSG_WAITALL) | socket.belowMark()) != 0 && n > 0 && socket.waitsForMore(flags);
            received = all
                    ? receiveFirst(socket, batch, from, n, flags)
                    : (int) move(socket, false, 0, null, batch, from, n, flags);
            return received;
        } finally {
            socket.exit();
            batch.afterReceive(from, n, received);
        }
    }

    private static int receiveFirst(Endpoint socket, MessageBatch batch, int from, int n, int flags)
            throws IOException {
        long first = receiveAll(socket, batch.get(from), flags);
        if (first < 0) {
            return (int) first;
        }
        batch.moved(from, first);
        // not at an end or an error, which belong to the next call
        boolean more = n > 1 && WaitAll.hasMore(socket.number());
        return 1
                + (more
                        ? (int) Math.max(
                                0, attempt(socket, false, 0, null, batch, from + 1, n - 1, flags & ~MSG_WAITALL))
                        : 0);
    }

    // ---- several buffers -----------------------------------------------------------------------------------------

    /** One message out of several buffers, or into them. */
    static long move(Endpoint socket, boolean out, ByteBuffer[] buffers, int offset, int length) throws IOException {
        socket.enter();
        try {
            if (!out && socket.belowMark() != 0 && socket.waitsForMore(0)) {
                return receiveToMark(socket, buffers, offset, length);
            }
            GatherHeader header = GatherHeader.layOut(buffers, offset, length, out, socket.mostCopied());
            try {
                long done = move(socket, out, header.address(), null, null, 0, 0, 0);
                header.advance(out, done);
                return done;
            } finally {
                header.forget();
            }
        } finally {
            socket.exit();
        }
    }

    /** As {@link #receiveAll}. */
    private static long receiveToMark(Endpoint socket, ByteBuffer[] buffers, int offset, int length)
            throws IOException {
        long room = 0;
        for (int i = offset; i < offset + length; i++) {
            room += buffers[i].remaining();
        }
        long target = socket.target(0, room);
        WaitAll wait = new WaitAll(socket, false, target);
        try {
            wait.forMark();
            for (long total = 0; ; ) {
                long received = receiveNow(socket, buffers, offset, length);
                total += Math.max(0, received);
                if (received == 0 || (received < 0 && total > 0 && received != -EAGAIN && received != -EINTR)) {
                    return total;
                } else if (total == 0 && Retry.wouldBlockOrThrow(socket, received, false, "recvmsg", 0, null, 0, 0)) {
                    return Endpoint.WOULD_BLOCK;
                } else if (total >= target || !wait.forMore(total)) {
                    return total > 0 ? total : Endpoint.WOULD_BLOCK;
                }
            }
        } finally {
            WaitAll.end(wait);
        }
    }

    private static long receiveNow(Endpoint socket, ByteBuffer[] buffers, int offset, int length) {
        GatherHeader header = GatherHeader.layOut(buffers, offset, length, false, socket.mostCopied());
        try {
            long received = attempt(socket, false, header.address(), null, null, 0, 0, 0);
            header.advance(false, received);
            return received;
        } finally {
            header.forget();
        }
    }
}
