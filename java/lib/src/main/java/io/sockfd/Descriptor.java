package io.sockfd;

import io.sockfd.internal.jfr.Flight;
import io.sockfd.internal.jfr.WaitEvent;
import io.sockfd.internal.wait.BlockedSleeper;
import io.sockfd.internal.wait.Life;
import io.sockfd.internal.wait.Nanos;
import io.sockfd.internal.wait.Ppoll;
import io.sockfd.internal.wait.Wait;
import io.sockfd.internal.wait.WaitFailure;
import io.sockfd.internal.wait.WaitOwner;
import io.sockfd.raw.Libc;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An open file descriptor that is owned: closed once, by the last call that uses it.
 *
 * <p>A state word counts the calls inside. {@link #close} forbids new ones and wakes those that wait; close(2) runs when
 * the last is out, so that a number which the kernel gives to somebody else is never used by a call that was meant for
 * this descriptor. All methods may be called from any thread. A descriptor that becomes unreachable without a close is
 * closed by a {@link Cleaner}, and that is logged once.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</a>
 */
public class Descriptor extends AbstractInterruptibleChannel {
    static {
        Life.told(channel -> ((Descriptor) channel).life);
        Ppoll.OfDescriptors.told((channel, events, nanos, by) -> ((Descriptor) channel).poll(events, nanos, by));
    }

    final Life life;

    /**
     * Wraps a descriptor number. A kind of descriptor of one's own is a subclass:
     *
     * <pre>{@code
     * final class Counter extends Descriptor {
     *     Counter() throws IOException {
     *         super(Errors.check(Libc.get().eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"), true);
     *     }
     *
     *     int read(ByteBuffer direct) throws IOException {
     *         int fd = enter();
     *         try {
     *             while (true) {
     *                 long result = Libc.get().read(fd, Memory.address(direct), direct.capacity());
     *                 if (result == -EAGAIN) {
     *                     int ready = await(POLLIN, Long.MAX_VALUE);
     *                 } else if (result != -EINTR) {
     *                     return (int) Errors.check(result, "read", this);
     *                 }
     *             }
     *         } finally {
     *             exit();
     *         }
     *     }
     * }
     * }</pre>
     *
     * @param owned whether closing this object closes the descriptor
     * @throws IllegalArgumentException when the number is negative
     */
    @SuppressWarnings("this-escape") // nobody looks into it
    protected Descriptor(int fd, boolean owned) {
        this(new Life(checked(fd), owned));
    }

    /**
     * Wraps a descriptor number with something that lives and ends with it.
     *
     * @param owned whether closing this object closes the descriptor
     * @throws IllegalArgumentException when the number is negative
     */
    @SuppressWarnings("this-escape") // nobody looks into it
    protected Descriptor(int fd, boolean owned, Companion companion) {
        this(new AccompaniedLife(checked(fd), owned, companion));
    }

    private Descriptor(Life life) {
        this.life = life;
        life.watch(this);
    }

    private static int checked(int fd) {
        if (fd < 0) {
            throw new IllegalArgumentException("not a descriptor: " + fd);
        }
        return fd;
    }

    /**
     * What ends with a descriptor beside its number: the eventfd of an epoll, the mapping of a ring. It must not refer to the
     * descriptor, or that is never found to be unreachable.
     */
    protected interface Companion {
        /**
         * Called at most once, when the descriptor was closed while calls are inside: they are to end soon. The last of them
         * may already have left.
         */
        default void closing() {}

        /** Called once, after the last call has left and after close(2). */
        void ended();
    }

    private static final class AccompaniedLife extends Life {
        private final Companion companion;

        AccompaniedLife(int fd, boolean owned, Companion companion) {
            super(fd, owned);
            this.companion = companion;
        }

        @Override
        protected void closing() {
            companion.closing();
        }

        @Override
        protected void ended() {
            companion.ended();
        }
    }

    /** Takes a descriptor over: nobody else must close it. */
    public static Descriptor own(int fd) {
        return new Descriptor(fd, true);
    }

    /** As {@link #open(Path, int, int)} with a mode of 0666. */
    public static Descriptor open(Path path, int flags) throws IOException {
        return open(path, flags, 0666);
    }

    /**
     * Opens a file, close-on-exec. For instance {@link Socket#sendFile(Descriptor, long, long)} sends it without bringing
     * its data into user space.
     *
     * <p>POSIX's record locks are the process's, not the descriptor's: closing any descriptor of a file drops those that
     * the process has on this file, a {@link java.nio.channels.FileLock} for instance. Send a file with such locks from
     * the {@link java.nio.channels.FileChannel} that they were taken with.
     *
     * @param path of the default file system
     * @param flags {@code O_RDONLY}, {@code O_WRONLY} or {@code O_RDWR}, with {@code O_CREAT}, {@code O_NONBLOCK} (a FIFO
     *     without it is waited for in the kernel, where neither close nor interrupt ends it) …
     * @param mode the permissions of a file that is created, before the umask
     * @throws ErrnoException ENOENT, EACCES, EISDIR, EMFILE …
     * @throws UnsupportedOperationException for a path of another file system, in a ZIP file for instance
     * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
     */
    public static Descriptor open(Path path, int flags, int mode) throws IOException {
        return own(OpenAt.open(path, flags, mode));
    }

    /**
     * The number, to be shown, or for calls of {@link Libc}. It is valid only as long as this object is reachable and not
     * closed, which another thread may do at any time: then it may be another file's. {@link #call} and {@link #hold} keep it
     * open.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public final int fd() {
        if (!isOpen()) {
            throw new IllegalStateException(this + " has no descriptor any more");
        }
        share();
        return life.fd();
    }

    /** A system call on the number of a descriptor, for {@link #call}. */
    @FunctionalInterface
    public interface Call {
        /**
         * Makes the call; it should not wait in the kernel, where a close does not end it.
         *
         * @param fd the number, good for this call and no longer
         * @return the value, or -errno, as the methods of {@link Libc} do
         */
        long on(int fd);
    }

    /**
     * Makes a system call that this library does not have. The number is this descriptor's until the call is back, whoever
     * closes meanwhile: close(2) comes after it.
     *
     * <pre>{@code
     * long flags = socket.call("fcntl", fd -> Libc.get().fcntl(fd, F_GETFL, 0));
     * }</pre>
     *
     * @param name of the C function, for the exception
     * @return what the call gave
     * @throws ClosedChannelException after {@link #close}
     * @throws IOException with the errno, when the call gave -errno
     */
    public final long call(String name, Call call) throws IOException {
        int fd = enter();
        try {
            share();
            return Errors.check(call.on(fd), name, subject());
        } finally {
            exit();
        }
    }

    /**
     * Keeps the number open until {@link Hold#close}, on whatever thread that is, longer than a call: for work that the
     * kernel does on its own, in a ring for instance. {@link #close} meanwhile forbids new calls and holds and ends all waits,
     * but close(2) comes when the last hold is gone; so whoever holds must learn of the close in another way. {@link #release}
     * refuses.
     *
     * @throws ClosedChannelException after {@link #close}
     */
    public final Hold hold() throws ClosedChannelException {
        life.hold();
        share();
        return new Hold(life);
    }

    /** What keeps a descriptor's number open, see {@link Descriptor#hold}. */
    public static final class Hold implements AutoCloseable {
        private final AtomicReference<@Nullable Life> life;
        private final int fd;

        private Hold(Life life) {
            this.life = new AtomicReference<>(life);
            this.fd = life.fd();
        }

        /**
         * The number, which is the descriptor's until {@link #close}.
         *
         * @throws IllegalStateException after {@link #close}
         */
        public int fd() {
            if (life.get() == null) {
                throw new IllegalStateException("descriptor " + fd + " is not held any more");
            }
            return fd;
        }

        /** Lets go; nothing happens the second time. May be called on any thread, and then does close(2) if it is the last. */
        @Override
        public void close() {
            Life held = life.getAndSet(null);
            if (held != null) {
                held.letGo();
            }
        }
    }

    final void checkOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /**
     * Gives the descriptor away: this object is closed, the descriptor is not, and the caller must close it.
     *
     * @return the number
     * @throws ClosedChannelException after {@link #close}
     * @throws IllegalStateException while another thread is inside a call
     */
    public final int release() throws IOException {
        life.release();
        close();
        return life.fd();
    }

    /** For messages and {@code toString}: the number even after a close. */
    final int number() {
        return life.fd();
    }

    /**
     * Begins a call on the number, in a kind of descriptor of one's own; {@link #exit} must follow, on the same thread, in a
     * finally block. In between the number is this descriptor's, whoever closes it meanwhile. Calls may be nested. The call
     * must not wait for long in the kernel, where a close does not end it: make it non-blocking, and {@link #await}.
     *
     * @return the number
     * @throws ClosedChannelException after {@link #close}; {@link #exit} must not follow then
     */
    protected final int enter() throws ClosedChannelException {
        return life.enter();
    }

    /** Ends what {@link #enter} began: the number must not be used any more. The last one out after a close closes it. */
    protected final void exit() {
        life.exit();
    }

    /**
     * Waits until one of some events is there: poll(2) for this descriptor alone. A virtual thread parks meanwhile.
     *
     * @param events {@code POLLIN}, {@code POLLOUT}, {@code POLLPRI}, {@code POLLRDHUP} …
     * @param timeout null for ever, zero to look and not to wait
     * @return those that are there, and {@code POLLERR} and {@code POLLHUP} unasked; 0 when the time was over first
     * @throws ClosedChannelException after {@link #close}
     * @throws java.nio.channels.AsynchronousCloseException when another thread closes meanwhile
     * @throws java.nio.channels.ClosedByInterruptException when this thread is interrupted, which closes
     * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
     */
    public final int poll(int events, @Nullable Duration timeout) throws IOException {
        return poll(events, timeout == null ? -1 : Math.max(0, Nanos.saturated(timeout)), null);
    }

    private int poll(int events, long nanos, @Nullable Ppoll by) throws IOException {
        enter();
        try {
            WaitEvent event = nanos != 0 && Flight.look() ? WaitEvent.start() : null;
            Wait wait = Wait.begin(nanos);
            if (by != null) {
                wait.by(by);
            }
            int ready = 0;
            try {
                ready = poll(wait, events);
                return ready;
            } finally {
                Wait.end(wait);
                if (event != null) {
                    event.record(life.fd(), ready);
                }
            }
        } finally {
            exit();
        }
    }

    /**
     * Waits until one of some events is there, between {@link #enter} and {@link #exit}; otherwise as {@link #poll(int,
     * Duration)}. It uses no memory of the thread that the call was given.
     *
     * @param deadline on {@link System#nanoTime}'s clock, {@link Long#MAX_VALUE} for ever
     * @return the events that are there; 0 when the deadline passed first
     */
    protected final int await(int events, long deadline) throws IOException {
        Wait wait = Wait.beginUntil(deadline);
        try {
            return poll(wait, events);
        } finally {
            Wait.end(wait);
        }
    }

    /**
     * Waits for nothing but the deadline, a close or an interrupt, between {@link #enter} and {@link #exit}: for states that
     * the kernel gives no readiness for, or of which poll(2) says that they are over when they are not.
     *
     * @param before how many pauses there were before this one; they grow from 0.1 to 20 ms
     * @param deadline as for {@link #await(int, long)}
     * @return false when it had passed already
     */
    protected final boolean pause(int before, long deadline) throws IOException {
        Wait wait = Wait.beginUntil(deadline);
        try {
            wait.pausedBefore(before);
            return pause(wait);
        } finally {
            Wait.end(wait);
        }
    }

    /** Waits until it is worth to try again, between {@link #enter} and {@link #exit}; false when the time is over. */
    final boolean await(Wait wait, int events) throws IOException {
        int result = 0;
        WaitOwner owner = beginWait();
        try {
            result = wait.await(life, events, !readinessLies(events));
        } finally {
            endWait(owner, wait.ready() != 0);
        }
        return checked(wait, result) != 0;
    }

    /** Waits for events, between {@link #enter} and {@link #exit}: those that are there, 0 when the time is over. */
    final int poll(Wait wait, int events) throws IOException {
        int result = 0;
        WaitOwner owner = beginWait();
        try {
            result = wait.poll(life, events);
        } finally {
            endWait(owner, result > 0);
        }
        return checked(wait, result);
    }

    /** For states that the kernel gives no readiness for, between {@link #enter} and {@link #exit}; false at the deadline. */
    final boolean pause(Wait wait) throws IOException {
        int result = 0;
        WaitOwner owner = beginWait();
        try {
            result = wait.pause(life);
        } finally {
            endWait(owner, false);
        }
        return checked(wait, result) != 0;
    }

    /** Makes a call that blocks in the kernel, between {@link #enter} and {@link #exit}; gives what it returned. */
    final long call(BlockedSleeper prepared) throws IOException {
        int result = 0;
        WaitOwner owner = beginWait();
        try {
            result = prepared.call(life);
        } finally {
            endWait(owner, result != 0);
        }
        return prepared.result();
    }

    /** Who is closed when this thread is interrupted while it waits: this, or the channel that stands on it. */
    private @Nullable WaitOwner beginWait() {
        WaitOwner owner = life.owner();
        if (owner == null) {
            begin();
        } else {
            owner.beginWait();
        }
        return owner;
    }

    private void endWait(@Nullable WaitOwner owner, boolean completed) throws AsynchronousCloseException {
        if (owner == null) {
            end(completed);
            return;
        }
        owner.endWait(completed);
        if (!completed && !isOpen()) {
            throw new AsynchronousCloseException(); // somebody closed this, and not the channel
        }
    }

    private static int checked(Wait wait, int result) throws IOException {
        if (result >= 0) {
            return result;
        }
        WaitFailure failure = wait.failure();
        if (failure.cause() != null) {
            throw new IOException(failure.context() + " has ended: " + failure.cause(), failure.cause());
        }
        throw Errors.exception(result, failure.call(), failure.context());
    }

    /** How long operations wait that have no time of their own: those that send, or those that receive; negative for ever. */
    final long timeoutNanos(boolean out) {
        return life.timeoutNanos(out);
    }

    /** Changes that; whoever waits looks at it again. */
    final void timeoutNanos(boolean out, long nanos) {
        life.timeoutNanos(out, nanos);
    }

    /** What an exception of a call on this descriptor speaks of; prints as the descriptor does. */
    Object subject() {
        return this;
    }

    /** Somebody else has the number, too, and may do with it what is not seen here. */
    void share() {}

    /** Before a call, other than of a socket's own, that looks at O_NONBLOCK; between {@link #enter} and {@link #exit}. */
    void makeNonBlocking() throws IOException {}

    /** Whether poll(2) says again and again that these events are there when a call finds that they are not. */
    boolean readinessLies(int events) {
        return false;
    }

    /** Called once, by the first {@link #close} or by an interrupt. */
    @Override
    protected void implCloseChannel() throws IOException {
        try {
            life.close();
        } finally {
            Reference.reachabilityFence(this); // or the Cleaner may find it abandoned before it is closed
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "(fd " + life.fd() + (isOpen() ? ")" : ", closed)");
    }
}
