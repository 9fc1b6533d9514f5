package io.sockfd.uring;

import io.sockfd.Descriptor;
import io.sockfd.ErrnoException;
import io.sockfd.Option;
import io.sockfd.Socket;
import io.sockfd.SplicePipe;
import io.sockfd.internal.jmx.Shown;
import io.sockfd.internal.wait.InterruptAlarm;
import io.sockfd.internal.wait.Life;
import io.sockfd.raw.Libc;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hands operations to the kernel, and takes what came of them: one system call submits all that was started and waits for what
 * is done.
 *
 * <pre>{@code
 * try (Ring ring = Ring.open(256, 4096)) {
 *     BufferRing buffers = ring.buffers(256, 2048);
 *     ring.accept(listener).startMultishot();
 *     while (true) {
 *         ring.await(-1);
 *         for (Operation done = ring.next(); done != null; done = ring.next()) {
 *             if (done instanceof Accept accept) {
 *                 ring.receive(accept.socket(), buffers).startMultishot();
 *             } else if (done instanceof Receive receive && receive.check() > 0) {
 *                 use(receive.data());
 *             }
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>It belongs to the thread that uses it first, a platform thread; {@link #wakeUp} and {@link #close} may be called from any.
 * A close from another thread, or an interrupt of the ring's thread, ends its wait, and the ring's thread then ends the
 * operations: in flight they are cancelled, and their descriptors stay open, but none of them is handed out any more. A ring's
 * thread that does something else instead does so with its next call on the ring.
 *
 * <p>It needs Linux 6.1, and that neither {@code kernel.io_uring_disabled} nor a container's filter forbids it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/io_uring.7.html">io_uring(7)</a>
 */
public final class Ring extends Descriptor {
    private static final int MOST_SUBMISSIONS = 1 << 15;
    private static final int MOST_COMPLETIONS = 1 << 16;

    private final Core core;
    private final AtomicInteger interrupted = new AtomicInteger();
    private InterruptAlarm alarm = new InterruptAlarm(this::wakeUp, interrupted);

    private Ring(Queues queues, Core core) throws ClosedChannelException {
        super(queues.fd, true, new End(core));
        this.core = core;
        core.live(Life.of(this));
    }

    /**
     * A new one, close-on-exec. It takes a descriptor; before Linux 6.13 another one, an eventfd that wakes its thread.
     *
     * @param submissions how many operations can be started before the kernel is told, rounded up to a power of two
     * @param completions how many can be kept until they are taken, rounded up likewise; multishot operations have many. More
     *     are not lost, but cost the kernel memory of its own
     * @throws ErrnoException EPERM or ENOSYS where rings are forbidden, the message tells by what; EINVAL before Linux 6.1;
     *     EMFILE, ENFILE; ENOMEM also when RLIMIT_MEMLOCK is too low, where the kernel counts rings as locked memory
     * @throws IllegalArgumentException when submissions are not from 1 to 32,768, or completions are fewer or more than 65,536
     */
    public static Ring open(int submissions, int completions) throws IOException {
        if (submissions < 1 || submissions > MOST_SUBMISSIONS) {
            throw new IllegalArgumentException(
                    submissions + " submissions: from 1 to " + MOST_SUBMISSIONS + ", please");
        } else if (completions < submissions || completions > MOST_COMPLETIONS) {
            throw new IllegalArgumentException(
                    completions + " completions: as many as submissions, and at most " + MOST_COMPLETIONS + ", please");
        }
        Ring ring = open(submissions, completions, MessageWakeUp.isAvailable());
        Shown.open(Life.of(ring), "Ring", new RingCounters(ring.core));
        return ring;
    }

    /** One whose wake-up is a message, or an eventfd. */
    static Ring open(int submissions, int completions, boolean messages) throws IOException {
        Queues queues = Queues.open(submissions, completions);
        try {
            WakeUp wakeUp = messages ? new MessageWakeUp(queues.fd) : new EventWakeUp();
            try {
                return new Ring(queues, new Core(queues, wakeUp));
            } catch (Throwable e) {
                wakeUp.close();
                throw e;
            }
        } catch (Throwable e) {
            queues.takeAway();
            Libc.get().close(queues.fd);
            throw e;
        }
    }

    // ---- operations ----------------------------------------------------------------------------------------------

    /** Takes the connections of a listening socket. */
    public Accept accept(Socket listener) {
        return new Accept(core, listener);
    }

    /** Connects a socket. */
    public Connect connect(Socket socket) {
        return new Connect(core, socket);
    }

    /** Receives what comes to a socket, into buffers of this ring's. */
    public Receive receive(Socket socket, BufferRing buffers) {
        checkMine(buffers);
        return new Receive(core, socket, buffers);
    }

    /** Receives a message with its address and ancillary data. */
    public ReceiveMessage receiveMessage(Socket socket) {
        return new ReceiveMessage(core, socket);
    }

    /**
     * Receives messages with their addresses and ancillary data, into buffers of this ring's.
     *
     * @param controlCapacity so many bytes of each buffer are for ancillary data, 144 more for the address and for the kernel
     * @throws IllegalArgumentException when the buffers are not larger than that
     */
    public ReceiveMessages receiveMessages(Socket socket, BufferRing buffers, int controlCapacity) {
        checkMine(buffers);
        return new ReceiveMessages(core, socket, buffers, controlCapacity);
    }

    private void checkMine(BufferRing buffers) {
        if (!buffers.isOf(core)) {
            throw new IllegalArgumentException("these buffers are another ring's");
        }
    }

    /** Sends messages with their addresses and ancillary data. */
    public SendMessage sendMessage(Socket socket) {
        return new SendMessage(core, socket);
    }

    /** Sends by a socket. */
    public Send send(Socket socket) {
        return new Send(core, socket);
    }

    /** Sends by a socket of a stream what it is given at any time, in order. */
    public SendAll sendAll(Socket socket) {
        return new SendAll(core, socket);
    }

    /** Moves bytes of a descriptor into a pipe, within the kernel. */
    public Splice splice(Descriptor source, SplicePipe into) {
        return new Splice(core, source, into, true);
    }

    /** Moves bytes out of a pipe to a descriptor, within the kernel. */
    public Splice splice(SplicePipe from, Descriptor target) {
        return new Splice(core, target, from, false);
    }

    /** Gets and sets an option of a socket. */
    public <T> OptionOperation<T> option(Socket socket, Option<T> option) {
        return new OptionOperation<>(core, socket, option);
    }

    /** Waits for the readiness of a descriptor. */
    public Poll poll(Descriptor descriptor) {
        return new Poll(core, descriptor);
    }

    /** Waits for a time to pass. */
    public Timeout timeout() {
        return new Timeout(core);
    }

    /**
     * Buffers to receive into.
     *
     * @param count a power of two up to 32,768
     * @param size of each, in bytes
     * @throws IllegalArgumentException for other counts, and when they are more than 2 GiB
     * @throws ErrnoException ENOMEM
     */
    public BufferRing buffers(int count, int size) throws IOException {
        core.check();
        return BufferRing.make(core, count, size);
    }

    // ---- the turn ------------------------------------------------------------------------------------------------

    /**
     * Submits what was started, and waits until something is done: then {@link #next} gives it. It may also return when
     * nothing is: when the time is over, or after {@link #wakeUp}, or when an operation goes on by itself.
     *
     * @param timeoutNanos in nanoseconds; 0 looks and does not wait, negative waits for ever
     * @return whether there is something for {@link #next}
     * @throws ClosedChannelException after {@link #close}
     * @throws AsynchronousCloseException when another thread closes meanwhile
     * @throws java.nio.channels.ClosedByInterruptException when this thread is interrupted, which closes
     * @throws IllegalStateException on another thread than the ring's, or a virtual one
     * @see <a href="https://man7.org/linux/man-pages/man2/io_uring_enter.2.html">io_uring_enter(2)</a>
     */
    public boolean await(long timeoutNanos) throws IOException {
        core.check();
        enterOrEnd();
        boolean completed = false;
        try {
            if ((timeoutNanos == 0 || core.hasSome()) && !Thread.currentThread().isInterrupted()) {
                return core.await(0); // nothing for an interrupt to end
            }
            begin();
            try {
                boolean some = isOpen() && core.await(timeoutNanos);
                completed = isOpen();
                return some;
            } finally {
                try {
                    end(completed);
                } finally {
                    if (!isOpen()) { // looked at last: what end() throws, nobody comes back after
                        core.end();
                    }
                }
            }
        } finally {
            exit();
        }
    }

    /** Who finds that the ring is being closed, and is its thread, ends it. */
    private void enterOrEnd() throws ClosedChannelException {
        try {
            int ignored = enter();
        } catch (ClosedChannelException e) {
            core.endHere();
            throw e;
        }
    }

    /**
     * As {@link #await}, but an interrupt of this thread only ends the wait: nothing is closed, and the thread's interrupt status
     * stays set. A thread that is interrupted already submits, looks, and does not wait.
     *
     * @return whether there is something for {@link #next}
     * @throws ClosedChannelException after {@link #close}
     * @throws AsynchronousCloseException when another thread closes meanwhile
     * @throws IllegalStateException on another thread than the ring's, or a virtual one
     */
    public boolean awaitOrInterrupt(long timeoutNanos) throws IOException {
        core.check();
        enterOrEnd();
        try {
            if (timeoutNanos == 0 || Thread.currentThread().isInterrupted()) {
                return core.await(0);
            }
            InterruptAlarm mine = alarm;
            if (!mine.isFor(interrupted)) {
                mine = new InterruptAlarm(this::wakeUp, interrupted);
                alarm = mine;
            }
            mine.set();
            boolean some;
            try {
                some = core.await(timeoutNanos);
            } finally {
                mine.off();
            }
            if (!isOpen()) {
                core.end();
                throw new AsynchronousCloseException();
            }
            return some;
        } finally {
            exit();
        }
    }

    /**
     * The operation whose completion is next, and which now tells what that said; null when {@link #await} must be called
     * first.
     *
     * @throws ClosedChannelException after {@link #close}
     */
    public @Nullable Operation next() throws IOException {
        core.check();
        return core.next();
    }

    /** How many operations are in flight. */
    public int inFlight() {
        core.checkThread();
        return core.inFlight();
    }

    /**
     * What the ring has done until now; for the ring's thread.
     *
     * @throws ClosedChannelException after {@link #close}
     */
    public RingStatistics statistics() throws IOException {
        core.check();
        return core.statistics();
    }

    /**
     * Ends the {@link #await} of the ring's thread, or the next one if it does not wait. Calls that come before it has
     * returned count once.
     *
     * @throws ClosedChannelException after {@link #close}
     */
    public void wakeUp() throws IOException {
        int ignored = enter();
        try {
            core.wakeUp();
        } finally {
            exit();
        }
    }

    /** For a thread that closes this ring whatever happens: its waits get a little faster, and the ring lives until then. */
    void announce() {
        core.announce();
    }

    /** After a close by another thread, if this is the ring's: ends what that left to it. */
    void endHere() {
        core.endHere();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        try {
            core.close();
        } finally {
            super.implCloseChannel();
        }
    }

    private static final class End implements Companion {
        private final Core core;

        End(Core core) {
            this.core = core;
        }

        @Override
        public void closing() {
            core.closingNumber();
        }

        @Override
        public void ended() {}
    }
}
