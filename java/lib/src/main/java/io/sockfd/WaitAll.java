package io.sockfd;

import static io.sockfd.raw.Linux.POLLERR;
import static io.sockfd.raw.Linux.POLLHUP;
import static io.sockfd.raw.Linux.POLLIN;
import static io.sockfd.raw.Linux.POLLPRI;
import static io.sockfd.raw.Linux.POLLRDHUP;

import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.Look;
import io.sockfd.internal.wait.Wait;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The waits of one receive with MSG_WAITALL, or on a socket with a SO_RCVLOWAT, between {@link Descriptor#enter} and {@link
 * Descriptor#exit}. What recv(2) gives up for ends them, too, once something was received: the stream's end, an error (which
 * stays for the next call), the timeout, urgent data.
 */
final class WaitAll {
    private final Endpoint socket;
    private final boolean peeks;
    private final long target;
    private @Nullable Wait whole;
    private long before;
    private boolean ended;
    private boolean over;

    /**
     * {@code peeks}: each receive begins anew, with what was there before.
     *
     * @param target so many bytes are waited for
     */
    WaitAll(Endpoint socket, boolean peeks, long target) {
        this.socket = socket;
        this.peeks = peeks;
        this.target = target;
    }

    /**
     * Waits before the first receive, if poll(2) tells when there is enough for it: after one that took a part, poll(2) would
     * say nothing before there is as much once more.
     */
    void forMark() throws IOException {
        if (socket.isSilentAt(1) && !socket.isSilentAt(target)) {
            over = !socket.await(begun(), POLLIN | POLLPRI);
        }
    }

    static void end(@Nullable WaitAll wait) {
        if (wait != null) {
            Wait.end(wait.whole);
        }
    }

    /**
     * Waits until another receive is worth it.
     *
     * @param received so far
     * @return false when that is all, or the socket has become non-blocking
     * @throws java.net.SocketTimeoutException when the timeout passed and nothing was received
     */
    boolean forMore(long received) throws IOException {
        Wait patience = begun();
        if (received > before) {
            before = received;
            patience.progress();
        }
        if (over) {
            return orTimeOut(patience, received);
        } else if (received <= 0) {
            over = !isWorthIt(patience, target, POLLIN);
            return true;
        } else if (peeks) {
            return behindWhatIsThere(patience, received);
        } else if (isAtUrgent()) {
            return false;
        }
        over = !isWorthIt(patience, target - received, POLLIN | POLLRDHUP | POLLPRI);
        if (isAtUrgent()) {
            return false; // it came meanwhile, and a UNIX stream would throw it away with the next receive
        }
        int ready = patience.ready() != 0 ? patience.ready() : Look.now(socket.number(), 0);
        int broken = POLLERR | POLLHUP;
        return (ready & broken) != broken || hasMore(socket.number());
    }

    private Wait begun() {
        Wait begun = Wait.orBeginFor(whole, socket.life, Wait.RECEIVE);
        whole = begun;
        return begun;
    }

    private boolean orTimeOut(Wait patience, long received) throws IOException {
        if (received <= 0 && !patience.isNonBlocking()) {
            throw Errors.timeout(Errno.EAGAIN, "recv", Target.of(socket, null));
        }
        return false;
    }

    /** False when the time is over: one more look then, for what poll(2) has not told of. */
    private boolean isWorthIt(Wait patience, long missing, int events) throws IOException {
        return socket.isSilentAt(missing) ? socket.pause(patience) : socket.await(patience, events);
    }

    /** Whether a stream has bytes to read, or cannot tell. */
    static boolean hasMore(int fd) {
        return ask(fd, Linux.FIONREAD) != 0;
    }

    /** There is no readiness for more than there is. Only TCP waits for it; others give what they have. */
    private boolean behindWhatIsThere(Wait patience, long received) throws IOException {
        if (ended || !socket.isTcp()) {
            return false;
        }
        int ready = Errors.check(Look.now(socket.number(), POLLRDHUP | POLLPRI), "poll");
        if ((ready & POLLPRI) != 0 && ask(socket.number(), Linux.FIONREAD) == received) {
            return false; // urgent data is next: FIONREAD counts up to it
        }
        ended = (ready & (POLLRDHUP | POLLHUP)) != 0; // once more, for what came before the end
        return ended || socket.pause(patience);
    }

    private boolean isAtUrgent() {
        return ask(socket.number(), Linux.SIOCATMARK) > 0;
    }

    /** An ioctl that gives a number; negative where the socket has none such. */
    private static int ask(int fd, long request) {
        ByteBuffer answer = CallMemory.of(Integer.BYTES);
        int result = Libc.get().ioctl(fd, request, Memory.address(answer));
        return result < 0 ? result : answer.getInt(0);
    }
}
