package io.sockfd.internal.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a call's memory to one thread at a time. Whoever lets two threads use one object has a fault, and shall get an
 * exception: not memory that is freed under the kernel, and no length that belongs to another address.
 */
public final class OneThread {
    private static final VarHandle OWNER;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(OneThread.class, "owner", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Stands for no thread at all: not even the one that began may use it, until it takes it back. */
    private static final Object NOBODY = new Object();

    private volatile @Nullable Object owner; // a thread, or nobody

    /**
     * It is the calling thread's until {@link #end}.
     *
     * @throws IllegalStateException when it is another's
     */
    public void begin() {
        if (!tryBegin()) {
            throw new IllegalStateException(
                    "another call with this object is under way, on another thread or in a ring: use one object for each");
        }
    }

    /** As {@link #begin}; false when it is somebody's already. */
    public boolean tryBegin() {
        return OWNER.compareAndSet(this, null, Thread.currentThread());
    }

    /** As {@link #begin}, unless it is the calling thread's already; tells {@link #leave} which. */
    public boolean enter() {
        boolean outermost = !isMine();
        if (outermost) {
            begin();
        }
        return outermost;
    }

    public void leave(boolean outermost) {
        if (outermost) {
            end();
        }
    }

    /** After {@link #begin}, for work that goes on when the call has returned; {@link #takeBack} must follow. */
    public void lend() {
        OWNER.setRelease(this, NOBODY);
    }

    public void takeBack() {
        OWNER.setRelease(this, Thread.currentThread());
    }

    public boolean isMine() {
        return Thread.currentThread().equals(owner);
    }

    public void end() {
        OWNER.setRelease(this, null);
    }
}
