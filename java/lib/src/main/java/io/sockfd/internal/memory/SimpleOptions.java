package io.sockfd.internal.memory;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which options are one int, whatever else the kernel does with them, for the other packages of the library. */
public final class SimpleOptions {
    private static volatile @Nullable Predicate<Object> simple;

    private SimpleOptions() {}

    /** Called once, by the class of the options: how any of them is asked. */
    public static void told(Predicate<Object> how) {
        simple = how;
    }

    /** Whether the kernel reads and writes one int for it, and nothing else is to be done. */
    public static boolean isSimple(Object option) {
        Predicate<Object> how = simple;
        return how != null && how.test(option);
    }
}
