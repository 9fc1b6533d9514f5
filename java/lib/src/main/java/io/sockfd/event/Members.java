package io.sockfd.event;

import static io.sockfd.raw.Linux.ENOENT;
import static io.sockfd.raw.Linux.EPOLL_CTL_ADD;
import static io.sockfd.raw.Linux.EPOLL_CTL_DEL;
import static io.sockfd.raw.Linux.EPOLL_CTL_MOD;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.internal.wait.Life;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * What is in an {@link Epoll}: the kernel's set and the table of registrations, which change together. Each call is within both
 * lives, the descriptor's and the epoll's.
 */
final class Members extends Registration.Owner {
    private static final Libc LIBC = Libc.getOrRefusing();

    private final Descriptor set; // is not lost while somebody has a registration
    private final Life epoll; // of the set
    private final RegistrationTable table;
    private final ByteBuffer event; // protected by its own monitor
    private final long eventAddress;

    Members(Descriptor set, RegistrationTable table, ByteBuffer event) {
        this.set = set;
        this.epoll = Life.of(set);
        this.table = table;
        this.event = event;
        this.eventAddress = Memory.address(event);
    }

    /** As {@link Epoll#add}. */
    Registration add(Descriptor descriptor, int events, @Nullable Object attachment) throws IOException {
        Life life = Life.of(descriptor);
        int fd = life.enter();
        try {
            int epfd = epoll.enter();
            try {
                Registration registration = table.add(this, descriptor, events, attachment);
                life.memberships().add(registration.membership);
                int result = ctl(epfd, EPOLL_CTL_ADD, fd, registration, events);
                if (!descriptor.isOpen()) { // closed while we were at it; the exit() below takes it out of the set
                    table.remove(registration);
                    throw new AsynchronousCloseException();
                } else if (result < 0) {
                    forget(registration);
                    throw Errors.exception(result, "epoll_ctl", "EPOLL_CTL_ADD " + descriptor);
                }
                return registration;
            } finally {
                epoll.exit();
            }
        } finally {
            life.exit();
        }
    }

    @Override
    void modify(Registration registration, int events) throws IOException {
        Life life = Life.of(registration.descriptor());
        int fd = life.enter();
        try {
            int epfd = epoll.enter();
            try {
                Errors.check(modify(epfd, fd, registration, events), "epoll_ctl", registration);
            } finally {
                epoll.exit();
            }
        } finally {
            life.exit();
        }
    }

    private int modify(int epfd, int fd, Registration registration, int events) {
        synchronized (event) {
            int op = registration.paused ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
            int result = ctlInside(epfd, op, fd, registration, events);
            registration.paused &= result < 0;
            return result;
        }
    }

    @Override
    void pause(Registration registration) throws IOException {
        Life life = Life.of(registration.descriptor());
        int fd = life.enter();
        try {
            int epfd = epoll.enter();
            try {
                synchronized (event) {
                    boolean out = registration.paused && registration.isValid();
                    int result = out ? 0 : ctlInside(epfd, EPOLL_CTL_DEL, fd, registration, 0);
                    Errors.check(result, "epoll_ctl", registration);
                    registration.paused = true;
                }
            } finally {
                epoll.exit();
            }
        } finally {
            life.exit();
        }
    }

    @Override
    void remove(Registration registration) throws IOException {
        Life life = Life.of(registration.descriptor());
        int fd;
        try {
            fd = life.enter();
        } catch (ClosedChannelException e) {
            return; // it has left by itself
        }
        try {
            synchronized (event) {
                if (forget(registration)) {
                    delete(fd);
                }
            }
        } finally {
            life.exit();
        }
    }

    private boolean forget(Registration registration) {
        Life.of(registration.descriptor()).memberships().remove(registration.membership);
        return table.remove(registration);
    }

    /** The kernel's set and the table change together: a token must not come back after its registration ended. */
    private int ctl(int epfd, int op, int fd, Registration registration, int events) {
        synchronized (event) {
            return ctlInside(epfd, op, fd, registration, events);
        }
    }

    /** Within the monitor. */
    private int ctlInside(int epfd, int op, int fd, Registration registration, int events) {
        if (!registration.isValid()) {
            return -ENOENT;
        }
        EpollEvent.events(event, 0, events);
        EpollEvent.data(event, 0, registration.token());
        return LIBC.epoll_ctl(epfd, op, fd, eventAddress);
    }

    @Override
    void delete(int fd) {
        try {
            int epfd = epoll.enter();
            try {
                LIBC.epoll_ctl(epfd, EPOLL_CTL_DEL, fd, 0);
            } finally {
                epoll.exit();
            }
        } catch (ClosedChannelException e) {
            // the set is gone
        }
    }

    @Override
    void invalidate(long token) {
        table.invalidate(token);
    }

    @Override
    public String toString() {
        return set.toString();
    }
}
