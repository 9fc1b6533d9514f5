package io.sockfd.internal.ffm;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Invokes a handle and gives its value, or {@code -errno}. One method for each number of arguments. */
final class Downcall {
    private Downcall() {}

    static int i(MethodHandle handle, long a) {
        MemorySegment state = CaptureState.take();
        try {
            return orErrno((int) handle.invokeExact(state, a), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b) {
        MemorySegment state = CaptureState.take();
        try {
            return orErrno((int) handle.invokeExact(state, a, b), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c) {
        MemorySegment state = CaptureState.take();
        try {
            return orErrno((int) handle.invokeExact(state, a, b, c), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c, long d) {
        MemorySegment state = CaptureState.take();
        try {
            return orErrno((int) handle.invokeExact(state, a, b, c, d), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c, long d, long e) {
        MemorySegment state = CaptureState.take();
        try {
            return orErrno((int) handle.invokeExact(state, a, b, c, d, e), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c) {
        MemorySegment state = CaptureState.take();
        try {
            return orErrno((long) handle.invokeExact(state, a, b, c), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c, long d) {
        MemorySegment state = CaptureState.take();
        try {
            return orErrno((long) handle.invokeExact(state, a, b, c, d), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c, long d, long e, long f) {
        MemorySegment state = CaptureState.take();
        try {
            return orErrno((long) handle.invokeExact(state, a, b, c, d, e, f), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c, long d, long e, long f, long g) {
        MemorySegment state = CaptureState.take();
        try {
            return orErrno((long) handle.invokeExact(state, a, b, c, d, e, f, g), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** A critical call on a heap array; see {@link Link#criticalOnHeap}. */
    static long heap(MethodHandle handle, long sockfd, MemorySegment range, long flags) {
        MemorySegment state = CaptureState.take();
        try {
            return orErrno((long) handle.invokeExact(state, sockfd, range, range.byteSize(), flags), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** For functions that say 0 where others say -1. */
    static int nonzero(MethodHandle handle, long a) {
        MemorySegment state = CaptureState.take();
        try {
            int value = (int) handle.invokeExact(state, a);
            return value == 0 ? -CaptureState.errno(state) : orErrno(value, state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** For functions that say NULL where others say -1. */
    static long nonnull(MethodHandle handle, long a, long b) {
        MemorySegment state = CaptureState.take();
        try {
            long value = (long) handle.invokeExact(state, a, b);
            return value == 0 ? -CaptureState.errno(state) : orErrno(value, state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** For functions with error codes of their own. */
    static int plain(MethodHandle handle, long a, long b, long c, long d) {
        MemorySegment state = CaptureState.take();
        try {
            int value = (int) handle.invokeExact(state, a, b, c, d);
            CaptureState.giveBack(state);
            return value;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static int orErrno(int value, MemorySegment state) {
        if (value == -1) {
            return -CaptureState.errno(state);
        }
        CaptureState.giveBack(state);
        return value;
    }

    private static long orErrno(long value, MemorySegment state) {
        if (value == -1) {
            return -CaptureState.errno(state);
        }
        CaptureState.giveBack(state);
        return value;
    }

    /** Only an Error can come out of a handle whose types were right the first time. */
    private static Error unexpected(Throwable t) {
        return t instanceof Error e ? e : new AssertionError(t);
    }
}
