package io.sockfd.internal.jnr;

import io.sockfd.raw.Libc;
import java.util.concurrent.atomic.AtomicReferenceArray;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/** Memory for the arrays of one call, shared by all threads: there may be very many, and few are in a call at once. */
final class Scratch {
    private static final int MASK = 63;
    private static final AtomicReferenceArray<@Nullable Pointer> SPARE = new AtomicReferenceArray<>(MASK + 1);

    private Scratch() {}

    static Pointer take() {
        Pointer spare = SPARE.getAndSet(slot(), null);
        return spare != null
                ? spare
                : Runtime.getSystemRuntime().getMemoryManager().allocateDirect(Libc.HEAP_MAX);
    }

    static void giveBack(Pointer scratch) {
        SPARE.lazySet(slot(), scratch);
    }

    @SuppressWarnings("deprecation") // its successor is not in Java 17
    private static int slot() {
        return (int) Thread.currentThread().getId() & MASK;
    }
}
