package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Memory;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Direct memory of the calling thread, for data that lies on the heap and for arguments. */
final class Bounce {
    private static final int SMALLEST = 16 * 1024;
    private static final int SMALLEST_VIRTUAL = 256; // there may be very many threads
    private static final int LARGEST_KEPT = 1024 * 1024;
    private static final ThreadLocal<@Nullable ByteBuffer> OF_THREAD = new ThreadLocal<>();

    private static final ThreadLocal<@Nullable Sockaddr> ADDRESS = new ThreadLocal<>();

    private Bounce() {}

    /** An address with undefined content; good until the thread's next call of this. */
    static Sockaddr address() {
        Sockaddr address = ADDRESS.get();
        if (address == null) {
            address = new Sockaddr();
            ADDRESS.set(address);
        }
        return address;
    }

    /**
     * As {@link #of}, for what is copied into {@code dst} afterwards.
     *
     * @throws IllegalStateException when the arena of {@code dst} is closed, or another thread's: before anything is
     *     received, and lost
     */
    static ByteBuffer toFill(ByteBuffer dst, int size) {
        ByteBuffer copy = of(size);
        check(dst, copy);
        return copy;
    }

    /** Throws what copying into {@code dst} would throw because of its arena. */
    static void check(ByteBuffer dst, ByteBuffer copy) {
        if (dst.isDirect()) {
            copy.put(0, dst, 0, 0);
        }
    }

    /** At least {@code size} bytes with undefined content, position 0; good until the thread's next call of this. */
    static ByteBuffer of(int size) {
        ByteBuffer kept = OF_THREAD.get();
        if (kept != null && kept.capacity() >= size) {
            return kept.clear();
        }
        int smallest = VirtualThreads.isCurrent() ? SMALLEST_VIRTUAL : SMALLEST;
        int rounded = Math.max(smallest, Integer.highestOneBit(Math.max(1, size - 1)) * 2);
        if (rounded > LARGEST_KEPT || rounded < 0) {
            return Memory.allocate(size);
        }
        ByteBuffer fresh = Memory.allocate(rounded);
        OF_THREAD.set(fresh);
        return fresh;
    }
}
