package io.sockfd.uring;

import io.sockfd.Descriptor;
import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.internal.wait.Memberships;
import io.sockfd.raw.Linux;
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
        permits Accept,
                BufferedOperation,
                Connect,
                OptionOperation,
                Poll,
                ReceiveMessage,
                Send,
                SendAll,
                SendMessage,
                Splice,
                Timeout {
    final Core core;
    private final @Nullable Grip grip;
    private final @Nullable Grip otherGrip;
    private long token = -1;
    private boolean active;
    private boolean ending; // somebody has cancelled this flight
    private int result;
    private @Nullable Object attachment;
    private @Nullable ByteBuffer limit;

    Operation(Core core, @Nullable Descriptor descriptor) {
        this(core, descriptor, null);
    }

    /** Of two descriptors; either one's close cancels it. */
    @SuppressWarnings("this-escape") // nobody looks into it
    Operation(Core core, @Nullable Descriptor descriptor, @Nullable Descriptor other) {
        this.core = core;
        this.grip = descriptor == null ? null : new Grip(descriptor, new Leaving(this));
        this.otherGrip = other == null ? null : new Grip(other, new Leaving(this));
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
        return Errors.check(result, name(), grip == null ? null : grip.descriptor);
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
            ending = true;
            core.cancel(token);
        }
    }

    /** For the core: its descriptor was closed. */
    final void closed() throws IOException {
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
        core.makeRoom(places() + (itsLimit == null ? 0 : 1));
        int fd = -1;
        if (grip != null) {
            fd = grip.take();
            if (otherGrip != null) {
                takeOther(otherGrip);
            }
        }
        ending = false;
        fly(fd, itsLimit);
    }

    private void takeOther(Grip other) throws IOException {
        try {
            int ignored = other.take();
        } catch (Throwable e) {
            leave();
            throw e;
        }
    }

    private void fly(int fd, @Nullable ByteBuffer itsLimit) {
        token = core.add(this);
        active = true;
        int at = core.nextSubmission();
        write(core.submissions(), at, fd, token);
        if (itsLimit != null) {
            core.limit(at, itsLimit, places() > 1);
        }
        if (places() > 1) {
            writeSecond(core.submissions(), core.nextSubmission(), fd, token);
        }
    }

    /** How many submissions it takes, apart from a limit: the first one is linked to the second one, if there is one. */
    int places() {
        return 1;
    }

    /** Writes the one that the kernel looks at when it has done the first. */
    void writeSecond(ByteBuffer sqes, int at, int fd, long itsToken) {
        throw new AssertionError(this + " has no second submission");
    }

    /** The number of its other descriptor, while it is held. */
    final int otherFd() {
        return otherGrip == null ? -1 : otherGrip.fd();
    }

    /**
     * In {@link #completed}, with the last completion: flies again instead, and nobody is told of this one.
     *
     * @return 0, or -errno when it does not: ECANCELED when it was cancelled, or a descriptor of it or the ring is closed
     */
    final int flyAgain() {
        if (ending || core.isEnding() || grip == null || !grip.isOpen() || (otherGrip != null && !otherGrip.isOpen())) {
            return -Linux.ECANCELED;
        }
        try {
            core.makeRoom(places() + (limit == null ? 0 : 1));
        } catch (ErrnoException e) {
            return -e.errno().value();
        } catch (IOException e) {
            return -Linux.ECANCELED;
        } catch (IllegalStateException e) { // the kernel takes no more just now
            return -Linux.EBUSY;
        }
        fly(grip.fd(), limit);
        return 0;
    }

    /** From now on it is among the descriptor's memberships between its flights, too: for those who start it for each request. */
    final void stay() {
        if (grip != null) {
            grip.stay();
        }
    }

    /** For the core: takes the completion; whether somebody shall see it. */
    final boolean take(int itsResult, int flags, boolean done, boolean seen) {
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
            if (done ? !active : !keepsDescriptor()) {
                leave();
            }
        }
        return !done || !active;
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
        if (grip != null) {
            grip.leave();
        }
        if (otherGrip != null) {
            otherGrip.leave();
        }
    }

    final void result(int changed) {
        result = changed;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "(" + (grip == null ? "" : grip.descriptor) + ")";
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
