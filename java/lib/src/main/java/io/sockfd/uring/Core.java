package io.sockfd.uring;

import io.sockfd.Errors;
import io.sockfd.internal.wait.Life;
import io.sockfd.internal.wait.VirtualThreads;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.IoUringGeteventsArg;
import io.sockfd.raw.struct.IoUringSqe;
import io.sockfd.raw.struct.Timespec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A ring apart from the object that users hold, so that a {@link Ring} that nobody closed is found to be unreachable. It must not
 * refer to that; operations refer to this.
 *
 * <p>The way of an operation:
 *
 * <ol>
 *   <li>Its start takes a hold on the descriptor ({@code Life.hold}), puts it on the descriptor's memberships, takes one of the
 *       {@link Slots}, and writes a struct io_uring_sqe with the slot and its generation as user_data, the token.
 *   <li>{@link Ring#await} makes one io_uring_enter(2): all that was started is submitted, all that is done comes back.
 *   <li>{@link Ring#next} reads a completion, finds the operation by the token, and hands it out; after the last one the slot is
 *       free, and the hold is gone.
 *   <li>A close of the descriptor, on any thread, finds the operation among the memberships: the ring's thread is woken and
 *       cancels it by its token. close(2) comes with the last completion.
 *   <li>A close of the ring takes back what was not submitted, cancels the rest, reaps until nothing is in flight, and replaces
 *       the mappings by zeros.
 * </ol>
 *
 * <p>Who ends it: its thread, in an order in which nothing is left behind. If there is no such thread any more, nobody can
 * ask the kernel to cancel; the ring is closed and unmapped, the kernel then ends the operations by itself, and as it does not
 * say when, what they use stays reachable for ever.
 */
final class Core {
    private static final long WAKE_UP = WakeUp.TOKEN;
    private static final long INTERNAL = -2; // in the place of a token, as is that one

    private static final long LAST_WAIT_NS = 20_000_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);

    private static final Libc LIBC = Libc.getOrRefusing();

    /** What the kernel may use for all we know. */
    private static final Set<Core> LEFT = ConcurrentHashMap.newKeySet();

    private final Queues queues;
    private final WakeUp wakeUp;
    private final Slots<Operation> operations = new Slots<>();
    private final List<Buffers> buffers = new ArrayList<>();
    private final List<Buffers> changed = new ArrayList<>();
    private final Queue<Operation> toCancel = new ConcurrentLinkedQueue<>();
    private final ByteBuffer argument = Memory.allocate(IoUringGeteventsArg.SIZE + Timespec.SIZE);
    private @Nullable Borrower handedOut;
    private boolean reading; // the wake-up
    private boolean woken;
    private boolean ended;
    private long completions;
    private long emptyBuffers;
    private @Nullable Life life;
    private volatile @Nullable Thread thread;
    private volatile boolean closing;

    /** Buffers that the kernel takes and that are given back to it. */
    interface Buffers {
        void register(int fd) throws IOException;

        /** Tells the kernel of those that were given back. */
        void tell();
    }

    /** Who has a buffer until the next completion. */
    interface Borrower {
        void giveBack();
    }

    Core(Queues queues, WakeUp wakeUp) {
        this.queues = queues;
        this.wakeUp = wakeUp;
        IoUringGeteventsArg.ts(argument, 0, Memory.address(argument) + IoUringGeteventsArg.SIZE);
    }

    /** Its number is closed when this has ended. */
    void live(Life ofTheRing) throws ClosedChannelException {
        ofTheRing.hold();
        life = ofTheRing;
    }

    // ---- one thread ----------------------------------------------------------------------------------------------

    /** The calling thread is the ring's, from now on if there was none. */
    void checkThread() {
        Thread current = Thread.currentThread();
        Thread mine = thread;
        if (mine == null) {
            begin(current);
        } else if (!current.equals(mine)) {
            throw new IllegalStateException("a ring is used by one thread, this one by " + mine
                    + ": give each thread its own, and wake others with wakeUp");
        }
    }

    /**
     * As {@link #checkThread}.
     *
     * @throws ClosedChannelException after a close; the ring's thread has ended the ring then
     */
    void check() throws ClosedChannelException {
        checkThread();
        if (closing) {
            end();
            throw new ClosedChannelException();
        }
    }

    private synchronized void begin(Thread current) {
        if (VirtualThreads.isCurrent()) {
            throw new IllegalStateException("a ring belongs to a thread of the system: use it on a platform thread");
        }
        if (thread != null) {
            checkThread(); // another one was first
            return;
        }
        if (!closing) {
            int result = LIBC.io_uring_register(queues.fd, Linux.IORING_REGISTER_ENABLE_RINGS, 0, 0);
            if (result < 0) {
                throw new IllegalStateException("the ring cannot be enabled: errno " + -result);
            }
        }
        thread = current;
        woken = wakeUp.enabled();
    }

    /** For a thread that ends the ring whatever happens: as long as it does not, nobody else can. */
    void announce() {
        checkThread();
        queues.announce();
    }

    // ---- operations ----------------------------------------------------------------------------------------------

    ByteBuffer submissions() {
        return queues.sqes;
    }

    int nextSubmission() {
        return queues.next();
    }

    /** Submits what was written when there is no place for so many more. */
    void makeRoom(int wanted) throws IOException {
        if (queues.room() < wanted) {
            Life mine = life;
            if (mine == null) {
                throw new ClosedChannelException();
            }
            enterOrEnd(mine);
            try {
                tell();
                int result = queues.enter(0, 0, 0, 0);
                if (queues.room() < wanted) {
                    Errors.check(result, "io_uring_enter", "a full queue of submissions");
                    throw new IllegalStateException("the kernel takes no more submissions: await completions first");
                }
            } finally {
                mine.exit();
            }
        }
    }

    private void enterOrEnd(Life mine) throws ClosedChannelException {
        try {
            int ignored = mine.enter();
        } catch (ClosedChannelException e) {
            endHere();
            throw e;
        }
    }

    long add(Operation operation) {
        return operations.add(operation);
    }

    /** Asks the kernel to end a flight, by its token: a number of a descriptor would find others, too. */
    void cancel(long token) throws IOException {
        makeRoom(1);
        int skip = Linux.IOSQE_CQE_SKIP_SUCCESS;
        Submission.write(
                queues.sqes, queues.next(), Linux.IORING_OP_ASYNC_CANCEL, skip, 0, -1, 0, token, 0, 0, INTERNAL, 0);
    }

    /** Links a time to the submission that lies there, {@code chained} where that is linked to another; there is room for it. */
    void limit(int at, ByteBuffer time, boolean chained) {
        ByteBuffer sqes = queues.sqes;
        IoUringSqe.flags(sqes, at, IoUringSqe.flags(sqes, at) | Linux.IOSQE_IO_LINK);
        int opcode = Linux.IORING_OP_LINK_TIMEOUT;
        int flags = chained ? Linux.IOSQE_IO_LINK : 0;
        Submission.write(sqes, queues.next(), opcode, flags, 0, -1, 0, Memory.address(time), 1, 0, INTERNAL, 0);
    }

    boolean isEnding() {
        return ended || closing;
    }

    /** From any thread: its descriptor was closed. */
    void cancelSoon(Operation operation) {
        toCancel.add(operation);
        if (!Thread.currentThread().equals(thread)) {
            wakeUp.signalOrLog();
        }
    }

    int inFlight() {
        return operations.size();
    }

    int fd() {
        return queues.fd;
    }

    String threadName() {
        Thread mine = thread;
        return mine == null ? "" : mine.getName();
    }

    /** On the ring's thread; on others it may be late, and after a close it is of no use, but does no harm. */
    RingStatistics statistics() {
        return new RingStatistics(queues.taken(), completions, inFlight(), emptyBuffers, queues.lost());
    }

    void wakeUp() throws IOException {
        wakeUp.signal();
    }

    // ---- buffers -------------------------------------------------------------------------------------------------

    /** Their group is their place. */
    int nextGroup() {
        return buffers.size();
    }

    /** Makes them the kernel's, who has them as long as there is the ring. */
    void keep(Buffers made) throws IOException {
        made.register(queues.fd);
        buffers.add(made);
    }

    void changed(Buffers ring) {
        if (!changed.contains(ring)) {
            changed.add(ring);
        }
    }

    void handedOut(Borrower receive) {
        handedOut = receive;
    }

    private void giveBack() {
        Borrower last = handedOut;
        if (last != null) {
            handedOut = null;
            last.giveBack();
        }
    }

    /** What was given back is the kernel's with the next enter. */
    private void tell() {
        for (int i = changed.size() - 1; i >= 0; i--) {
            changed.remove(i).tell();
        }
    }

    // ---- the wait ------------------------------------------------------------------------------------------------

    /**
     * Submits, and waits for a completion.
     *
     * @param nanos negative for ever
     * @return false when there is none
     */
    boolean await(long nanos) throws IOException {
        giveBack();
        boolean timed = nanos > 0;
        long deadline = timed ? System.nanoTime() + nanos : 0;
        long left = nanos;
        while (true) {
            for (Operation closed = toCancel.poll(); closed != null; closed = toCancel.poll()) {
                closed.closed();
            }
            readWakeUp();
            tell();
            boolean there = passInternal() || woken;
            int result = enter(there || closing || left == 0 ? 0 : 1, left);
            boolean some = passInternal();
            if (some || woken || closing) {
                woken = false;
                return some;
            } else if (result < 0 && result != -Linux.ETIME && result != -Linux.EINTR && result != -Linux.EBUSY) {
                throw Errors.exception(result, "io_uring_enter", "a ring");
            }
            if (timed) {
                left = Math.max(0, deadline - System.nanoTime());
            }
            if (left == 0) {
                return false;
            }
        }
    }

    /** Whether completions have come already, without a look into the kernel. */
    boolean hasSome() {
        return passInternal();
    }

    private int enter(int least, long nanos) {
        int flags = Linux.IORING_ENTER_GETEVENTS;
        if (nanos < 0 || least == 0) {
            return queues.enter(least, flags, 0, 0);
        }
        TimeSpan.write(argument, IoUringGeteventsArg.SIZE, nanos);
        return queues.enter(
                least, flags | Linux.IORING_ENTER_EXT_ARG, Memory.address(argument), IoUringGeteventsArg.SIZE);
    }

    private void readWakeUp() throws IOException {
        if (!reading && wakeUp.isRead()) {
            makeRoom(1);
            wakeUp.write(queues.sqes, queues.next(), WAKE_UP);
            reading = true;
        }
    }

    /** Takes what is not a user's from the front; whether something is left. */
    private boolean passInternal() {
        for (int at = queues.peek(); at >= 0; at = queues.peek()) {
            long token = queues.token(at);
            if (token >= 0) {
                return true;
            }
            if (token == WAKE_UP) {
                reading = false;
                woken = true;
                wakeUp.seen();
            }
            queues.consume();
        }
        return false;
    }

    /** The operation of the next completion, which it has taken; null when there is none. */
    @Nullable
    Operation next() {
        giveBack();
        return take(true);
    }

    private @Nullable Operation take(boolean seen) {
        while (passInternal()) {
            int at = queues.peek();
            long token = queues.token(at);
            int result = queues.result(at);
            int flags = queues.flags(at);
            queues.consume();
            completions++;
            if (result == -Linux.ENOBUFS) {
                emptyBuffers++;
            }
            Operation operation = operations.find(token);
            if (operation == null) {
                throw new AssertionError("a completion of nothing: " + token);
            }
            boolean done = (flags & Linux.IORING_CQE_F_MORE) == 0;
            if (done) {
                operations.remove(token);
            }
            if (operation.take(result, flags, done, seen)) {
                return operation;
            }
        }
        return null;
    }

    // ---- the end -------------------------------------------------------------------------------------------------

    /** Called once by the close, on any thread, before the ring's number is closed. */
    void close() {
        Thread mine;
        synchronized (this) {
            closing = true;
            mine = thread;
        }
        if (mine == null || mine.equals(Thread.currentThread())) {
            end();
        } else if (!mine.isAlive()) {
            abandon();
        }
    }

    /** The number's close, while it is held: by the ring's thread, which is told; or nobody has the ring any more. */
    void closingNumber() {
        if (closing) {
            wakeUp.signalOrLog();
        } else {
            closing = true;
            abandon();
        }
    }

    /** Ends it if it is closed, and this is its thread. */
    void endHere() {
        if (closing && Thread.currentThread().equals(thread)) {
            end();
        }
    }

    /** On the ring's thread: cancels all, waits until all is back, and lets everything go. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        giveBack();
        dropWritten();
        long deadline = System.nanoTime() + PATIENCE_NS;
        while ((operations.size() > 0 || reading) && System.nanoTime() < deadline) {
            if (queues.room() > 0) {
                int which = Linux.IORING_ASYNC_CANCEL_ALL | Linux.IORING_ASYNC_CANCEL_ANY;
                Submission.write(
                        queues.sqes,
                        queues.next(),
                        Linux.IORING_OP_ASYNC_CANCEL,
                        0,
                        0,
                        -1,
                        0,
                        0,
                        0,
                        which,
                        INTERNAL,
                        0);
            }
            int ignored = enter(1, LAST_WAIT_NS);
            while (take(false) != null) {
                Thread.onSpinWait(); // no more than there are
            }
        }
        queues.withdraw();
        letGo();
    }

    /** What the kernel does not know yet it shall not begin. */
    private void dropWritten() {
        for (int at = queues.takeBack(); at >= 0; at = queues.takeBack()) {
            long token = IoUringSqe.user_data(queues.sqes, at);
            if (token == WAKE_UP) {
                reading = false;
            }
            drop(token < 0 ? null : operations.find(token));
        }
    }

    private void drop(@Nullable Operation operation) {
        if (operation != null) {
            operations.remove(operation.token());
            boolean ignored = operation.take(-Linux.ECANCELED, 0, true, false);
        }
    }

    private void abandon() {
        if (ended) {
            return;
        }
        ended = true;
        LEFT.add(this);
        letGo();
    }

    private void letGo() {
        if (operations.size() > 0) {
            LEFT.add(this);
        }
        List<Operation> left = new ArrayList<>();
        for (Operation operation = operations.any(); operation != null; operation = operations.any()) {
            left.add(operation);
            operations.remove(operation.token());
        }
        Life mine = life;
        try {
            wakeUp.close(); // before the number, which others signal to
            queues.takeAway();
        } finally {
            if (mine != null) {
                mine.letGo();
            }
        }
        for (Operation operation : left) {
            operation.forget();
        }
    }
}
