package io.sockfd.internal.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a call's memory to one thread at a time. Whoever lets two threads use one object has a fault, and shall get an
 * exception: not memory that is freed under the kernel, and no length that belongs to another address.
 */
public final class OneThread {
    private static final VarHandle THREAD;

    static {
        try {
            THREAD = MethodHandles.lookup().findVarHandle(OneThread.class, "thread", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Thread thread;

    /**
     * It is the calling thread's until {@link #end}.
     *
     * @throws IllegalStateException when it is another's
     */
    public void begin() {
        if (!THREAD.compareAndSet(this, null, Thread.currentThread())) {
            throw new IllegalStateException(
                    "another thread is in a call with this object: give each thread one of its own");
        }
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

    public boolean isMine() {
        return Thread.currentThread().equals(thread);
    }

    public void end() {
        THREAD.setRelease(this, null);
    }
}
