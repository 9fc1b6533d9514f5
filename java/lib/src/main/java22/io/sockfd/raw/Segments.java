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

    /** A position below this is what an address is more, in its lower bits, than the buffer says of its byte 0. */
    private static final int POSITIONS = 1 << 30;

    private static final Apart[] APART = {new First(), new Second(), new Third(), new Second()};

    private Segments() {}

    private static Class<?> scope(ByteBuffer buffer) {
        return MemorySegment.ofBuffer(buffer).scope().getClass();
    }

    /**
     * The address of a direct buffer's byte 0, negated when somebody can close its arena.
     *
     * @param turn any number, another one each time
     */
    static long locate(ByteBuffer direct, int turn) {
        return APART[turn & (APART.length - 1)].locate(direct);
    }

    /**
     * That question, of three classes in turn, whose calls the JIT can only make, and not inline. Where it inlines, it does so to a
     * depth, in a program that is deep already it gets no further than into the half of this, and then it makes the segment
     * after all. Compiled on its own, this needs no object.
     */
    private abstract static class Apart {
        abstract long locate(ByteBuffer direct);
    }

    private static final class First extends Apart {
        @Override
        long locate(ByteBuffer direct) {
            return ask(direct);
        }
    }

    private static final class Second extends Apart {
        @Override
        long locate(ByteBuffer direct) {
            return ask(direct);
        }
    }

    private static final class Third extends Apart {
        @Override
        long locate(ByteBuffer direct) {
            return ask(direct);
        }
    }

    private static long ask(ByteBuffer direct) {
        MemorySegment rest = direct.capacity() < POSITIONS
                ? MemorySegment.ofBuffer(direct)
                : MemorySegment.ofBuffer(direct.duplicate().clear()); // whose position nobody moves
        long address = rest.address();
        long position = (address - direct.alignmentOffset(0, POSITIONS)) & (POSITIONS - 1); // as it was then
        Class<?> scope = rest.scope().getClass();
        return scope == PLAIN || scope == AUTO || scope == GLOBAL ? address - position : position - address;
    }

    /** Memory that ends with {@code unmap}, when nothing made of the buffer is reachable any more. */
    @SuppressWarnings("restricted") // whoever mapped it vouches for the range
    static ByteBuffer mapped(long address, int size, Runnable unmap, Supplier<Cleaner> unneeded) {
        return MemorySegment.ofAddress(address)
                .reinterpret(size, Arena.ofAuto(), gone -> unmap.run())
                .asByteBuffer();
    }
}
