package io.sockfd.raw;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where direct buffers lie, remembered: asking is a call into C through JNI, and through FFM a segment that the JIT does
 * not always do without. A buffer's address never changes, and a buffer that is gone is no other.
 */
final class BufferAddress extends WeakReference<ByteBuffer> {
    private static final int MASK = 1023;

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
        if (known == null || !known.refersTo(direct)) {
            known = new BufferAddress(direct);
            KNOWN[index] = known;
        }
        return known.value;
    }
}
