package io.sockfd.internal.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where errno lands: memory of the calling thread. Virtual threads are too many to own some, and none leaves its carrier
 * during a call, so they share as many as there are carriers.
 */
final class CaptureState {
    private static final ThreadLocal<MemorySegment> OF_THREAD = ThreadLocal.withInitial(CaptureState::allocate);

    private static final int MASK = 63;
    private static final AtomicReferenceArray<@Nullable MemorySegment> SPARE = new AtomicReferenceArray<>(MASK + 1);

    private CaptureState() {}

    /** Memory for one call; {@link #errno} or {@link #giveBack} must follow. */
    static MemorySegment take() {
        Thread thread = Thread.currentThread();
        if (!thread.isVirtual()) {
            return OF_THREAD.get();
        }
        MemorySegment spare = SPARE.getAndSet((int) thread.threadId() & MASK, null);
        return spare != null ? spare : allocate();
    }

    /** Read only after a failure: what a successful call leaves there differs between JDK versions. */
    static int errno(MemorySegment state) {
        int errno = state.get(JAVA_INT, 0);
        giveBack(state);
        return errno;
    }

    static void giveBack(MemorySegment state) {
        Thread thread = Thread.currentThread();
        if (thread.isVirtual()) {
            SPARE.lazySet((int) thread.threadId() & MASK, state);
        }
    }

    private static MemorySegment allocate() {
        return Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    }
}
