package io.sockfd.internal.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Invokes a handle and gives its value, or {@code -errno}. One method for each number of arguments. */
final class Downcall {
    /**
     * Where errno lands, per thread. It is read only after -1: what a successful call leaves in it differs between JDK
     * versions.
     */
    private static final ThreadLocal<MemorySegment> STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    private Downcall() {}

    static int i(MethodHandle handle, long a) {
        MemorySegment state = STATE.get();
        try {
            return orErrno((int) handle.invokeExact(state, a), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b) {
        MemorySegment state = STATE.get();
        try {
            return orErrno((int) handle.invokeExact(state, a, b), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c) {
        MemorySegment state = STATE.get();
        try {
            return orErrno((int) handle.invokeExact(state, a, b, c), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c, long d) {
        MemorySegment state = STATE.get();
        try {
            return orErrno((int) handle.invokeExact(state, a, b, c, d), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c, long d, long e) {
        MemorySegment state = STATE.get();
        try {
            return orErrno((int) handle.invokeExact(state, a, b, c, d, e), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c) {
        MemorySegment state = STATE.get();
        try {
            return orErrno((long) handle.invokeExact(state, a, b, c), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c, long d) {
        MemorySegment state = STATE.get();
        try {
            return orErrno((long) handle.invokeExact(state, a, b, c, d), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c, long d, long e, long f) {
        MemorySegment state = STATE.get();
        try {
            return orErrno((long) handle.invokeExact(state, a, b, c, d, e, f), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c, long d, long e, long f, long g) {
        MemorySegment state = STATE.get();
        try {
            return orErrno((long) handle.invokeExact(state, a, b, c, d, e, f, g), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** A critical call on a heap array; see {@link Link#criticalOnHeap}. */
    static long heap(MethodHandle handle, long sockfd, MemorySegment range, long flags) {
        MemorySegment state = STATE.get();
        try {
            return orErrno((long) handle.invokeExact(state, sockfd, range, range.byteSize(), flags), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** For functions that say 0 where others say -1. */
    static int nonzero(MethodHandle handle, long a) {
        MemorySegment state = STATE.get();
        try {
            int value = (int) handle.invokeExact(state, a);
            return value == 0 ? -errno(state) : value;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** For functions that say NULL where others say -1. */
    static long nonnull(MethodHandle handle, long a, long b) {
        MemorySegment state = STATE.get();
        try {
            long value = (long) handle.invokeExact(state, a, b);
            return value == 0 ? -errno(state) : value;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** For functions with error codes of their own. */
    static int plain(MethodHandle handle, long a, long b, long c, long d) {
        try {
            return (int) handle.invokeExact(STATE.get(), a, b, c, d);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static int orErrno(int value, MemorySegment state) {
        return value == -1 ? -errno(state) : value;
    }

    private static long orErrno(long value, MemorySegment state) {
        return value == -1 ? -errno(state) : value;
    }

    private static int errno(MemorySegment state) {
        return state.get(JAVA_INT, 0);
    }

    /** Only an Error can come out of a handle whose types were right the first time. */
    private static Error unexpected(Throwable t) {
        return t instanceof Error e ? e : new AssertionError(t);
    }
}
