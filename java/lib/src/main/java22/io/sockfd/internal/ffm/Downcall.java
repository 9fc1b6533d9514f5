package io.sockfd.internal.ffm;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Invokes a handle of {@link Link}. One method for each number of arguments. */
final class Downcall {
    private Downcall() {}

    static int i(MethodHandle handle, long a) {
        try {
            return (int) (long) handle.invokeExact(a, 0L, 0L, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b) {
        try {
            return (int) (long) handle.invokeExact(a, b, 0L, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c) {
        try {
            return (int) (long) handle.invokeExact(a, b, c, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c, long d) {
        try {
            return (int) (long) handle.invokeExact(a, b, c, d, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c, long d, long e) {
        try {
            return (int) (long) handle.invokeExact(a, b, c, d, e, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int i(MethodHandle handle, long a, long b, long c, long d, long e, long f) {
        try {
            return (int) (long) handle.invokeExact(a, b, c, d, e, f);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b) {
        try {
            return (long) handle.invokeExact(a, b, 0L, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c) {
        try {
            return (long) handle.invokeExact(a, b, c, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c, long d) {
        try {
            return (long) handle.invokeExact(a, b, c, d, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) handle.invokeExact(a, b, c, d, e, f);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long l(MethodHandle handle, long a, long b, long c, long d, long e, long f, long g) {
        try {
            return (long) handle.invokeExact(a, b, c, d, e, f, g);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** As {@link #l}, for a handle that is told where to go. */
    static long at(MethodHandle handle, MemorySegment code, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) handle.invokeExact(code, a, b, c, d, e, f);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** A critical call on a heap array; see {@link Link#criticalOnHeap}. */
    static long heap(MethodHandle handle, long sockfd, MemorySegment range, long flags) {
        try {
            return (long) handle.invokeExact(sockfd, range, range.byteSize(), flags, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Only an Error can come out of a handle whose types were right the first time. */
    static Error unexpected(Throwable t) {
        return t instanceof Error e ? e : new AssertionError(t);
    }
}
