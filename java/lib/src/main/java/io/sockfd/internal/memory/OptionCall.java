package io.sockfd.internal.memory;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an option checks before a system call, for the other packages of the library, which make that call in other ways. */
public abstract class OptionCall {
    private static volatile @Nullable Function<Object, OptionCall> calls;

    /** Called once, by the class of the options: how any of them is asked for its call. */
    public static void told(Function<Object, OptionCall> how) {
        calls = how;
    }

    /** Of an option. */
    public static OptionCall of(Object option) {
        Function<Object, OptionCall> how = calls;
        if (how == null) {
            throw new IllegalStateException("there is no class of options yet");
        }
        return how.apply(option);
    }

    /** Whether the kernel reads and writes one int for it, and nothing else is to be done. */
    public abstract boolean isSimple();

    /** Throws what a get would throw before its call. */
    public abstract void checkGet();

    /** Throws what a set of this value would throw before its call. */
    public abstract void checkSet(@Nullable Object value);
}
