package io.sockfd.raw;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where direct buffers lie, remembered: asking is a call into C through JNI, and through FFM a segment that the JIT does
 * not always do without. Neither a buffer's address nor how long its memory lives ever changes, and a buffer that is gone
 * is no other.
 */
final class BufferAddress extends WeakReference<ByteBuffer> {
    private static final int MASK = 4095;

    /** A buffer may be in its own place or in any of its three neighbours'. */
    private static final int PLACES = 4;

    /** Threads may overwrite each other's entries. */
    private static final @Nullable BufferAddress[] KNOWN = new BufferAddress[MASK + 1];

    /** The address of byte 0. */
    final long value;

    /** The same, or 0 for memory that goes before the buffer does. */
    final long steady;

    private BufferAddress(ByteBuffer direct) {
        super(direct);
        value = Libc.get().getDirectBufferAddress(direct);
        steady = Segments.lastAsLongAs(direct.duplicate().clear()) ? value : 0; // whose position nobody moves
    }

    static BufferAddress of(ByteBuffer direct) {
        int index = System.identityHashCode(direct) & MASK;
        BufferAddress known = KNOWN[index];
        return known != null && known.refersTo(direct) ? known : elsewhere(direct, index);
    }

    /** A new one takes a place that is free or whose buffer is gone, and its own when there is none. */
    private static BufferAddress elsewhere(ByteBuffer direct, int index) {
        int free = index;
        for (int i = PLACES - 1; i >= 0; i--) {
            BufferAddress known = KNOWN[index ^ i];
            if (known == null || known.refersTo(null)) {
                free = index ^ i;
            } else if (known.refersTo(direct)) {
                return known;
            }
        }
        BufferAddress fresh = new BufferAddress(direct);
        KNOWN[free] = fresh;
        return fresh;
    }
}
