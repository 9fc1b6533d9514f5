package io.sockfd.internal.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sockfd.raw.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the handles, and invokes them: {@code long f(long x 6)}, the value or {@code -errno}, whatever is behind it. C's ints travel in
 * 64-bit registers on every architecture that {@code Arch} knows, sign-extended as Java widens them; arguments that a
 * function does not have are zeros where it does not look; of an int result the upper half is left out. For a shape is what
 * costs at start-up: 5 to 12 ms each, and a handle of a known one 0.3 ms. The call itself is 0.1 ns slower for it.
 */
final class Linkage {
    /** The functions that were linked as critical: only these, whatever is added elsewhere; a test keeps it so. */
    static final Set<String> CRITICAL = ConcurrentHashMap.newKeySet();

    private static final FunctionDescriptor SIX = FunctionDescriptor.of(JAVA_LONG, longs(6));

    private Linkage() {}

    /** A system call, and libc's function of the same meaning for where {@link SyscallStubs} has no way. */
    static MethodHandle of(int number, String function) {
        MemorySegment entry = SyscallStubs.entry(number);
        return entry == null ? of(function) : downcall(entry, SIX);
    }

    /** A system call that libc has no function for: by its syscall(2), where {@link SyscallStubs} has no way. */
    static MethodHandle system(int number) {
        MemorySegment entry = SyscallStubs.entry(number);
        return entry == null
                ? MethodHandles.insertArguments(variadicOf7("syscall", 1), 0, (long) number)
                : downcall(entry, SIX);
    }

    /** A function of libc that is more than a system call, or differs from it, and fails with -1 and errno. */
    static MethodHandle of(String function) {
        return withErrno("call", function, SIX);
    }

    /** As {@link #of(String)}, with an ellipsis after its {@code named} arguments. */
    static MethodHandle variadic(String function, int named) {
        return withErrno("call", function, SIX, Linker.Option.firstVariadicArg(named));
    }

    /** As {@link #of(int, String)}, with an ellipsis after its {@code named} arguments. */
    static MethodHandle variadic(int number, String function, int named) {
        MemorySegment entry = SyscallStubs.entry(number);
        return entry == null ? variadic(function, named) : downcall(entry, SIX);
    }

    /** As {@link #variadic(String, int)}, of seven arguments. */
    static MethodHandle variadicOf7(String function, int named) {
        return withErrno(
                "call", function, FunctionDescriptor.of(JAVA_LONG, longs(7)), Linker.Option.firstVariadicArg(named));
    }

    /** As {@link #of(String)}, for a function that returns an int, and fails with 0 and errno. */
    static MethodHandle intZeroFails(String function) {
        return withErrno("callIntZeroFails", function, SIX);
    }

    /** As {@link #of(String)}, for a function that fails with NULL and errno. */
    static MethodHandle nullFails(String function) {
        return withErrno("callNullFails", function, SIX);
    }

    /** A function of libc whose value is all that it says. */
    static MethodHandle plain(String function) {
        Optional<MemorySegment> symbol = Route.find(function);
        return symbol.isPresent() ? downcall(symbol.get(), SIX) : enosys(SIX);
    }

    /** {@code long f(MemorySegment code, long x 6)}, for an entry of {@link SyscallStubs} that is known only when it is called. */
    @SuppressWarnings("restricted")
    static MethodHandle anywhere() {
        return Linker.nativeLinker().downcallHandle(SIX);
    }

    /**
     * {@code long f(int, heap array, long, int, 0, 0)} without a copy. The garbage collectors wait until it returns, so it
     * may be used for calls that cannot block, and for nothing else.
     */
    static MethodHandle criticalOnHeap(int number, String function) {
        CRITICAL.add(function);
        // loads a class that the JIT wants to know before it does without the segment around an array: 64 B a call
        Arena.ofConfined().close();
        MemoryLayout[] arguments = longs(6);
        arguments[1] = ADDRESS;
        FunctionDescriptor shape = FunctionDescriptor.of(JAVA_LONG, arguments);
        Linker.Option critical = Linker.Option.critical(true);
        MemorySegment entry = SyscallStubs.entry(number);
        return entry == null ? withErrno("callHeap", function, shape, critical) : downcall(entry, shape, critical);
    }

    /** libc's function, and what makes -errno of its failure: the method {@code adapter} of {@link CaptureState}. */
    private static MethodHandle withErrno(
            String adapter, String function, FunctionDescriptor shape, Linker.Option... options) {
        Optional<MemorySegment> symbol = Route.find(function);
        if (symbol.isEmpty()) {
            return enosys(shape);
        }
        Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = Linker.Option.captureCallState("errno");
        return CaptureState.adapt(adapter, downcall(symbol.get(), shape, all));
    }

    @SuppressWarnings("restricted") // the shapes are those of Libc
    private static MethodHandle downcall(MemorySegment code, FunctionDescriptor shape, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(code, shape, options);
    }

    /** Stands in for a function that this libc does not have. */
    private static MethodHandle enosys(FunctionDescriptor shape) {
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

    private static MemoryLayout[] longs(int count) {
        MemoryLayout[] layouts = new MemoryLayout[count];
        Arrays.fill(layouts, JAVA_LONG);
        return layouts;
    }
}
