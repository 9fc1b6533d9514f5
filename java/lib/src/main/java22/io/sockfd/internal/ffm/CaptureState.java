package io.sockfd.internal.ffm;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where errno lands: memory of the calling thread. Virtual threads are too many to own some, and none leaves its carrier
 * during a call, so they share as many as there are carriers.
 *
 * <p>errno is read through a ByteBuffer, because the first access through a segment costs 4 ms of a process's start.
 */
final class CaptureState {
    private static final ThreadLocal<@Nullable CaptureState> OF_THREAD = new ThreadLocal<>();

    private static final int MASK = 63;

    /** Those of platform threads that called lately, which is found sooner than a thread local. */
    private static final @Nullable CaptureState[] RECENT = new CaptureState[MASK + 1];

    private static final AtomicReferenceArray<@Nullable CaptureState> SPARE = new AtomicReferenceArray<>(MASK + 1);

    private final ByteBuffer memory = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
    private final long thread; // its id, which no other thread ever has; 0 where it is shared

    /** For the linker's first argument. */
    final MemorySegment segment = MemorySegment.ofBuffer(memory);

    private CaptureState(long thread) {
        this.thread = thread;
    }

    /** Memory for one call; {@link #errno} or {@link #giveBack} must follow. */
    static CaptureState take() {
        Thread thread = Thread.currentThread();
        long id = thread.threadId();
        CaptureState recent = RECENT[(int) id & MASK];
        return recent != null && recent.thread == id ? recent : find(thread, id);
    }

    private static CaptureState find(Thread thread, long id) {
        int slot = (int) id & MASK;
        if (thread.isVirtual()) {
            CaptureState spare = SPARE.getAndSet(slot, null);
            return spare != null ? spare : new CaptureState(0);
        }
        CaptureState own = OF_THREAD.get();
        if (own == null) {
            own = new CaptureState(id);
            OF_THREAD.set(own);
        }
        RECENT[slot] = own;
        return own;
    }

    /** Read only after a failure: what a successful call leaves there differs between JDK versions. */
    int errno() {
        int errno = memory.getInt(0);
        giveBack();
        return errno;
    }

    void giveBack() {
        if (thread == 0) {
            SPARE.lazySet((int) Thread.currentThread().threadId() & MASK, this);
        }
    }
}
