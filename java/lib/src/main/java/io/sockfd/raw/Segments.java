package io.sockfd.raw;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;

/** What a buffer's memory segment has to do with its lifetime. Before Java 22 there are none. */
final class Segments {
    private static final Cleaner CLEANER = Cleaner.create();

    private Segments() {}

    /** Whether a direct buffer's memory is there as long as the buffer is reachable. */
    static boolean lastAsLongAs(ByteBuffer direct) {
        return true;
    }

    /** Memory that ends with {@code unmap}, when nothing made of the buffer is reachable any more. */
    static ByteBuffer mapped(long address, int size, Runnable unmap) {
        ByteBuffer memory = Libc.get().newDirectByteBuffer(address, size);
        CLEANER.register(memory, unmap);
        return memory;
    }
}
