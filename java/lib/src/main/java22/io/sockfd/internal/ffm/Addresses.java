package io.sockfd.internal.ffm;

import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the addresses of direct buffers, because asking makes a segment that the JIT does not always do without. A
 * buffer's address never changes; a buffer that is gone matches no other. Threads may overwrite each other's entries.
 */
final class Addresses {
    private static final int MASK = 1023;
    private static final @Nullable Entry[] ENTRIES = new Entry[MASK + 1];

    private Addresses() {}

    /** The address of byte 0. */
    static long of(ByteBuffer direct) {
        int index = System.identityHashCode(direct) & MASK;
        Entry entry = ENTRIES[index];
        if (entry == null || !entry.refersTo(direct)) {
            entry = new Entry(direct);
            ENTRIES[index] = entry;
        }
        return entry.address;
    }

    private static final class Entry extends WeakReference<ByteBuffer> {
        final long address;

        Entry(ByteBuffer direct) {
            super(direct);
            address = MemorySegment.ofBuffer(direct).address() - direct.position();
        }
    }
}
