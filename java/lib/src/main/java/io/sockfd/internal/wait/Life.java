package io.sockfd.internal.wait;

import io.sockfd.raw.Libc;
import java.lang.ref.Cleaner;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The life of a descriptor, apart from the object that users hold, so that a {@link Cleaner} can have it; the drawing is on
 * the package's page. It must not refer to that object.
 */
public class Life extends Sleepers implements Sleepable, Runnable {
    private static volatile @Nullable Function<? super Channel, Life> lives;

    // most descriptors do without either
    private volatile @Nullable WaitTerms terms;
    private volatile @Nullable Memberships memberships;
    /** Whether a virtual thread waited here: the poller must forget the number before the kernel gives it away. */
    private volatile boolean polled;

    private volatile boolean owned;
    private volatile boolean shutForSending;
    private volatile boolean abandoned = true;
    private volatile String kind = "Descriptor";
    private Cleaner.@Nullable Cleanable cleanable;

    /**
     * Begins with an open descriptor.
     *
     * @param owned whether its end closes the descriptor
     */
    public Life(int fd, boolean owned) {
        super(fd);
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
            OpenLives.opened(this, kind);
        }
    }

    /** The sets that it leaves by itself. */
    public final Memberships memberships() {
        Memberships known = memberships;
        return known != null ? known : makeMemberships();
    }

    private synchronized Memberships makeMemberships() {
        Memberships made = memberships;
        if (made == null) {
            made = new Memberships();
            memberships = made;
        }
        return made;
    }

    private WaitTerms terms() {
        WaitTerms known = terms;
        return known != null ? known : makeTerms();
    }

    private synchronized WaitTerms makeTerms() {
        WaitTerms made = terms;
        if (made == null) {
            made = new WaitTerms();
            terms = made;
        }
        return made;
    }

    /** Whom an interrupt closes; null for the descriptor itself. The caller keeps the owner reachable. */
    public final void owner(WaitOwner newOwner) {
        terms().owner(newOwner);
    }

    /** Whom an interrupt closes; null for the descriptor itself. */
    public final @Nullable WaitOwner owner() {
        WaitTerms known = terms;
        return known == null ? null : known.owner();
    }

    @Override
    public final long timeoutNanos(boolean out) {
        WaitTerms known = terms;
        return known == null ? -1 : known.timeoutNanos(out);
    }

    /** Changes that; whoever waits looks at it again. */
    public final void timeoutNanos(boolean out, long nanos) {
        if (timeoutNanos(out) != nanos) {
            terms().timeoutNanos(out, nanos);
            lookAll();
        }
    }

    /**
     * From now on a change of the time here reaches those, too, who wait for another descriptor by it; {@link #timeNoMore} must
     * follow.
     */
    public final void timeAlso(Life other) {
        terms().timeAlso(other);
    }

    /** Undoes one {@link #timeAlso}. */
    public final void timeNoMore(Life other) {
        terms().timeNoMore(other);
    }

    /**
     * After a shutdown(2) of sending: whoever waits to send makes the call again, once. The kernel does not wake those that
     * poll a UNIX socket for it, and never says that such a socket is writable.
     */
    public final void shutForSending() {
        shutForSending = true;
        lookAll();
    }

    /** A connection that begins has no shutdown behind it. */
    public final void connecting() {
        shutForSending = false;
    }

    /** Whether sending was shut down, on the connection that is or that was last. */
    public final boolean isShutForSending() {
        return shutForSending;
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
        invalidateMemberships();
        if (!destroyIfIdle()) {
            closing();
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
        invalidateMemberships();
        destroyOnce();
        unwatch();
    }

    /** close(2) is never repeated: on Linux the number is free even after EINTR. */
    @Override
    final void destroy() {
        Memberships known = memberships;
        if (known != null) {
            known.leave(fd()); // a duplicate would keep the registration, and its events would come for ever
        }
        if (polled) {
            Poller.forget(fd());
        }
        OpenLives.ended(this);
        if (owned) {
            Libc.get().close(fd());
        }
        ended();
    }

    private void invalidateMemberships() {
        Memberships known = memberships;
        if (known != null) {
            known.invalidate();
        }
    }

    /** After a close, while calls are inside: ends the waits that go by nothing else. */
    protected void closing() {}

    /** After the last call, and after close(2) where that is ours. */
    protected void ended() {}

    @Override
    public String toString() {
        return "descriptor " + fd();
    }

    /** The Cleaner's action; nothing to do after a close. */
    @Override
    public final void run() {
        if (abandoned) {
            LeakReporter.report(kind, fd(), OpenLives.where(this));
            close();
        }
    }
}
