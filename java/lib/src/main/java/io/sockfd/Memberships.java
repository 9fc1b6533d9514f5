package io.sockfd;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The epoll instances that a descriptor is registered with, so that it leaves them by itself when it is closed. Weak
 * references: what a user attached to a registration often refers to the descriptor, and must not keep it from being found
 * unreachable.
 */
final class Memberships {
    private volatile @Nullable Membership first; // written under the monitor

    synchronized void add(Membership membership) {
        membership.next = first;
        first = membership;
    }

    synchronized void remove(Membership membership) {
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

    /** From now on no event is delivered; the number still is the descriptor's. */
    void invalidate() {
        for (Membership m = first; m != null; m = m.next) {
            Epoll epoll = m.get();
            if (epoll != null) {
                epoll.invalidate(m.token);
            }
        }
    }

    /** Leaves the kernel's sets, just before the number is closed. */
    void leave(int fd) {
        for (Membership m = first; m != null; m = m.next) {
            Epoll epoll = m.get();
            if (epoll != null) {
                epoll.delete(fd);
            }
        }
    }

    static final class Membership extends WeakReference<Epoll> {
        final long token;
        private @Nullable Membership next;

        Membership(Epoll epoll, long token) {
            super(epoll);
            this.token = token;
        }
    }
}
