package io.sockfd.internal.ffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory of the calling thread for small heap arrays. A copy of so few bytes costs less than the segments that the array
 * itself would need, which the JIT does not always do without.
 */
final class HeapCopies {
    private static final int SIZE = 1024;
    private static final ThreadLocal<MemorySegment> OF_THREAD =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(SIZE, Long.BYTES));

    private HeapCopies() {}

    /** Not for virtual threads: there may be too many of them for memory of their own. */
    static boolean serve(int length) {
        return length <= SIZE && !Thread.currentThread().isVirtual();
    }

    static long address() {
        return OF_THREAD.get().address();
    }

    static long of(byte[] array, int offset, int length) {
        MemorySegment memory = OF_THREAD.get();
        MemorySegment.copy(array, offset, memory, JAVA_BYTE, 0, length);
        return memory.address();
    }

    /** {@code length} may be an error, and then nothing is copied. */
    static void into(byte[] array, int offset, long length) {
        if (length > 0) {
            MemorySegment.copy(OF_THREAD.get(), JAVA_BYTE, 0, array, offset, (int) length);
        }
    }
}
