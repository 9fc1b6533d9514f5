package io.sockfd.uring;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.IoUringSqe;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A message to the ring, which is a completion there; it needs no ring of the sender's. Since Linux 6.13.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/io_uring_register.2.html">IORING_REGISTER_SEND_MSG_RING</a>
 */
final class MessageWakeUp implements WakeUp {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final int NOBODY = -1; // in the place of the sender's ring
    /** 0 as long as nobody asked, -1 for no. */
    private static volatile int available;

    private final ByteBuffer message;
    private boolean pending; // protected by the monitor, as are the next
    private boolean early;
    private boolean gone;

    MessageWakeUp(int ring) {
        message = message(ring);
    }

    /** Whether the kernel has it, and lets this process do it. */
    static boolean isAvailable() {
        int known = available;
        if (known == 0) {
            known = send(message(-1)) == -Linux.EBADF ? 1 : -1; // EBADF: it was looked at
            available = known;
        }
        return known > 0;
    }

    private static ByteBuffer message(int ring) {
        ByteBuffer message = Memory.allocate(IoUringSqe.SIZE);
        int opcode = Linux.IORING_OP_MSG_RING;
        Submission.write(message, 0, opcode, 0, 0, ring, TOKEN, Linux.IORING_MSG_DATA, 0, 0, 0, 0);
        return message;
    }

    private static int send(ByteBuffer message) {
        return LIBC.io_uring_register(NOBODY, Linux.IORING_REGISTER_SEND_MSG_RING, Memory.address(message), 1);
    }

    @Override
    public boolean isRead() {
        return false;
    }

    @Override
    public void write(ByteBuffer sqes, int at, long token) {
        throw new AssertionError("messages are not read");
    }

    @Override
    public synchronized boolean enabled() {
        boolean before = early;
        early = false;
        return before;
    }

    @Override
    public synchronized void signal() throws IOException {
        Errors.check(signalled(), "io_uring_register", "the wake-up of a ring");
    }

    @Override
    public synchronized void signalOrLog() {
        int result = signalled();
        if (result < 0) {
            System.getLogger("io.sockfd")
                    .log(System.Logger.Level.ERROR, "cannot wake the thread of a ring: errno {0}", -result);
        }
    }

    /** 0 or -errno. */
    private int signalled() {
        if (pending || gone) {
            return 0;
        }
        int result = send(message);
        if (result == -Linux.EBADFD) { // not enabled yet: it has no thread that could be told
            early = true;
            return 0;
        } else if (result == -Linux.EOWNERDEAD) {
            return 0; // the thread has ended
        }
        pending = result == 0;
        return result;
    }

    @Override
    public synchronized void seen() {
        pending = false;
    }

    @Override
    public synchronized void close() {
        gone = true;
    }
}
