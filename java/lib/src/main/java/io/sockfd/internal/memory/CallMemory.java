package io.sockfd.internal.memory;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Memory;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Direct memory of the calling thread, for data that lies on the heap and for arguments. */
public final class CallMemory {
    private static final int SMALLEST = 256; // of virtual threads there may be very many
    private static final int LARGEST_KEPT = 1024 * 1024;
    private static final ThreadLocal<@Nullable ByteBuffer> OF_THREAD = new ThreadLocal<>();

    private static final PerThread<Sockaddr> ADDRESS = new PerThread<>(Sockaddr::new);

    private CallMemory() {}

    /** An address with undefined content; good until the thread's next call of this. */
    public static Sockaddr address() {
        return ADDRESS.get();
    }

    /**
     * As {@link #of}, for what is copied into {@code dst} afterwards.
     *
     * @throws IllegalStateException when the arena of {@code dst} is closed, or another thread's: before anything is
     *     received, and lost
     */
    public static ByteBuffer toFill(ByteBuffer dst, int size) {
        ByteBuffer copy = of(size);
        check(dst, copy);
        return copy;
    }

    /** Throws what copying into {@code dst} would throw because of its arena. */
    public static void check(ByteBuffer dst, ByteBuffer copy) {
        if (dst.isDirect()) {
            copy.put(0, dst, 0, 0);
        }
    }

    /** At least {@code size} bytes with undefined content, position 0; good until the thread's next call of this. */
    public static ByteBuffer of(int size) {
        ByteBuffer kept = OF_THREAD.get();
        if (kept != null && kept.capacity() >= size) {
            return kept.clear();
        }
        int rounded = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, size - 1)) * 2);
        if (rounded > LARGEST_KEPT || rounded < 0) {
            return Memory.allocate(size);
        }
        ByteBuffer fresh = Memory.allocate(rounded);
        OF_THREAD.set(fresh);
        return fresh;
    }
}
