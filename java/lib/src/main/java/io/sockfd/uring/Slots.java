package io.sockfd.uring;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is in flight by token: a slot in the lower half, the slot's generation in the upper, so that a completion finds the
 * flight that it belongs to, or none. What is here, and all that it refers to, stays reachable. For the ring's thread.
 */
final class Slots<T> {
    private static final int FIRST_SIZE = 16;

    private @Nullable Object[] slots = new Object[FIRST_SIZE];
    private int[] generations = new int[FIRST_SIZE];
    private int[] free = new int[FIRST_SIZE];
    private int freeCount;
    private int used;

    /** Takes one in; its token, which is never negative. */
    long add(T one) {
        int slot = freeCount > 0 ? free[--freeCount] : used++;
        if (slot == slots.length) {
            slots = Arrays.copyOf(slots, 2 * slot);
            generations = Arrays.copyOf(generations, 2 * slot);
            free = Arrays.copyOf(free, 2 * slot);
        }
        slots[slot] = one;
        return (long) generations[slot] << Integer.SIZE | slot;
    }

    /** Null when it has left. */
    @Nullable
    T find(long token) {
        int slot = (int) token;
        return slot < used && generations[slot] == (int) (token >>> Integer.SIZE) ? at(slot) : null;
    }

    @SuppressWarnings("unchecked") // only those come in
    private @Nullable T at(int slot) {
        return (T) slots[slot];
    }

    void remove(long token) {
        int slot = (int) token;
        slots[slot] = null;
        generations[slot] = (generations[slot] + 1) & Integer.MAX_VALUE;
        free[freeCount++] = slot;
    }

    int size() {
        return used - freeCount;
    }

    /** Any of them; null when there is none. */
    @Nullable
    T any() {
        for (int slot = used - 1; slot >= 0; slot--) {
            T one = at(slot);
            if (one != null) {
                return one;
            }
        }
        return null;
    }
}
