package io.sockfd.uring;

import io.sockfd.Socket;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections of a listening socket, one for each completion, until it is cancelled or fails: EMFILE for instance, after
 * which it must be started again.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/io_uring_prep_multishot_accept.3.html">io_uring_prep_multishot_accept(3)</a>
 */
public final class Accept extends Operation {
    private final Socket listener;
    private @Nullable Socket accepted;

    Accept(Core core, Socket listener) {
        super(core, listener);
        this.listener = listener;
    }

    /**
     * Hands it to the kernel, with the next {@link Ring#await}.
     *
     * @throws IllegalStateException when it is in flight
     * @throws ClosedChannelException when the ring or the listener is closed
     */
    public void startMultishot() throws IOException {
        checkIdle();
        beginMultishot();
    }

    /**
     * The connection that the last completion brought, which is the caller's from now on.
     *
     * @throws IOException with the errno, when there is none
     * @throws IllegalStateException when it was taken before
     */
    public Socket socket() throws IOException {
        core.checkThread();
        int ignored = check();
        Socket taken = accepted;
        if (taken == null) {
            throw new IllegalStateException("no connection has come, or it was taken before");
        }
        accepted = null;
        return taken;
    }

    @Override
    String name() {
        return "accept4";
    }

    @Override
    void write(ByteBuffer sqes, int at, int fd, long token) {
        int flags = Linux.SOCK_CLOEXEC | Linux.SOCK_NONBLOCK;
        int multishot = Linux.IORING_ACCEPT_MULTISHOT;
        Submission.write(sqes, at, Linux.IORING_OP_ACCEPT, 0, multishot, fd, 0, 0, 0, flags, token, 0);
    }

    @Override
    void completed(int result, int flags, boolean done) {
        Socket forgotten = accepted;
        accepted = result >= 0 ? listener.adoptAccepted(result) : null;
        if (forgotten != null) {
            try {
                forgotten.close();
            } catch (IOException e) {
                System.getLogger("io.sockfd").log(System.Logger.Level.WARNING, "cannot close " + forgotten, e);
            }
        }
    }

    @Override
    void discarded(int result, int flags, boolean done) {
        if (result >= 0) {
            Libc.get().close(result);
        }
    }
}
