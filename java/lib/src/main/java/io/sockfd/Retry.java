package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINPROGRESS;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.ENOBUFS;
import static io.sockfd.raw.Linux.MSG_ZEROCOPY;
import static io.sockfd.raw.Linux.POLLIN;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.jfr.Flight;
import io.sockfd.internal.wait.Wait;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What to do about a call that moved nothing: fail, give up, or wait and make it again. */
final class Retry {
    private Retry() {}

    /**
     * Throws what is a failure.
     *
     * @param call the C function, for the exception
     * @param to the address of a send, or null; for the exception, as the next two
     * @param bytes how many there were to send; 0 where that is not known
     * @param segment of which size, where the message says so
     * @return true when the call would block and may not; false when it is to be made again
     */
    static boolean wouldBlockOrThrow(
            Endpoint socket,
            long result,
            boolean out,
            String call,
            int flags,
            @Nullable Sockaddr to,
            long bytes,
            int segment)
            throws IOException {
        boolean ignored = Flight.look();
        if (result == -EAGAIN) {
            return socket.timeoutNanos(out) == 0 || socket.neverWaits(out, flags);
        } else if (result == -EINTR) {
            return false;
        } else if (out && (result == -EINPROGRESS || result == -ENOBUFS)) {
            if (result == -EINPROGRESS) {
                socket.connecting = true; // by MSG_FASTOPEN or TCP_FASTOPEN_CONNECT, and nothing was sent
            }
            boolean zeroCopy = (flags & MSG_ZEROCOPY) != 0; // its ENOBUFS ends when the completions are read
            if (socket.timeoutNanos(true) != 0
                    && !socket.neverWaits(true, flags)
                    && !(result == -ENOBUFS && zeroCopy)) {
                return false;
            }
        }
        throw Errors.exception(result, call, Target.of(socket, to, bytes, segment));
    }

    /**
     * Waits, inside of a call that gave EAGAIN, EINTR, EINPROGRESS or ENOBUFS, until it is worth to make it again. A call
     * that has begun a connection by MSG_FASTOPEN may be made again as it was: the kernel then finds it connected, and
     * sends. For a device's queue, which is what ENOBUFS says is full, there is no readiness.
     */
    static void await(Endpoint socket, Wait wait, long result, boolean out, String call, @Nullable Sockaddr to)
            throws IOException {
        if (result == -EAGAIN) {
            awaitOrTimeOut(socket, wait, out ? POLLOUT : POLLIN, call, to);
        } else if (result == -ENOBUFS) {
            if (!socket.pause(wait) && !wait.isNonBlocking()) {
                throw Errors.timeout(Errno.ENOBUFS, call, Target.of(socket, to));
            }
        } else if (result == -EINPROGRESS) {
            ByteBuffer memory = Memory.allocate(Probe.OPTION_SIZE); // what is to be sent may lie in CallMemory's
            try {
                boolean ignored = Connection.finish(socket, wait, null, memory);
            } finally {
                Reference.reachabilityFence(memory);
            }
        }
    }

    /** Waits, inside of a call, which is to be made once more: of a socket that has become non-blocking, too. */
    static void awaitOrTimeOut(Endpoint socket, Wait wait, int events, String call, @Nullable Sockaddr to)
            throws IOException {
        if (!socket.await(wait, events) && !wait.isNonBlocking()) {
            throw Errors.timeout(Errno.EAGAIN, call, Target.of(socket, to));
        }
    }
}
