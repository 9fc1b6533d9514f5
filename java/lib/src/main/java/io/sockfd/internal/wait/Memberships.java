package io.sockfd.internal.wait;

import org.jspecify.annotations.Nullable;

/** The sets that a descriptor is registered with, so that it leaves them by itself when it is closed. */
public final class Memberships {
    private volatile @Nullable Membership first; // written under the monitor

    Memberships() {}

    /** A descriptor in one set, an epoll instance for instance. Whoever closes the descriptor calls it. */
    public abstract static class Membership {
        private @Nullable Membership next;

        /** From now on no event is delivered; the number still is the descriptor's. */
        protected abstract void invalidate();

        /** Leaves the kernel's set, just before the number is closed. */
        protected abstract void leave(int fd);
    }

    /** Adds one. */
    public synchronized void add(Membership membership) {
        membership.next = first;
        first = membership;
    }

    /** Takes one out, if it is in. */
    @SuppressWarnings("ReferenceEquality") // this one, whatever it says that it equals
    public synchronized void remove(Membership membership) {
        Membership before = null;
        for (Membership m = first; m != null; before = m, m = m.next) {
            if (m == membership) {
                if (before == null) {
                    first = m.next;
                } else {
                    before.next = m.next;
                }
                return;
            }
        }
    }

    void invalidate() {
        for (Membership m = first; m != null; m = m.next) {
            m.invalidate();
        }
    }

    void leave(int fd) {
        for (Membership m = first; m != null; m = m.next) {
            m.leave(fd);
        }
    }
}
