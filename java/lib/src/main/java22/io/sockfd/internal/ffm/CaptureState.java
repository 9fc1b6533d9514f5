package io.sockfd.internal.ffm;

import io.sockfd.internal.memory.PerThread;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where errno lands after a function of libc: memory of the calling thread. Virtual threads are too many to own some, and
 * none leaves its carrier during a call, so they share as many as there are carriers.
 *
 * <p>errno is read through a ByteBuffer, because the first access through a segment costs 4 ms of a process's start, and
 * only after a failure, because what a successful call leaves there differs between JDK versions.
 */
final class CaptureState {
    private static final PerThread<CaptureState> OF_THREAD =
            new PerThread<>(() -> new CaptureState(Thread.currentThread().threadId()));

    private static final int MASK = 63;

    /** Those of platform threads that called lately, which is found sooner than a thread local. */
    private static final @Nullable CaptureState[] RECENT = new CaptureState[MASK + 1];

    private static final AtomicReferenceArray<@Nullable CaptureState> SPARE = new AtomicReferenceArray<>(MASK + 1);

    private final ByteBuffer memory = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
    private final long thread; // its id, which no other thread ever has; 0 where it is shared

    /** For the linker's first argument. */
    private final MemorySegment segment = MemorySegment.ofBuffer(memory);

    private CaptureState(long thread) {
        this.thread = thread;
    }

    /**
     * A handle that gives the value or {@code -errno}.
     *
     * @param adapter one of the methods below
     * @param target a downcall that captures errno
     */
    static MethodHandle adapt(String adapter, MethodHandle target) {
        MethodType type = target.type().changeParameterType(0, MethodHandle.class);
        try {
            MethodHandle call = MethodHandles.lookup().findStatic(CaptureState.class, adapter, type);
            return MethodHandles.insertArguments(call, 0, target);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** No function that returns more than an int returns a value whose lower half is -1. */
    static long call(MethodHandle target, long a, long b, long c, long d, long e, long f) throws Throwable {
        CaptureState state = take();
        long value = (long) target.invokeExact(state.segment, a, b, c, d, e, f);
        return state.orErrno(value, (int) value == -1);
    }

    static long call(MethodHandle target, long a, long b, long c, long d, long e, long f, long g) throws Throwable {
        CaptureState state = take();
        long value = (long) target.invokeExact(state.segment, a, b, c, d, e, f, g);
        return state.orErrno(value, (int) value == -1);
    }

    static long callIntZeroFails(MethodHandle target, long a, long b, long c, long d, long e, long f) throws Throwable {
        CaptureState state = take();
        long value = (long) target.invokeExact(state.segment, a, b, c, d, e, f);
        return state.orErrno(value, (int) value == 0);
    }

    static long callNullFails(MethodHandle target, long a, long b, long c, long d, long e, long f) throws Throwable {
        CaptureState state = take();
        long value = (long) target.invokeExact(state.segment, a, b, c, d, e, f);
        return state.orErrno(value, value == 0);
    }

    static long callHeap(MethodHandle target, long a, MemorySegment b, long c, long d, long e, long f)
            throws Throwable {
        CaptureState state = take();
        long value = (long) target.invokeExact(state.segment, a, b, c, d, e, f);
        return state.orErrno(value, value == -1);
    }

    private long orErrno(long value, boolean failed) {
        long result = failed ? -memory.getInt(0) : value;
        if (thread == 0) {
            SPARE.lazySet((int) Thread.currentThread().threadId() & MASK, this);
        }
        return result;
    }

    private static CaptureState take() {
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
        RECENT[slot] = own;
        return own;
    }
}
