package io.sockfd.uring;

import io.sockfd.Descriptor;
import io.sockfd.internal.wait.Life;
import io.sockfd.internal.wait.Memberships;
import java.nio.channels.ClosedChannelException;

/** A descriptor of an operation: held while that is in flight, and who closes it has the operation cancelled. */
final class Grip {
    final Descriptor descriptor;
    private final Life life;
    private final Memberships.Membership leaving;
    private boolean holds;
    private boolean joined; // its memberships
    private boolean stays;

    Grip(Descriptor descriptor, Memberships.Membership leaving) {
        this.descriptor = descriptor;
        this.leaving = leaving;
        life = Life.of(descriptor);
    }

    /** Its number, which stays its own until {@link #leave}. */
    int take() throws ClosedChannelException {
        life.hold();
        holds = true;
        if (!joined) {
            joined = true;
            life.memberships().add(leaving);
        }
        if (!descriptor.isOpen()) { // closed while we were at it
            leave();
            throw new ClosedChannelException();
        }
        return life.fd();
    }

    /** Nothing happens where it is not held. */
    void leave() {
        if (holds) {
            holds = false;
            if (!stays) {
                joined = false;
                life.memberships().remove(leaving);
            }
            life.letGo();
        }
    }

    /** From now on the operation is among the descriptor's memberships between its flights, too. */
    void stay() {
        stays = true;
    }

    boolean isOpen() {
        return descriptor.isOpen();
    }

    /** The number of a descriptor that is held. */
    int fd() {
        return life.fd();
    }
}
