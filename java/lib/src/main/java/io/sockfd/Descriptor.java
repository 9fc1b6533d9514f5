package io.sockfd;

import io.sockfd.raw.Libc;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.nio.file.Path;
import java.time.Duration;
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
    private final State state;

    /**
     * Wraps a descriptor number.
     *
     * @param owned whether closing this object closes the descriptor
     */
    Descriptor(int fd, boolean owned) {
        if (fd < 0) {
            throw new IllegalArgumentException("not a descriptor: " + fd);
        }
        state = new State(fd, owned);
        watch(owned);
    }

    /** For descriptors whose life needs more than a number. */
    Descriptor(State state) {
        this.state = state;
        watch(true);
    }

    private void watch(boolean owned) {
        state.kind = getClass();
        if (owned) {
            state.cleanable = Abandoned.watch(this, state);
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
     * The number, for calls of {@link Libc} that this library does not have. It is valid only as long as this object is
     * reachable and not closed.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public final int fd() {
        if (!isOpen()) {
            throw new IllegalStateException(this + " has no descriptor any more");
        }
        return state.fd;
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
        state.release();
        close();
        return state.fd;
    }

    /** For messages and {@code toString}: the number even after a close. */
    final int number() {
        return state.fd;
    }

    /** Begins a call; {@link #exit} must follow. */
    final int enter() throws ClosedChannelException {
        return state.enter();
    }

    /** Ends a call. */
    final void exit() {
        state.exit();
    }

    final Memberships memberships() {
        return state.memberships;
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
        long nanos = timeout == null ? -1 : Math.max(0, Nanos.saturated(timeout));
        enter();
        try {
            Waiter waiter = Waiter.begin(this, nanos);
            try {
                return waiter.poll(events);
            } finally {
                Waiter.end(waiter);
            }
        } finally {
            exit();
        }
    }

    /** Waits, between {@link #enter} and {@link #exit}; throws as {@link #poll} does. */
    final int await(Waiter waiter, int events, long until) throws IOException {
        return await(waiter, state.fd, events, until);
    }

    /** Waits for nothing but the time, a close or an interrupt; may end before. */
    final void sleep(Waiter waiter, long until) throws IOException {
        int ignored = await(waiter, -1, 0, until);
    }

    private int await(Waiter waiter, int fd, int events, long until) throws IOException {
        int ready = 0;
        begin();
        try {
            ready = state.waiters.await(state, waiter, fd, events, until);
        } finally {
            end(ready != 0);
        }
        return ready;
    }

    /** How long operations wait that have no time of their own: those that send, or those that receive; negative for ever. */
    long timeoutNanos(boolean out) {
        return -1;
    }

    /** After a change of {@link #timeoutNanos}: whoever waits looks at it again. */
    final void timeoutChanged() {
        state.waiters.lookAll();
    }

    /** Before a call, other than of a socket's own, that looks at O_NONBLOCK; between {@link #enter} and {@link #exit}. */
    void makeNonBlocking() throws IOException {}

    /** Whether poll(2) says that these events are there when the call may find that they are not, again and again. */
    boolean promisesTooMuch(int events) {
        return false;
    }

    /** Called once, by the first {@link #close} or by an interrupt. */
    @Override
    protected void implCloseChannel() throws IOException {
        try {
            state.close();
        } finally {
            Reference.reachabilityFence(this); // or the Cleaner may find it abandoned before it is closed
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "(fd " + state.fd + (isOpen() ? ")" : ", closed)");
    }

    /** All that the descriptor's life needs, apart from the object that users hold, so that a Cleaner can have it. */
    static class State extends Guard implements Runnable {
        final int fd;
        final Waiters waiters = new Waiters();
        final Memberships memberships = new Memberships();
        Class<?> kind = Descriptor.class;
        /** Whether a virtual thread waited here: the poller must forget the number before the kernel gives it away. */
        volatile boolean polled;

        private volatile boolean owned;
        private volatile boolean abandoned = true;
        private Cleaner.@Nullable Cleanable cleanable;

        State(int fd, boolean owned) {
            this.fd = fd;
            this.owned = owned;
        }

        final int enter() throws ClosedChannelException {
            enterGuard();
            return fd;
        }

        final void close() {
            if (!markClosed()) {
                return;
            }
            memberships.invalidate();
            if (!destroyIfIdle()) {
                wakeAll();
            }
            unwatch();
        }

        private void unwatch() {
            Cleaner.Cleanable registered = cleanable;
            if (registered != null) {
                abandoned = false;
                registered.clean();
            }
        }

        /** A call that came in between nobody inside and closed would use a number that is another's. */
        final void release() throws ClosedChannelException {
            closeIdle();
            owned = false;
            memberships.invalidate();
            destroyOnce();
            unwatch();
        }

        /** close(2) is never repeated: on Linux the number is free even after EINTR. */
        @Override
        final void destroy() {
            memberships.leave(fd); // a duplicate would keep the registration, and its events would come for ever
            if (polled) {
                Poller.forget(fd);
            }
            if (owned) {
                closeOwned();
            }
        }

        /** Ends the waits of all threads inside. */
        void wakeAll() {
            waiters.wakeAll();
        }

        void closeOwned() {
            Libc.get().close(fd);
        }

        @Override
        public String toString() {
            return "descriptor " + fd;
        }

        /** The Cleaner's action; nothing to do after a close. */
        @Override
        public final void run() {
            if (abandoned) {
                Abandoned.report(this);
                close();
            }
        }
    }
}
