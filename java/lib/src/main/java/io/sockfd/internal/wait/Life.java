package io.sockfd.internal.wait;

import io.sockfd.raw.Libc;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The life of a descriptor, apart from the object that users hold, so that a {@link Cleaner} can have it; the drawing is on
 * the package's page. It must not refer to that object.
 */
public class Life extends Guard implements Sleepable, Runnable {
    private static volatile @Nullable Function<? super Channel, Life> lives;

    private static final Life[] NOBODY = {};

    private final int fd;
    private final Sleepers sleepers = new Sleepers();
    private final Memberships memberships = new Memberships();
    /** Whether a virtual thread waited here: the poller must forget the number before the kernel gives it away. */
    private volatile boolean polled;

    private volatile Life[] timed = NOBODY; // those whose waits go by the time of this one
    private volatile long receiveTimeout = -1;
    private volatile long sendTimeout = -1;
    private volatile boolean owned;
    private volatile boolean shutForSending;
    private volatile boolean abandoned = true;
    private volatile String kind = "Descriptor";
    private Cleaner.@Nullable Cleanable cleanable;
    /** Weak: it refers to the descriptor, which must be found unreachable while the Cleaner has this. */
    private volatile @Nullable WeakReference<WaitOwner> owner;

    /**
     * Begins with an open descriptor.
     *
     * @param owned whether its end closes the descriptor
     */
    public Life(int fd, boolean owned) {
        this.fd = fd;
        this.owned = owned;
    }

    /** Called once, by the class of the descriptors: how any of them is asked for its life. */
    public static void told(Function<? super Channel, Life> how) {
        lives = how;
    }

    /** The life of a descriptor, for the other packages of the library. */
    public static Life of(Channel descriptor) {
        Function<? super Channel, Life> how = lives;
        if (how == null) {
            throw new IllegalStateException("there is no class of descriptors yet");
        }
        return how.apply(descriptor);
    }

    /** Closes, and says so, when {@code descriptor} becomes unreachable before it was closed. */
    public final void watch(Channel descriptor) {
        kind = descriptor.getClass().getSimpleName();
        if (owned) {
            cleanable = LeakReporter.watch(descriptor, this);
        }
    }

    /** The number, even after a close. */
    public final int fd() {
        return fd;
    }

    /** The sets that it leaves by itself. */
    public final Memberships memberships() {
        return memberships;
    }

    /** Whom an interrupt closes; null for the descriptor itself. The caller keeps the owner reachable. */
    public final void owner(WaitOwner newOwner) {
        owner = new WeakReference<>(newOwner);
    }

    /** Whom an interrupt closes; null for the descriptor itself. */
    public final @Nullable WaitOwner owner() {
        WeakReference<WaitOwner> set = owner;
        return set == null ? null : set.get();
    }

    @Override
    public final long timeoutNanos(boolean out) {
        return out ? sendTimeout : receiveTimeout;
    }

    /** Changes that; whoever waits looks at it again. */
    public final void timeoutNanos(boolean out, long nanos) {
        if (timeoutNanos(out) == nanos) {
            return;
        }
        if (out) {
            sendTimeout = nanos;
        } else {
            receiveTimeout = nanos;
        }
        sleepers.lookAll();
        for (Life other : timed) {
            other.sleepers.lookAll();
        }
    }

    /**
     * From now on a change of the time here reaches those, too, who wait for another descriptor by it; {@link #timeNoMore} must
     * follow.
     */
    public final void timeAlso(Life other) {
        synchronized (this) {
            Life[] more = Arrays.copyOf(timed, timed.length + 1);
            more[timed.length] = other;
            timed = more;
        }
    }

    /** Undoes one {@link #timeAlso}. */
    public final void timeNoMore(Life other) {
        synchronized (this) {
            List<Life> fewer = new ArrayList<>(List.of(timed));
            fewer.remove(other);
            timed = fewer.toArray(NOBODY);
        }
    }

    /**
     * After a shutdown(2) of sending: whoever waits to send makes the call again, once. The kernel does not wake those that
     * poll a UNIX socket for it, and never says that such a socket is writable.
     */
    public final void shutForSending() {
        shutForSending = true;
        sleepers.lookAll();
    }

    /** A connection that begins has no shutdown behind it. */
    public final void connecting() {
        shutForSending = false;
    }

    /** Whether sending was shut down, on the connection that is or that was last. */
    public final boolean isShutForSending() {
        return shutForSending;
    }

    /** Begins a call, and gives the number; {@link #exit} must follow. */
    public final int enter() throws ClosedChannelException {
        enterGuard();
        return fd;
    }

    /** Those whom a close wakes. */
    final Sleepers sleepers() {
        return sleepers;
    }

    @Override
    public final void polled() {
        polled = true;
    }

    /** Forbids new calls and ends the waits of those inside; the last of them closes the number. */
    public final void close() {
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

    /**
     * Ends, and leaves the number open. A call that came in between nobody inside and closed would use a number that is
     * another's.
     *
     * @throws IllegalStateException while a call is inside
     */
    public final void release() throws ClosedChannelException {
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
            Libc.get().close(fd);
        }
        ended();
    }

    private void wakeAll() {
        closing();
        sleepers.wakeAll();
    }

    /** After a close, while calls are inside: ends the waits that go by nothing else. */
    protected void closing() {}

    /** After the last call, and after close(2) where that is ours. */
    protected void ended() {}

    @Override
    public String toString() {
        return "descriptor " + fd;
    }

    /** The Cleaner's action; nothing to do after a close. */
    @Override
    public final void run() {
        if (abandoned) {
            LeakReporter.report(kind, fd);
            close();
        }
    }
}
