package io.sockfd.uring;

import io.sockfd.Errors;
import io.sockfd.internal.wait.WakeEvent;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An eventfd that the ring reads whenever it has been written to, so that a write from any thread ends its wait. */
final class EventWakeUp implements WakeUp {
    private static final Libc LIBC = Libc.getOrRefusing();

    private final ByteBuffer counter = Memory.allocate(2 * Long.BYTES).putLong(0, 1); // what is written; what is read
    private final int eventfd;
    private boolean pending; // protected by the monitor, as is the next
    private boolean gone;

    EventWakeUp() throws IOException {
        eventfd = Errors.check(LIBC.eventfd(0, Linux.EFD_CLOEXEC), "eventfd", "the wake-up of a new ring");
    }

    @Override
    public boolean isRead() {
        return true;
    }

    @Override
    public void write(ByteBuffer sqes, int at, long token) {
        long into = Memory.address(counter) + Long.BYTES;
        Submission.write(sqes, at, Linux.IORING_OP_READ, 0, 0, eventfd, 0, into, Long.BYTES, 0, token, 0);
    }

    /** The eventfd keeps it. */
    @Override
    public boolean enabled() {
        return false;
    }

    @Override
    public synchronized void signal() throws IOException {
        if (!pending && !gone) {
            Errors.check(WakeEvent.signal(eventfd, Memory.address(counter)), "write", "the wake-up of a ring");
            pending = true;
        }
    }

    @Override
    public synchronized void signalOrLog() {
        if (!gone) {
            WakeEvent.signalOrLog(eventfd, Memory.address(counter), "the thread of a ring");
        }
    }

    @Override
    public synchronized void seen() {
        pending = false;
    }

    @Override
    public synchronized void close() {
        if (!gone) {
            gone = true;
            LIBC.close(eventfd);
        }
    }
}
