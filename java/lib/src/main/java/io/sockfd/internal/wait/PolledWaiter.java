package io.sockfd.internal.wait;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import io.sockfd.raw.struct.Timespec;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits in the kernel, in ppoll(2) on the descriptor and on an eventfd that others can write to: neither
 * close(2) nor shutdown(2) ends every kind of wait (PACKET and NETLINK know neither). They are pooled, so that there are as
 * many as threads that waited at once, and not one for each thread that ever did.
 */
public final class PolledWaiter extends Waiter {
    private static final int MOST_IDLE = 64;
    private static final int TRIES = 100;

    private static @Nullable PolledWaiter idle; // protected by the class's monitor, as idleCount
    private static int idleCount;
    private static final int WAKE = Pollfd.SIZE;
    private static final int TIMEOUT = 2 * Pollfd.SIZE;
    private static final int COUNTER = TIMEOUT + Timespec.SIZE;

    private final int eventfd;
    private final ByteBuffer memory = Memory.allocate(COUNTER + Long.BYTES);
    private final long pollfds = Memory.address(memory);
    private @Nullable PolledWaiter nextIdle;
    private boolean spoilt; // signalled for ever, so that nobody may wait with it again
    private boolean woken; // protected by the monitor of the Waiters that we are in

    /** Without an eventfd its waits fail. */
    private PolledWaiter() {
        int fd = Libc.get().eventfd(0, Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK);
        eventfd = fd;
        Pollfd.fd(memory, WAKE, fd);
        Pollfd.events(memory, WAKE, Linux.POLLIN);
        memory.putLong(COUNTER, 1);
    }

    static PolledWaiter take() {
        synchronized (PolledWaiter.class) {
            PolledWaiter waiter = idle;
            if (waiter != null) {
                idle = waiter.nextIdle;
                waiter.nextIdle = null;
                idleCount--;
                return waiter;
            }
        }
        return new PolledWaiter();
    }

    @Override
    void giveBack() {
        if (eventfd < 0) {
            return;
        }
        synchronized (PolledWaiter.class) {
            if (idleCount < MOST_IDLE && !spoilt) {
                nextIdle = idle;
                idle = this;
                idleCount++;
                return;
            }
        }
        Libc.get().close(eventfd);
    }

    /** The eventfds that are kept though nobody waits. */
    public static synchronized Set<Integer> idleDescriptors() {
        Set<Integer> descriptors = new HashSet<>();
        for (PolledWaiter waiter = idle; waiter != null; waiter = waiter.nextIdle) {
            descriptors.add(waiter.eventfd);
        }
        return descriptors;
    }

    @Override
    int sleep(Life life, int fd, int events, long until) {
        if (eventfd < 0) {
            return failed(new Failure(eventfd, "eventfd", null, null));
        }
        Pollfd.fd(memory, 0, fd);
        Pollfd.events(memory, 0, events);
        while (true) {
            Pollfd.revents(memory, 0, 0);
            Pollfd.revents(memory, WAKE, 0);
            long timeout = 0;
            if (until != FOREVER) {
                long left = Math.max(0, until - System.nanoTime());
                Timespec.tv_sec(memory, TIMEOUT, left / 1_000_000_000);
                Timespec.tv_nsec(memory, TIMEOUT, left % 1_000_000_000);
                timeout = pollfds + TIMEOUT;
            }
            int ready = Libc.get().ppoll(pollfds, 2, timeout, 0);
            if (ready == -Linux.EINTR) {
                continue; // a signal: the deadline still stands
            }
            if (ready < 0) {
                return failed(new Failure(ready, "ppoll", null, null));
            }
            return Pollfd.revents(memory, WAKE) == 0 ? Pollfd.revents(memory, 0) & 0xffff : 0;
        }
    }

    /** Whoever waits depends on it, so that a write which failed is made again. */
    @Override
    void wake() {
        woken = true;
        WakeEvent.signalOrLog(eventfd, pollfds + COUNTER, "who waits for a descriptor");
    }

    @Override
    void rest() {
        if (woken) {
            woken = false;
            int tries = 0;
            while (Libc.get().read(eventfd, pollfds + COUNTER, Long.BYTES) < 0) {
                if (++tries == TRIES) {
                    spoilt = true;
                    break;
                }
            }
            memory.putLong(COUNTER, 1);
        }
    }
}
