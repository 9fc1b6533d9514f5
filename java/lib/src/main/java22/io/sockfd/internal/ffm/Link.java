package io.sockfd.internal.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sockfd.raw.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the downcall handles. Every function is linked as {@code long f(long x 6)}: C's ints travel in 64-bit registers on
 * every architecture that {@code Arch} knows, sign-extended as Java widens them; arguments that a function does not have
 * are zeros where it does not look; of an int result the upper half is left out. For a shape is what costs at start-up: 5
 * to 12 ms each, and a handle of a known one 0.3 ms. The call itself is 0.1 ns slower for it.
 */
final class Link {
    /** The functions that were linked as critical: only these, whatever is added elsewhere; a test keeps it so. */
    static final Set<String> CRITICAL = ConcurrentHashMap.newKeySet();

    private Link() {}

    /** A function of at most six arguments. */
    static MethodHandle of(String function) {
        return handle(function, FunctionDescriptor.of(JAVA_LONG, longs(6)));
    }

    /** A function with an ellipsis after its {@code named} arguments. */
    static MethodHandle variadic(String function, int arguments, int named) {
        return handle(
                function, FunctionDescriptor.of(JAVA_LONG, longs(arguments)), Linker.Option.firstVariadicArg(named));
    }

    /**
     * {@code long f(int, heap array, long, int)} without a copy. The garbage collectors wait until it returns, so it may
     * be used for calls that cannot block, and for nothing else.
     */
    static MethodHandle criticalOnHeap(String function) {
        CRITICAL.add(function);
        // loads a class that the JIT wants to know before it does without the segment around an array: 64 B a call
        Arena.ofConfined().close();
        return handle(
                function,
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
                Linker.Option.critical(true));
    }

    @SuppressWarnings("restricted") // the shapes are those of Libc
    private static MethodHandle handle(String function, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = Linker.Option.captureCallState("errno");
        Optional<MemorySegment> symbol = linker.defaultLookup().find(function);
        return symbol.isPresent() ? linker.downcallHandle(symbol.get(), shape, all) : missing(shape);
    }

    /** Stands in for a function that this libc does not have: -1, and ENOSYS in the capture segment. */
    static MethodHandle missing(FunctionDescriptor shape) {
        MethodType type = shape.toMethodType();
        try {
            MethodHandle stub = MethodHandles.lookup()
                    .findStatic(Link.class, "enosys", MethodType.methodType(int.class, MemorySegment.class))
                    .asType(MethodType.methodType(type.returnType(), MemorySegment.class));
            return MethodHandles.dropArguments(stub, 1, type.parameterList());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @SuppressWarnings("UnusedMethod") // found by name above
    private static int enosys(MemorySegment state) {
        state.set(JAVA_INT, 0, Linux.ENOSYS);
        return -1;
    }

    private static MemoryLayout[] longs(int count) {
        MemoryLayout[] layouts = new MemoryLayout[count];
        Arrays.fill(layouts, JAVA_LONG);
        return layouts;
    }
}
