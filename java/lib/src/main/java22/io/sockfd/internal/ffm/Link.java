package io.sockfd.internal.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sockfd.raw.Linux;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Makes the downcall handles. All arguments are declared as 64-bit: C's ints travel in 64-bit registers on every
 * architecture that {@code Arch} knows, sign-extended as Java widens them. So one shape serves all functions with the
 * same number of arguments, and a shape is what costs at start-up (about 4 ms each, a handle 0.1 ms).
 */
final class Link {
    /** The functions that were linked as critical: only these, whatever is added elsewhere; a test keeps it so. */
    static final Set<String> CRITICAL = ConcurrentHashMap.newKeySet();

    private Link() {}

    static MethodHandle ints(String function, int arguments) {
        return handle(function, FunctionDescriptor.of(JAVA_INT, longs(arguments)));
    }

    static MethodHandle longs(String function, int arguments) {
        return handle(function, FunctionDescriptor.of(JAVA_LONG, longs(arguments)));
    }

    static MethodHandle intsVariadic(String function, int arguments, int named) {
        return handle(
                function, FunctionDescriptor.of(JAVA_INT, longs(arguments)), Linker.Option.firstVariadicArg(named));
    }

    static MethodHandle longsVariadic(String function, int arguments, int named) {
        return handle(
                function, FunctionDescriptor.of(JAVA_LONG, longs(arguments)), Linker.Option.firstVariadicArg(named));
    }

    /**
     * {@code long f(int, heap array, long, int)} without a copy. The garbage collectors wait until it returns, so it may
     * be used for calls that cannot block, and for nothing else.
     */
    static MethodHandle criticalOnHeap(String function) {
        CRITICAL.add(function);
        return handle(
                function,
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
                Linker.Option.critical(true));
    }

    @SuppressWarnings("restricted") // the shapes are those of Libc
    private static MethodHandle handle(String function, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] all = Stream.concat(Stream.of(Linker.Option.captureCallState("errno")), Arrays.stream(options))
                .toArray(Linker.Option[]::new);
        return linker.defaultLookup()
                .find(function)
                .map(symbol -> linker.downcallHandle(symbol, shape, all))
                .orElseGet(() -> missing(shape));
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
