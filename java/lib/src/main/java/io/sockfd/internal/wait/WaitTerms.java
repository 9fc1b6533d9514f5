package io.sockfd.internal.wait;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long one descriptor is waited for, and whom an interrupt closes meanwhile, where somebody has said so. */
final class WaitTerms {
    private static final Sleepers[] NOBODY = {};

    private volatile long receiveTimeout = -1;
    private volatile long sendTimeout = -1;
    private volatile Sleepers[] others = NOBODY; // whose waits go by these terms, too
    private volatile @Nullable WeakReference<WaitOwner> owner;

    /** As {@link Life#timeoutNanos(boolean)}. */
    long timeoutNanos(boolean out) {
        return out ? sendTimeout : receiveTimeout;
    }

    void timeoutNanos(boolean out, long nanos) {
        if (out) {
            sendTimeout = nanos;
        } else {
            receiveTimeout = nanos;
        }
        for (Sleepers other : others) {
            other.lookAll();
        }
    }

    synchronized void timeAlso(Sleepers other) {
        Sleepers[] more = Arrays.copyOf(others, others.length + 1);
        more[others.length] = other;
        others = more;
    }

    synchronized void timeNoMore(Sleepers other) {
        List<Sleepers> fewer = new ArrayList<>(List.of(others));
        fewer.remove(other);
        others = fewer.toArray(NOBODY);
    }

    /** Held weakly: it refers to the descriptor, which must be found unreachable while the Cleaner has the descriptor's life. */
    void owner(WaitOwner newOwner) {
        owner = new WeakReference<>(newOwner);
    }

    @Nullable
    WaitOwner owner() {
        WeakReference<WaitOwner> set = owner;
        return set == null ? null : set.get();
    }
}
