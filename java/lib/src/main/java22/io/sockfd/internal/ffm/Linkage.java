package io.sockfd.internal.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

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
 * Makes the handles of the functions: {@code long f(long x 6)}, the value or {@code -errno}, whatever is behind it, a system
 * call by its code in {@link SyscallStubs} or libc's function. {@link Downcall} says what they have in common.
 */
final class Linkage {
    /** The functions that were linked as critical: only these, whatever is added elsewhere; a test keeps it so. */
    static final Set<String> CRITICAL = ConcurrentHashMap.newKeySet();

    private Linkage() {}

    /** A system call, and libc's function of the same meaning for where {@link SyscallStubs} has no way. */
    static MethodHandle of(int number, String function) {
        MemorySegment entry = SyscallStubs.entry(number);
        return entry == null ? of(function) : Downcall.of(entry, Downcall.SIX);
    }

    /** A system call that libc has no function for: by its syscall(2), where {@link SyscallStubs} has no way. */
    static MethodHandle system(int number) {
        MemorySegment entry = SyscallStubs.entry(number);
        return entry == null
                ? MethodHandles.insertArguments(variadicOf7("syscall", 1), 0, (long) number)
                : Downcall.of(entry, Downcall.SIX);
    }

    /** A function of libc that is more than a system call, or differs from it, and fails with -1 and errno. */
    static MethodHandle of(String function) {
        return withErrno("call", function, Downcall.SIX);
    }

    /** As {@link #of(String)}, with an ellipsis after its {@code named} arguments. */
    static MethodHandle variadic(String function, int named) {
        return withErrno("call", function, Downcall.SIX, Linker.Option.firstVariadicArg(named));
    }

    /** As {@link #of(int, String)}, with an ellipsis after its {@code named} arguments. */
    static MethodHandle variadic(int number, String function, int named) {
        MemorySegment entry = SyscallStubs.entry(number);
        return entry == null ? variadic(function, named) : Downcall.of(entry, Downcall.SIX);
    }

    /** As {@link #variadic(String, int)}, of seven arguments. */
    static MethodHandle variadicOf7(String function, int named) {
        return withErrno(
                "call",
                function,
                FunctionDescriptor.of(JAVA_LONG, Downcall.longs(7)),
                Linker.Option.firstVariadicArg(named));
    }

    /** As {@link #of(String)}, for a function that returns an int, and fails with 0 and errno. */
    static MethodHandle intZeroFails(String function) {
        return withErrno("callIntZeroFails", function, Downcall.SIX);
    }

    /** As {@link #of(String)}, for a function that fails with NULL and errno. */
    static MethodHandle nullFails(String function) {
        return withErrno("callNullFails", function, Downcall.SIX);
    }

    /** As {@link Route#plain}. */
    static MethodHandle plain(String function) {
        return Route.plain(function);
    }

    /** {@code long f(MemorySegment code, long x 6)}, for an entry of {@link SyscallStubs} that is known only when it is called. */
    @SuppressWarnings("restricted")
    static MethodHandle anywhere() {
        return Linker.nativeLinker().downcallHandle(Downcall.SIX);
    }

    /**
     * {@code long f(int, heap array, long, int, 0, 0)} without a copy. The garbage collectors wait until it returns, so it
     * may be used for calls that cannot block, and for nothing else.
     */
    static MethodHandle criticalOnHeap(int number, String function) {
        CRITICAL.add(function);
        // loads a class that the JIT wants to know before it does without the segment around an array: 64 B a call
        Arena.ofConfined().close();
        MemoryLayout[] arguments = Downcall.longs(6);
        arguments[1] = ADDRESS;
        FunctionDescriptor shape = FunctionDescriptor.of(JAVA_LONG, arguments);
        Linker.Option critical = Linker.Option.critical(true);
        MemorySegment entry = SyscallStubs.entry(number);
        return entry == null ? withErrno("callHeap", function, shape, critical) : Downcall.of(entry, shape, critical);
    }

    /** libc's function, and what makes -errno of its failure: the method {@code adapter} of {@link CaptureState}. */
    private static MethodHandle withErrno(
            String adapter, String function, FunctionDescriptor shape, Linker.Option... options) {
        Optional<MemorySegment> symbol = Route.find(function);
        if (symbol.isEmpty()) {
            return Downcall.enosys(shape);
        }
        Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = Linker.Option.captureCallState("errno");
        return CaptureState.adapt(adapter, Downcall.of(symbol.get(), shape, all));
    }
}
