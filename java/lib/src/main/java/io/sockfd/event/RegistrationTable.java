package io.sockfd.event;

import io.sockfd.Descriptor;
import io.sockfd.internal.wait.Life;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The registrations of an epoll by token: a slot in the lower half, the slot's generation in the upper, so that an
 * event that was meant for an earlier registration finds nothing.
 */
final class RegistrationTable {
    /** In the place of a token: the eventfd that wakes who waits. No registration has it. */
    static final long WAKE_UP = -1;

    private static final int FIRST_SIZE = 16;

    private volatile AtomicReferenceArray<@Nullable Registration> slots = new AtomicReferenceArray<>(FIRST_SIZE);
    private volatile @Nullable Runnable whenEmpty;
    // protected by the monitor:
    private int[] generations = new int[FIRST_SIZE];
    private int[] free = new int[FIRST_SIZE];
    private int freeCount;
    private int used;

    synchronized Registration add(
            Registration.Owner owner, Descriptor descriptor, int events, @Nullable Object attachment) {
        int slot = freeCount > 0 ? free[--freeCount] : used++;
        if (slot == slots.length()) {
            grow();
        }
        long token = (long) generations[slot] << Integer.SIZE | slot;
        Registration registration = new Registration(owner, descriptor, token, events, attachment);
        slots.set(slot, registration);
        return registration;
    }

    @Nullable
    Registration find(long token) {
        AtomicReferenceArray<@Nullable Registration> current = slots;
        int slot = (int) token;
        Registration registration = slot < current.length() ? current.get(slot) : null;
        return registration != null && registration.token() == token ? registration : null;
    }

    /** Called by whoever takes out the last one, which must not throw. */
    void whenEmpty(Runnable told) {
        whenEmpty = told;
    }

    /** False when it was not there any more. */
    synchronized boolean remove(Registration registration) {
        if (find(registration.token()) != registration) {
            return false;
        }
        int slot = (int) registration.token();
        slots.set(slot, null);
        generations[slot] = (generations[slot] + 1) & Integer.MAX_VALUE; // no token is WAKE_UP
        free[freeCount++] = slot;
        registration.end();
        Runnable told = whenEmpty;
        if (told != null && used == freeCount) {
            told.run();
        }
        return true;
    }

    synchronized void invalidate(long token) {
        Registration registration = find(token);
        if (registration != null) {
            remove(registration);
        }
    }

    synchronized int size() {
        return used - freeCount;
    }

    synchronized List<Registration> all() {
        List<Registration> all = new ArrayList<>(size());
        for (int slot = 0; slot < used; slot++) {
            Registration registration = slots.get(slot);
            if (registration != null) {
                all.add(registration);
            }
        }
        return all;
    }

    synchronized void clear() {
        for (Registration registration : all()) {
            Life.of(registration.descriptor()).memberships().remove(registration.membership);
            remove(registration);
        }
    }

    private void grow() {
        int size = 2 * slots.length();
        AtomicReferenceArray<@Nullable Registration> larger = new AtomicReferenceArray<>(size);
        for (int i = 0; i < slots.length(); i++) {
            larger.set(i, slots.get(i));
        }
        generations = Arrays.copyOf(generations, size);
        free = Arrays.copyOf(free, size);
        slots = larger;
    }
}
