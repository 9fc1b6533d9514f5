package io.sockfd.event;

import io.sockfd.internal.wait.Life;
import io.sockfd.internal.wait.Memberships;
import java.lang.ref.WeakReference;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The peers of an {@link EventLoop}, each until its socket is closed. */
final class Peers {
    private final Set<Peer> open = ConcurrentHashMap.newKeySet();
    private final Runnable whenEmpty;

    /**
     * None yet.
     *
     * @param whenEmpty called by whoever closes the last one; it must not throw
     */
    Peers(Runnable whenEmpty) {
        this.whenEmpty = whenEmpty;
    }

    void add(Peer peer) throws ClosedChannelException {
        open.add(peer);
        Life.of(peer.socket()).memberships().add(new Leaving(this, peer));
        if (!peer.socket().isOpen()) {
            open.remove(peer);
            throw new ClosedChannelException();
        }
    }

    /** At the moment. */
    Set<Peer> all() {
        return Set.copyOf(open);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Weak, because the descriptor's life has it, which must not keep a loop that was forgotten. */
    private static final class Leaving extends Memberships.Membership {
        private final WeakReference<Peers> peers;
        private final WeakReference<Peer> peer;

        Leaving(Peers peers, Peer peer) {
            this.peers = new WeakReference<>(peers);
            this.peer = new WeakReference<>(peer);
        }

        @Override
        protected void invalidate() {
            Peers left = peers.get();
            Peer leaving = peer.get();
            if (left != null && leaving != null) {
                left.open.remove(leaving);
                if (left.isEmpty()) {
                    left.whenEmpty.run();
                }
            }
        }

        @Override
        protected void leave(int fd) {}
    }
}
