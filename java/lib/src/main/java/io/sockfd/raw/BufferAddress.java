package io.sockfd.raw;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where direct buffers lie, remembered: asking is a call into C through JNI, and through FFM a segment that the JIT does
 * not always do without. Neither a buffer's address nor how long its memory lives ever changes, and a buffer that is gone
 * is no other.
 *
 * <p>Netty, for one, makes a new buffer object for each call. So a buffer is looked for by where it lies, of which it tells the
 * lower bits at once, and not by its hash code, which would be made for it; and only now and then is one remembered that was
 * not found, which one that comes again and again soon is.
 */
final class BufferAddress extends WeakReference<ByteBuffer> {
    private static final int MASK = 4095;

    private static final int SPREAD = 0x9E3779B1; // 2^32 by the golden ratio
    private static final int SPREAD_SHIFT = Integer.numberOfLeadingZeros(MASK);

    /** A buffer may be in its own place or in any of its three neighbours'. */
    private static final int PLACES = 4;

    /** Threads may overwrite each other's entries. */
    private static final @Nullable BufferAddress[] KNOWN = new BufferAddress[MASK + 1];

    /** Of so many that are not found at a place, one is remembered. */
    private static final int PATIENCE = 16;

    /** How many were not found, by their places. */
    private static final byte[] MISSES = new byte[MASK + 1];

    /** The part of its address that a buffer gives by itself is below this. */
    private static final int LOWER = 1 << 30;

    /** The address of byte 0. */
    final long value;

    /** The same, or 0 for memory that goes before the buffer does. */
    final long steady;

    /** The same, or 0 for a read-only buffer. */
    final long writable;

    private BufferAddress(ByteBuffer direct, long located) {
        super(direct);
        value = Math.abs(located);
        steady = Math.max(0, located);
        writable = direct.isReadOnly() ? 0 : steady;
    }

    /** {@link #value}. */
    static long valueOf(ByteBuffer direct) {
        int place = place(direct);
        BufferAddress known = find(direct, place);
        return known != null ? known.value : Math.abs(locate(direct, place));
    }

    /** {@link #steady}. */
    static long steadyOf(ByteBuffer direct) {
        BufferAddress known = find(direct);
        return known != null ? known.steady : steadyOfUnknown(direct);
    }

    /** {@link #steady}, of one that is not remembered. */
    static long steadyOfUnknown(ByteBuffer direct) {
        return Math.max(0, locate(direct, place(direct)));
    }

    /** Null as long as the buffer is not remembered. */
    static @Nullable BufferAddress find(ByteBuffer direct) {
        return find(direct, place(direct));
    }

    /** Spread: memory often begins at a multiple of something. */
    private static int place(ByteBuffer direct) {
        return ((direct.alignmentOffset(0, LOWER) + direct.capacity()) * SPREAD) >>> SPREAD_SHIFT;
    }

    private static long locate(ByteBuffer direct, int place) {
        int misses = ++MISSES[place];
        long located = Segments.locate(direct, misses);
        if (misses % PATIENCE == 0) {
            remember(direct, place, located);
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
    private static void remember(ByteBuffer direct, int index, long located) {
        int free = index;
        for (int i = PLACES - 1; i >= 0; i--) {
            BufferAddress known = KNOWN[index ^ i];
            if (known == null || known.refersTo(null)) {
                free = index ^ i;
            }
        }
        KNOWN[free] = new BufferAddress(direct, located);
    }
}
