package io.sockfd.raw;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** What a buffer's memory segment has to do with its lifetime, on every backend. */
final class Segments {
    // No method tells whether a scope can end. These cannot, and what is unknown counts as one that can.
    private static final Class<?> PLAIN = scope(ByteBuffer.allocateDirect(1));
    private static final Class<?> GLOBAL = Arena.global().scope().getClass();
    private static final Class<?> AUTO = Arena.ofAuto().scope().getClass();

    private Segments() {}

    private static Class<?> scope(ByteBuffer buffer) {
        return MemorySegment.ofBuffer(buffer).scope().getClass();
    }

    /** The address of a direct buffer's byte 0, negated when somebody can close its arena. */
    static long locate(ByteBuffer direct) {
        MemorySegment rest = direct.capacity() < BufferAddress.KNOWN_BELOW
                ? MemorySegment.ofBuffer(direct)
                : MemorySegment.ofBuffer(direct.duplicate().clear()); // whose position nobody moves
        long position =
                (rest.address() - BufferAddress.offset(direct)) & (BufferAddress.KNOWN_BELOW - 1); // as it was then
        long address = rest.address() - position;
        Class<?> scope = rest.scope().getClass();
        return scope == PLAIN || scope == AUTO || scope == GLOBAL ? address : -address;
    }

    /** Memory that ends with {@code unmap}, when nothing made of the buffer is reachable any more. */
    @SuppressWarnings("restricted") // whoever mapped it vouches for the range
    static ByteBuffer mapped(long address, int size, Runnable unmap, Supplier<Cleaner> unneeded) {
        return MemorySegment.ofAddress(address)
                .reinterpret(size, Arena.ofAuto(), gone -> unmap.run())
                .asByteBuffer();
    }
}
