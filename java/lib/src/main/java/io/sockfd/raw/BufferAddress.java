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

    /** The buffers that were asked for once, by their hash codes: most of netty's never come again. */
    private static final int[] SEEN = new int[MASK + 1];

    /** The address of byte 0. */
    final long value;

    /** The same, or 0 for memory that goes before the buffer does. */
    final long steady;

    private BufferAddress(ByteBuffer direct, long located) {
        super(direct);
        value = Math.abs(located);
        steady = Math.max(0, located);
    }

    static BufferAddress of(ByteBuffer direct) {
        int hash = System.identityHashCode(direct);
        BufferAddress known = find(direct, hash & MASK);
        return known != null ? known : remember(direct, hash & MASK, Segments.locate(direct));
    }

    /** {@link #value}, of a buffer that is remembered from its second time on. */
    static long valueOf(ByteBuffer direct) {
        int hash = System.identityHashCode(direct);
        BufferAddress known = find(direct, hash & MASK);
        return known != null ? known.value : Math.abs(locate(direct, hash));
    }

    /** {@link #steady}, of a buffer that is remembered from its second time on. */
    static long steadyOf(ByteBuffer direct) {
        int hash = System.identityHashCode(direct);
        BufferAddress known = find(direct, hash & MASK);
        return known != null ? known.steady : Math.max(0, locate(direct, hash));
    }

    private static long locate(ByteBuffer direct, int hash) {
        int index = hash & MASK;
        long located = Segments.locate(direct);
        if (SEEN[index] == hash) {
            BufferAddress unused = remember(direct, index, located);
        } else {
            SEEN[index] = hash;
        }
        return located;
    }

    private static @Nullable BufferAddress find(ByteBuffer direct, int index) {
        BufferAddress known = KNOWN[index];
        if (known != null && known.refersTo(direct)) {
            return known;
        }
        for (int i = PLACES - 1; i > 0; i--) {
            known = KNOWN[index ^ i];
            if (known != null && known.refersTo(direct)) {
                return known;
            }
        }
        return null;
    }

    /** A new one takes a place that is free or whose buffer is gone, and its own when there is none. */
    private static BufferAddress remember(ByteBuffer direct, int index, long located) {
        int free = index;
        for (int i = PLACES - 1; i >= 0; i--) {
            BufferAddress known = KNOWN[index ^ i];
            if (known == null || known.refersTo(null)) {
                free = index ^ i;
            }
        }
        BufferAddress fresh = new BufferAddress(direct, located);
        KNOWN[free] = fresh;
        return fresh;
    }
}
