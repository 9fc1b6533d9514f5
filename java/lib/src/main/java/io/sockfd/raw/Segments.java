package io.sockfd.raw;

import java.lang.ref.Cleaner;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a buffer's memory segment has to do with its lifetime. Before Java 22 there are none; from then on this class has a
 * twin, and is asked only where a jar has lost its {@code Multi-Release}.
 */
final class Segments {
    private static final int FIRST_JAVA = 22;
    private static final boolean THERE_ARE = Runtime.version().feature() >= FIRST_JAVA;
    private static final @Nullable Class<?> PLAIN = THERE_ARE ? scope(ByteBuffer.allocateDirect(1)) : null;

    private Segments() {}

    /**
     * The address of a direct buffer's byte 0, negated when its memory may be gone before the buffer is.
     *
     * @param turn for the twin
     */
    static long locate(ByteBuffer direct, int turn) {
        long address = Backend.direct().getDirectBufferAddress(direct);
        return !THERE_ARE || scope(direct.duplicate().clear()) == PLAIN ? address : -address;
    }

    private static Class<?> scope(ByteBuffer direct) {
        try {
            Class<?> type = Class.forName("java.lang.foreign.MemorySegment");
            Method scope = type.getMethod("scope");
            Object segment = type.getMethod("ofBuffer", Buffer.class).invoke(null, direct);
            return Objects.requireNonNull(scope.invoke(segment)).getClass();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Memory that ends with {@code unmap}, when nothing made of the buffer is reachable any more. */
    static ByteBuffer mapped(long address, int size, Runnable unmap, Supplier<Cleaner> cleaner) {
        ByteBuffer memory = Backend.direct().newDirectByteBuffer(address, size);
        cleaner.get().register(memory, unmap);
        return memory;
    }
}
