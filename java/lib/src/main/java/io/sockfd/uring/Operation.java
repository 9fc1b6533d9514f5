package io.sockfd.uring;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.internal.wait.Life;
import io.sockfd.internal.wait.Memberships;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that the kernel does on its own, and tells when it is done: made once by a {@link Ring}, and started again and
 * again by its {@code start}, whenever it is not in flight. {@link Ring#next} hands it out for each completion, and until the
 * next one of it this object tells what that said.
 *
 * <p>From the start to the last completion the number stays its descriptor's and the memory stays the kernel's, whatever
 * happens. A {@linkplain Descriptor#close close} of the descriptor, from any thread, cancels it: the last completion then has
 * ECANCELED, or what came first, and close(2) follows it. All methods are for the ring's thread.
 */
public abstract sealed class Operation
        permits Accept, BufferedOperation, Connect, Poll, ReceiveMessage, Send, SendMessage, Timeout {
    final Core core;
    private final @Nullable Descriptor descriptor;
    private final @Nullable Life life;
    private final Leaving leaving = new Leaving(this);
    private long token = -1;
    private boolean active;
    private boolean holds; // the descriptor
    private boolean joined; // its memberships
    private boolean stays;
    private int result;
    private @Nullable Object attachment;
    private @Nullable ByteBuffer limit;

    Operation(Core core, @Nullable Descriptor descriptor) {
        this.core = core;
        this.descriptor = descriptor;
        this.life = descriptor == null ? null : Life.of(descriptor);
    }

    /** Whether it is in flight: another completion will come. */
    public final boolean isActive() {
        return active;
    }

    /** What the last completion said: what the call of the same name returns, or -errno. */
    public final int result() {
        return result;
    }

    /**
     * As {@link #result}, without the errors.
     *
     * @throws IOException with the errno, when there is one
     */
    public final int check() throws IOException {
        return Errors.check(result, name(), descriptor);
    }

    /** For the user. */
    public final @Nullable Object attachment() {
        return attachment;
    }

    public final void attach(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    /**
     * From now on each start that is not multishot is cancelled when this time is over; the completion then has ECANCELED. It
     * takes a second place in the queue of submissions.
     *
     * @param newLimit null for none
     * @throws IllegalStateException when it is in flight
     * @see <a href="https://man7.org/linux/man-pages/man3/io_uring_prep_link_timeout.3.html">io_uring_prep_link_timeout(3)</a>
     */
    public final void limit(@Nullable Duration newLimit) throws IOException {
        checkIdle();
        limit = newLimit == null ? null : TimeSpan.of(newLimit);
    }

    /**
     * Asks for its end: if it is in flight, a last completion will come, with ECANCELED or with what came first.
     *
     * @throws ClosedChannelException when the ring is closed
     */
    public final void cancel() throws IOException {
        core.check();
        if (active) {
            core.cancel(token);
        }
    }

    /** What it is called with, for messages; as in man 2. */
    abstract String name();

    /** Writes the submission. */
    abstract void write(ByteBuffer sqes, int at, int fd, long itsToken);

    /** A completion came; {@code done} with the last one. */
    abstract void completed(int itsResult, int flags, boolean done);

    /** Whether what is left to come, after a completion that is not the last one, needs the descriptor. */
    boolean keepsDescriptor() {
        return true;
    }

    /** A completion came that nobody will see. */
    void discarded(int itsResult, int flags, boolean done) {
        completed(itsResult, flags, done);
    }

    /** Before a start changes anything. */
    final void checkIdle() throws IOException {
        core.check();
        if (active) {
            throw new IllegalStateException(this + " is in flight: start it when its last completion has come");
        }
    }

    /** After {@link #checkIdle}. */
    final void begin() throws IOException {
        begin(limit);
    }

    /** As {@link #begin}, without a limit. */
    final void beginMultishot() throws IOException {
        begin(null);
    }

    private void begin(@Nullable ByteBuffer itsLimit) throws IOException {
        core.makeRoom(itsLimit == null ? 1 : 2);
        int fd = -1;
        if (life != null && descriptor != null) {
            life.hold();
            holds = true;
            fd = life.fd();
            if (!joined) {
                joined = true;
                life.memberships().add(leaving);
            }
            if (!descriptor.isOpen()) { // closed while we were at it
                leave();
                throw new ClosedChannelException();
            }
        }
        token = core.add(this);
        active = true;
        int at = core.nextSubmission();
        write(core.submissions(), at, fd, token);
        if (itsLimit != null) {
            core.limit(at, itsLimit);
        }
    }

    /** From now on it is among the descriptor's memberships between its flights, too: for those who start it for each request. */
    final void stay() {
        stays = true;
    }

    /** For the core: takes the completion. */
    final void take(int itsResult, int flags, boolean done, boolean seen) {
        result = itsResult;
        if (done) {
            active = false;
        }
        try {
            if (seen) {
                completed(itsResult, flags, done);
            } else {
                discarded(itsResult, flags, done);
            }
        } finally {
            if (done || !keepsDescriptor()) {
                leave();
            }
        }
    }

    /** For the core: of the flight that it is in. */
    final long token() {
        return token;
    }

    /** For the core: no completion will come; what the kernel uses stays as it is. */
    final void forget() {
        active = false;
        leave();
    }

    private void leave() {
        if (life != null && holds) {
            holds = false;
            if (!stays) {
                joined = false;
                life.memberships().remove(leaving);
            }
            life.letGo();
        }
    }

    final void result(int changed) {
        result = changed;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "(" + (descriptor == null ? "" : descriptor) + ")";
    }

    /** Weak, because the descriptor's life has it: while in flight the ring keeps the operation. */
    private static final class Leaving extends Memberships.Membership {
        private final WeakReference<Operation> operation;

        Leaving(Operation operation) {
            this.operation = new WeakReference<>(operation);
        }

        @Override
        protected void invalidate() {
            Operation left = operation.get();
            if (left != null) {
                left.core.cancelSoon(left);
            }
        }

        @Override
        protected void leave(int fd) {
            // close(2) comes after the last completion
        }
    }
}
