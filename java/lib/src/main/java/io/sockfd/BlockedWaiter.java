package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that waits inside of connect(2) or recv(2) itself, on a descriptor that is not O_NONBLOCK: no poll(2)
 * before, no second try after. {@link WakeSignal} ends the call, and where it cannot, shutdown(2) does. Each thread has
 * one.
 */
final class BlockedWaiter extends Waiter {
    private static final ThreadLocal<@Nullable BlockedWaiter> OWN = new ThreadLocal<>();
    private static final long SHORT_NS = 20_000;

    /** No errno: the call was not made, because the descriptor's timeout is no longer that it may wait for ever. */
    static final int NOT_TRIED = Integer.MIN_VALUE;

    /** So many signals without effect mean that the thread has blocked them. */
    private static final int MOST_SIGNALS = 1000;

    /** 0 as long as it only connected to TCP peers: to ask takes 10 ms of a process's start, and shutdown(2) will do. */
    private int thread;

    // the call
    private boolean connects;
    private long address;
    private int length;
    private int flags;
    private @Nullable Sockaddr peer;

    private long result;
    private volatile int fd;
    private volatile boolean back;

    private BlockedWaiter() {}

    /**
     * connect(2), between {@link Descriptor#enter} and {@link Descriptor#exit}; a close or an interrupt throws.
     *
     * @param shutdownEnds whether shutdown(2) ends the call, as with TCP
     * @return what it returned; -EINTR after a signal, as a change of the timeout sends it; {@link #NOT_TRIED} when the
     *     timeout was changed before
     */
    static int connect(Descriptor descriptor, Sockaddr remote, boolean shutdownEnds) throws IOException {
        BlockedWaiter waiter = own();
        if (!shutdownEnds) {
            waiter.knowThread();
        }
        waiter.connects = true;
        return (int) waiter.call(descriptor, remote, Linux.POLLOUT);
    }

    /** recv(2), or recvfrom(2) with {@code from}; the rest is as for {@link #connect}. */
    static long receive(Descriptor descriptor, long address, int length, int flags, @Nullable Sockaddr from)
            throws IOException {
        BlockedWaiter waiter = own();
        waiter.knowThread();
        waiter.connects = false;
        waiter.address = address;
        waiter.length = length;
        waiter.flags = flags;
        long result = waiter.call(descriptor, from, Linux.POLLIN);
        return result == NOT_TRIED ? -Linux.EINTR : result;
    }

    private static BlockedWaiter own() {
        BlockedWaiter own = OWN.get();
        if (own == null) {
            own = new BlockedWaiter();
            OWN.set(own);
        }
        return own;
    }

    private void knowThread() {
        if (thread == 0) {
            thread = WakeSignal.thread();
        }
    }

    private long call(Descriptor descriptor, @Nullable Sockaddr address, int events) throws IOException {
        peer = address;
        fd = -1;
        back = false;
        start(descriptor, -1);
        try {
            int ignored = descriptor.await(this, events, FOREVER);
            return result;
        } finally {
            peer = null;
            end(this);
        }
    }

    @Override
    int poll(Descriptor.State state, int fd, int events, long deadline) {
        this.fd = fd;
        try {
            if (state.isClosed()) {
                return 0; // whoever closed may have looked for the number too early to see it
            } else if (awaited().timeoutNanos(connects) >= 0) {
                result = NOT_TRIED; // and so may have whoever changed the timeout
                return events;
            }
            Sockaddr peer = this.peer;
            if (!connects) {
                result = SocketCalls.receive(fd, address, length, flags, peer);
            } else if (peer != null) {
                result = Libc.get().connect(fd, peer.address(), peer.length());
            }
        } finally {
            back = true;
        }
        return result <= 0 && state.isClosed() ? 0 : events; // 0 may be of the shutdown
    }

    /**
     * A signal that comes before the call has begun is lost: so again, until the thread is back. It cannot leave meanwhile,
     * because that takes the monitor which is held here. A thread without a number will see that it is closed.
     */
    @Override
    void wake() {
        for (int i = 0; fd >= 0 && !back; i++) {
            if (thread == 0 || i >= MOST_SIGNALS || !WakeSignal.send(thread)) {
                Libc.get().shutdown(fd, Linux.SHUT_RDWR);
            }
            LockSupport.parkNanos(SHORT_NS);
        }
    }

    /** As {@link #wake}, but what the signal does not reach goes on. */
    @Override
    void wakeToLook() {
        Sockaddr argument = peer;
        int to = thread;
        for (int i = 0; fd >= 0 && !back && i < MOST_SIGNALS; i++) {
            if (to == 0 && argument != null) {
                to = WakeSignal.threadIn(fd, argument.address());
            }
            if (to != 0 && !WakeSignal.send(to)) {
                return;
            }
            LockSupport.parkNanos(SHORT_NS);
        }
    }

    @Override
    void rest() {}

    @Override
    void giveBack() {}
}
