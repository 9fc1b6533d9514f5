package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.ENOBUFS;
import static io.sockfd.raw.Linux.MSG_DONTWAIT;

import io.sockfd.internal.wait.Wait;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * Moves all that there is, or that a non-blocking socket takes, however many calls that needs: {@link Socket#sendAll},
 * {@link Socket#recvExactly} and the channels' forms of write and read.
 */
final class Whole {
    private Whole() {}

    static void send(Endpoint socket, ByteBuffer src) throws IOException {
        Wait wait = null;
        int ignored = socket.enter();
        try {
            while (src.hasRemaining()) {
                int sent = sendNow(socket, src);
                if (sent < 0) {
                    wait = Wait.orBeginFor(wait, socket.life, Wait.SEND | Wait.EVEN_IF_NON_BLOCKING);
                    long result = sent == Endpoint.WOULD_BLOCK ? -EAGAIN : sent;
                    Retry.await(socket, wait, result, true, "send", null);
                } else if (wait != null) {
                    wait.progress();
                }
            }
        } catch (ClosedChannelException e) {
            throw socket.closedMeanwhile(e);
        } finally {
            Wait.end(wait);
            socket.exit();
        }
    }

    /** WOULD_BLOCK, too, or -ENOBUFS. */
    private static int sendNow(Endpoint socket, ByteBuffer src) throws IOException {
        try {
            return Transfer.send(socket, src, null, MSG_DONTWAIT);
        } catch (ErrnoException e) {
            if (e.errno().value() == ENOBUFS) {
                return -ENOBUFS;
            }
            throw e;
        }
    }

    static void receive(Endpoint socket, ByteBuffer dst) throws IOException {
        int wanted = dst.remaining();
        if (!fill(socket, dst)) {
            throw new EOFException("the stream ended after " + (wanted - dst.remaining()) + " of " + wanted + " bytes");
        }
    }

    private static boolean fill(Endpoint socket, ByteBuffer dst) throws IOException {
        Wait wait = null;
        int ignored = socket.enter();
        try {
            while (dst.hasRemaining()) {
                int flags = socket.mayWaitInside(false) ? 0 : MSG_DONTWAIT;
                int received = Transfer.receive(socket, dst, null, flags);
                if (received == Endpoint.WOULD_BLOCK) {
                    wait = Wait.orBeginFor(wait, socket.life, Wait.RECEIVE | Wait.EVEN_IF_NON_BLOCKING);
                    awaitMore(socket, wait, dst);
                } else if (received <= 0) {
                    return false;
                } else if (wait != null) {
                    wait.progress();
                }
            }
        } catch (ClosedChannelException e) {
            throw socket.closedMeanwhile(e);
        } finally {
            Wait.end(wait);
            socket.exit();
        }
        return true;
    }

    private static void awaitMore(Endpoint socket, Wait wait, ByteBuffer dst) throws IOException {
        if (!socket.isSilentAt(dst.remaining())) {
            Retry.await(socket, wait, -EAGAIN, false, "recv", null);
        } else if (!socket.pause(wait) && !wait.isNonBlocking()) {
            throw Errors.timeout(Errno.EAGAIN, "recv", Target.of(socket, null));
        }
    }

    // ---- as channels do ------------------------------------------------------------------------------------------

    static int read(Endpoint socket, ByteBuffer dst) throws IOException {
        if (!dst.hasRemaining() && !dst.isReadOnly()) {
            socket.checkOpen();
            return 0;
        }
        return orNothing(Transfer.receive(socket, dst, null, 0));
    }

    static int write(Endpoint socket, ByteBuffer src) throws IOException {
        if (!socket.type.equals(SocketType.STREAM)) {
            return orNothing(Transfer.send(socket, src, null, 0));
        }
        if (!src.hasRemaining()) {
            socket.checkOpen();
            return 0;
        }
        int sent = Transfer.send(socket, src, null, 0);
        return sent == Endpoint.WOULD_BLOCK ? 0 : src.hasRemaining() ? sent + writeRest(socket, src) : sent;
    }

    private static int writeRest(Endpoint socket, ByteBuffer src) throws IOException {
        int before = src.position();
        try {
            while (src.hasRemaining() && Transfer.send(socket, src, null, 0) != Endpoint.WOULD_BLOCK) {
                // more
            }
            return src.position() - before;
        } catch (ClosedChannelException e) {
            throw socket.closedMeanwhile(e);
        }
    }

    static long read(Endpoint socket, ByteBuffer[] dsts, int offset, int length) throws IOException {
        if (firstWithRoom(dsts, offset, offset + length) == offset + length) {
            socket.checkOpen();
            return 0;
        }
        long received = Exchange.move(socket, false, dsts, offset, length);
        return received == 0 && socket.type.endsWithZero() ? -1 : orNothing(received);
    }

    static long write(Endpoint socket, ByteBuffer[] srcs, int offset, int length) throws IOException {
        if (!socket.type.equals(SocketType.STREAM)) {
            return orNothing(Exchange.move(socket, true, srcs, offset, length));
        }
        if (firstWithRoom(srcs, offset, offset + length) == offset + length) {
            socket.checkOpen();
            return 0;
        }
        // a stream takes them in their order: when the last one has gone, all have
        ByteBuffer last = srcs[offset + length - 1];
        boolean lastTells = last.hasRemaining();
        long total = 0;
        int first = offset;
        int ignored = socket.enter();
        try {
            while (true) {
                first = firstWithRoom(srcs, first, offset + length);
                if (first == offset + length) {
                    return total;
                }
                long sent = Exchange.move(socket, true, srcs, first, offset + length - first);
                if (sent == Endpoint.WOULD_BLOCK) {
                    return total;
                }
                total += sent;
                if (lastTells && !last.hasRemaining()) {
                    return total;
                }
            }
        } catch (ClosedChannelException e) {
            throw socket.closedMeanwhile(e);
        } finally {
            socket.exit();
        }
    }

    private static int firstWithRoom(ByteBuffer[] buffers, int from, int to) {
        int i = from;
        while (i < to && !buffers[i].hasRemaining()) {
            i++;
        }
        return i;
    }

    private static int orNothing(int moved) {
        return moved == Endpoint.WOULD_BLOCK ? 0 : moved;
    }

    private static long orNothing(long moved) {
        return moved == Endpoint.WOULD_BLOCK ? 0 : moved;
    }
}
