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
 * The waits of one receive with MSG_WAITALL, between {@link Descriptor#enter} and {@link Descriptor#exit}. What recv(2)
 * gives up for ends them, too, once something was received: the stream's end, an error (which stays for the next call), the
 * timeout, urgent data.
 */
final class WaitAll {
    private final Endpoint socket;
    private final boolean peeks;
    private @Nullable Wait whole;
    private boolean ended;

    /** {@code peeks}: each receive begins anew, with what was there before. */
    WaitAll(Endpoint socket, boolean peeks) {
        this.socket = socket;
        this.peeks = peeks;
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
        Wait patience = Wait.orBeginFor(whole, socket.life, Wait.RECEIVE);
        whole = patience;
        if (received <= 0) {
            Retry.awaitOrTimeOut(socket, patience, POLLIN, "recv", null);
            return !patience.isNonBlocking();
        } else if (peeks) {
            return behindWhatIsThere(patience, received);
        } else if (isAtMark() || !socket.await(patience, POLLIN | POLLRDHUP | POLLPRI)) {
            return false;
        } else if (isAtMark()) {
            return false; // urgent data came meanwhile, which a UNIX stream would throw away with the next receive
        }
        int broken = POLLERR | POLLHUP;
        return (patience.ready() & broken) != broken || hasMore(socket.number());
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

    private boolean isAtMark() {
        return ask(socket.number(), Linux.SIOCATMARK) > 0;
    }

    /** An ioctl that gives a number; negative where the socket has none such. */
    private static int ask(int fd, long request) {
        ByteBuffer answer = CallMemory.of(Integer.BYTES);
        int result = Libc.get().ioctl(fd, request, Memory.address(answer));
        return result < 0 ? result : answer.getInt(0);
    }
}
