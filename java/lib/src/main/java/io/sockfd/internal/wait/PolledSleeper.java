package io.sockfd.internal.wait;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import io.sockfd.raw.struct.Timespec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A thread sleeps in the kernel, in ppoll(2) on the descriptor and on an eventfd that others can write to: neither close(2)
 * nor shutdown(2) ends every kind of wait (PACKET and NETLINK know neither).
 */
final class PolledSleeper extends Sleeper {
    private static final int TRIES = 100;

    private static final int WAKE = Pollfd.SIZE;
    private static final int TIMEOUT = 2 * Pollfd.SIZE;
    private static final int COUNTER = TIMEOUT + Timespec.SIZE;

    private final int eventfd;
    private final ByteBuffer memory = Memory.allocate(COUNTER + Long.BYTES);
    private final long pollfds = Memory.address(memory);
    private @Nullable Ppoll by; // instead of the library's own
    private boolean spoilt; // signalled for ever, so that nobody may wait with it again
    private boolean woken; // protected by the monitor of the list that we are on

    /** Without an eventfd its waits fail. */
    PolledSleeper() {
        int fd = Libc.get().eventfd(0, Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK);
        eventfd = fd;
        Pollfd.fd(memory, WAKE, fd);
        Pollfd.events(memory, WAKE, Linux.POLLIN);
        memory.putLong(COUNTER, 1);
    }

    int eventfd() {
        return eventfd;
    }

    /** Sleeps in this call; null for the library's own. */
    void by(@Nullable Ppoll call) {
        by = call;
    }

    @Override
    boolean isReusable() {
        return eventfd >= 0 && !spoilt;
    }

    @Override
    void end() {
        if (eventfd >= 0) {
            Libc.get().close(eventfd);
        }
    }

    @Override
    int sleep(Sleepable descriptor, int fd, int events, long until) {
        if (eventfd < 0) {
            return failed(new WaitFailure(eventfd, "eventfd", null, null));
        }
        Pollfd.fd(memory, 0, fd);
        Pollfd.events(memory, 0, events);
        while (true) {
            Pollfd.revents(memory, 0, 0);
            Pollfd.revents(memory, WAKE, 0);
            long timeout = 0;
            if (until != Nanos.FOREVER) {
                long left = Math.max(0, until - System.nanoTime());
                Timespec.tv_sec(memory, TIMEOUT, left / 1_000_000_000);
                Timespec.tv_nsec(memory, TIMEOUT, left % 1_000_000_000);
                timeout = pollfds + TIMEOUT;
            }
            Ppoll call = by;
            int ready = call == null ? Libc.get().ppoll(pollfds, 2, timeout, 0) : call.ppoll(pollfds, 2, timeout);
            if (ready == -Linux.EINTR) {
                continue; // a signal: the deadline still stands
            }
            if (ready < 0) {
                return failed(new WaitFailure(ready, "ppoll", null, null));
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
