package io.sockfd.internal.ffm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sockfd.raw.Linux;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/**
 * A handle of code somewhere, and its invocation. All have one shape, {@code long f(long x 6)}: C's ints travel in 64-bit
 * registers on every architecture that {@code Arch} knows, sign-extended as Java widens them; arguments that a function does
 * not have are zeros where it does not look; of an int result the upper half is left out. A shape is what costs at start-up:
 * 5 to 12 ms each, and a handle of a known one 0.3 ms. The call itself is 0.1 ns slower for it.
 */
final class Downcall {
    static final FunctionDescriptor SIX = FunctionDescriptor.of(JAVA_LONG, longs(6));

    private Downcall() {}

    @SuppressWarnings("restricted") // the shapes are those of Libc
    static MethodHandle of(MemorySegment code, FunctionDescriptor shape, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(code, shape, options);
    }

    /** Stands in for a function that this libc does not have. */
    static MethodHandle enosys(FunctionDescriptor shape) {
        MethodHandle result = MethodHandles.constant(long.class, (long) -Linux.ENOSYS);
        return MethodHandles.dropArguments(result, 0, shape.toMethodType().parameterList());
    }

    static long call(MethodHandle handle, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) handle.invokeExact(a, b, c, d, e, f);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Only an Error can come out of a handle whose types were right the first time. */
    static Error unexpected(Throwable t) {
        return t instanceof Error e ? e : new AssertionError(t);
    }

    static MemoryLayout[] longs(int count) {
        MemoryLayout[] layouts = new MemoryLayout[count];
        Arrays.fill(layouts, JAVA_LONG);
        return layouts;
    }
}
