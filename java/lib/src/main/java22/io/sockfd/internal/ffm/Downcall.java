package io.sockfd.internal.ffm;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Invokes a handle and gives its value, or {@code -errno}. One method for each number of arguments. */
final class Downcall {
    private Downcall() {}

    static int i(MethodHandle handle, long a) {
        CaptureState state = CaptureState.take();
        try {
            return orErrno((int) (long) handle.invokeExact(state.segment, a, 0L, 0L, 0L, 0L, 0L), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b) {
        CaptureState state = CaptureState.take();
        try {
            return orErrno((int) (long) handle.invokeExact(state.segment, a, b, 0L, 0L, 0L, 0L), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c) {
        CaptureState state = CaptureState.take();
        try {
            return orErrno((int) (long) handle.invokeExact(state.segment, a, b, c, 0L, 0L, 0L), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c, long d) {
        CaptureState state = CaptureState.take();
        try {
            return orErrno((int) (long) handle.invokeExact(state.segment, a, b, c, d, 0L, 0L), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c, long d, long e) {
        CaptureState state = CaptureState.take();
        try {
            return orErrno((int) (long) handle.invokeExact(state.segment, a, b, c, d, e, 0L), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c) {
        CaptureState state = CaptureState.take();
        try {
            return orErrno((long) handle.invokeExact(state.segment, a, b, c, 0L, 0L, 0L), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c, long d) {
        CaptureState state = CaptureState.take();
        try {
            return orErrno((long) handle.invokeExact(state.segment, a, b, c, d, 0L, 0L), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c, long d, long e, long f) {
        CaptureState state = CaptureState.take();
        try {
            return orErrno((long) handle.invokeExact(state.segment, a, b, c, d, e, f), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c, long d, long e, long f, long g) {
        CaptureState state = CaptureState.take();
        try {
            return orErrno((long) handle.invokeExact(state.segment, a, b, c, d, e, f, g), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** A critical call on a heap array; see {@link Link#criticalOnHeap}. */
    static long heap(MethodHandle handle, long sockfd, MemorySegment range, long flags) {
        CaptureState state = CaptureState.take();
        try {
            return orErrno((long) handle.invokeExact(state.segment, sockfd, range, range.byteSize(), flags), state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** For functions that say 0 where others say -1. */
    static int nonzero(MethodHandle handle, long a) {
        CaptureState state = CaptureState.take();
        try {
            int value = (int) (long) handle.invokeExact(state.segment, a, 0L, 0L, 0L, 0L, 0L);
            return value == 0 ? -state.errno() : orErrno(value, state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** For functions that say NULL where others say -1. */
    static long nonnull(MethodHandle handle, long a, long b) {
        CaptureState state = CaptureState.take();
        try {
            long value = (long) handle.invokeExact(state.segment, a, b, 0L, 0L, 0L, 0L);
            return value == 0 ? -state.errno() : orErrno(value, state);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** For functions with error codes of their own. */
    static int plain(MethodHandle handle, long a, long b, long c, long d) {
        CaptureState state = CaptureState.take();
        try {
            int value = (int) (long) handle.invokeExact(state.segment, a, b, c, d, 0L, 0L);
            state.giveBack();
            return value;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static int orErrno(int value, CaptureState state) {
        if (value == -1) {
            return -state.errno();
        }
        state.giveBack();
        return value;
    }

    private static long orErrno(long value, CaptureState state) {
        if (value == -1) {
            return -state.errno();
        }
        state.giveBack();
        return value;
    }

    /** Only an Error can come out of a handle whose types were right the first time. */
    private static Error unexpected(Throwable t) {
        return t instanceof Error e ? e : new AssertionError(t);
    }
}
