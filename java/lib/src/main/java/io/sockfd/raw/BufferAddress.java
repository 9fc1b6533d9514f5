package io.sockfd.raw;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where direct buffers lie, remembered: asking is a call into C through JNI, and through FFM a segment that the JIT does
 * not always do without. A buffer's address never changes, and a buffer that is gone is no other.
 */
final class BufferAddress extends WeakReference<ByteBuffer> {
    private static final int MASK = 4095;

    /** Threads may overwrite each other's entries. */
    private static final @Nullable BufferAddress[] KNOWN = new BufferAddress[MASK + 1];

    private final long value;

    private BufferAddress(ByteBuffer direct) {
        super(direct);
        value = Libc.get().getDirectBufferAddress(direct);
    }

    /** The address of byte 0. */
    static long of(ByteBuffer direct) {
        int index = System.identityHashCode(direct) & MASK;
        BufferAddress known = KNOWN[index];
        return known != null && known.refersTo(direct) ? known.value : elsewhere(direct, index, known);
    }

    /** Its second place is its neighbour's first; who was in the first goes there when it is taken. */
    private static long elsewhere(ByteBuffer direct, int index, @Nullable BufferAddress first) {
        BufferAddress second = KNOWN[index ^ 1];
        if (second != null && second.refersTo(direct)) {
            return second.value;
        }
        BufferAddress fresh = new BufferAddress(direct);
        if (first != null) {
            KNOWN[index ^ 1] = first;
        }
        KNOWN[index] = fresh;
        return fresh.value;
    }
}
