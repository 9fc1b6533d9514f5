package io.sockfd.xdp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a receive ring to one thread at a time. The thread that has taken a turn of frames out of the ring stays its owner until
 * it has read the last of them: an atomic operation for each frame would take more time than all the rest of reading it.
 */
final class TurnGuard {
    private static final VarHandle OWNER;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(TurnGuard.class, "owner", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Owns what no thread shall enter any more. */
    private static final Object ENDED = new Object();

    private @Nullable Object owner; // a thread, ENDED, or nobody; others' by OWNER
    private boolean inside; // the owner's: it is in a call

    /** How an attempt to enter ended: these three. */
    enum Entry {
        REFUSED,
        NEW,
        OWNED
    }

    /** Whether the calling thread has frames of a turn to read: it has written that itself, or it is not so. */
    boolean isOwner() {
        return Thread.currentThread().equals(owner);
    }

    /** The calling thread is inside, unless another one is, or has not read all of its turn; {@link #leave} must follow. */
    Entry enter() {
        Entry entry = isOwner() ? Entry.OWNED : replace(Thread.currentThread()) ? Entry.NEW : Entry.REFUSED;
        if (entry != Entry.REFUSED) {
            inside = true;
        }
        return entry;
    }

    /**
     * The calling thread is outside.
     *
     * @param stays whether it is the owner from now on, for it has frames to read
     */
    void leave(boolean stays) {
        inside = false;
        if (!stays) {
            OWNER.setRelease(this, null);
        }
    }

    /** Nobody enters any more; false as long as a thread is inside, or another one lives that has frames to read. */
    boolean end() {
        if (isOwner()) {
            if (inside) {
                return false;
            }
            OWNER.setRelease(this, ENDED);
            return true;
        }
        return replace(ENDED);
    }

    /** Nobody, or a thread that has ended, is followed by another. */
    private boolean replace(Object next) {
        Object now = OWNER.getAcquire(this);
        boolean over = now == null || (now instanceof Thread thread && !thread.isAlive());
        return over && OWNER.compareAndSet(this, now, next);
    }
}
