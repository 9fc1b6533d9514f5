package io.sockfd.event;

import io.sockfd.Descriptor;
import io.sockfd.ErrnoException;
import io.sockfd.internal.wait.Memberships;
import java.io.IOException;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A descriptor in an {@link Epoll}: what is watched for, and what the user attached. Safe for use by several threads. */
public final class Registration {
    private final Owner owner;
    private final Descriptor descriptor;
    private final long token;
    final Membership membership;
    private volatile int events;
    private volatile @Nullable Object attachment;
    private volatile boolean valid = true;
    /** Out of the kernel's set, and in ours; protected by the monitor of the Epoll's event. */
    boolean paused;
    /** For the thread of an {@link EventLoop}: failures of the handler since it last returned, and {@link Resting}. */
    int failures;

    boolean resting;

    Registration(Owner owner, Descriptor descriptor, long token, int events, @Nullable Object attachment) {
        this.owner = owner;
        this.descriptor = descriptor;
        this.token = token;
        this.membership = new Membership(owner, token);
        this.events = events;
        this.attachment = attachment;
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    /** What is watched for; a one-shot registration that has fired still says what it was. */
    public int events() {
        return events;
    }

    public @Nullable Object attachment() {
        return attachment;
    }

    public void attach(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    /** False after {@link #remove} and after either side was closed. */
    public boolean isValid() {
        return valid;
    }

    /**
     * Watches for other events, or again after a one-shot event or a {@link #pause}.
     *
     * @param newEvents as in {@link Epoll#add}; {@code EPOLLEXCLUSIVE} can neither be set nor, once set, be changed
     * @throws java.nio.channels.ClosedChannelException when either side is closed
     * @throws ErrnoException ENOENT after {@link #remove}, EINVAL for events that cannot be combined
     */
    public void modify(int newEvents) throws IOException {
        owner.modify(this, newEvents);
        events = newEvents;
    }

    /**
     * Watches for nothing, until {@link #modify}: {@code EPOLLERR} and {@code EPOLLHUP} do not come, either, which {@code
     * modify(0)} still gets, again and again. An event that was fetched before may still be delivered. Nothing happens the
     * second time.
     *
     * @throws java.nio.channels.ClosedChannelException when either side is closed
     * @throws ErrnoException ENOENT after {@link #remove}
     */
    public void pause() throws IOException {
        owner.pause(this);
        events = 0;
    }

    /** Ends it: no event that was not yet delivered is delivered. Nothing happens the second time. */
    public void remove() throws IOException {
        owner.remove(this);
    }

    long token() {
        return token;
    }

    void end() {
        valid = false;
        attachment = null;
    }

    @Override
    public String toString() {
        return descriptor + " in " + owner + ", events 0x" + Integer.toHexString(events) + (valid ? "" : ", ended");
    }

    /** The set that a registration is in, for all that it is asked to do. */
    abstract static class Owner {
        abstract void modify(Registration registration, int events) throws IOException;

        abstract void pause(Registration registration) throws IOException;

        abstract void remove(Registration registration) throws IOException;

        /** No event of it is delivered from now on. */
        abstract void invalidate(long token);

        /** Takes a number out of the kernel's set; nothing to do when it is not in it, or when the set is closed. */
        abstract void delete(int fd);
    }

    /** A weak reference: what a user attached often refers to the descriptor, which must be found unreachable then. */
    static final class Membership extends Memberships.Membership {
        private final WeakReference<Owner> owner;
        private final long token;

        Membership(Owner owner, long token) {
            this.owner = new WeakReference<>(owner);
            this.token = token;
        }

        @Override
        protected void invalidate() {
            Owner left = owner.get();
            if (left != null) {
                left.invalidate(token);
            }
        }

        @Override
        protected void leave(int fd) {
            Owner left = owner.get();
            if (left != null) {
                left.delete(fd);
            }
        }
    }
}
