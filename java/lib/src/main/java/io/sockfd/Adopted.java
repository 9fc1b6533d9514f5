package io.sockfd;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;

/** A socket that somebody else opened, as far as the kernel tells what it is: a {@link Socket} is made of it. */
record Adopted(int fd, Domain domain, SocketType type, int mark) {
    private static final Libc LIBC = Libc.getOrRefusing();

    /** Looks, and changes nothing. */
    static Adopted look(int fd) throws IOException {
        Domain domain = new Domain(Probe.intOption(fd, Linux.SO_DOMAIN));
        SocketType type = new SocketType(Probe.intOption(fd, Linux.SO_TYPE));
        return new Adopted(fd, domain, type, Probe.intOption(fd, Linux.SO_RCVLOWAT));
    }

    /** Makes it as those that are opened here: close-on-exec and non-blocking. */
    static Adopted takeOver(int fd) throws IOException {
        Adopted adopted = look(fd);
        Errors.check(LIBC.fcntl(fd, Linux.F_SETFD, Linux.FD_CLOEXEC), "fcntl", "F_SETFD");
        Probe.makeNonBlocking(fd);
        return adopted;
    }

    /** As {@link #takeOver(int)}, of a descriptor, which is closed then; one that is no socket stays the caller's. */
    static Adopted takeOver(Descriptor descriptor) throws IOException {
        int fd = descriptor.enter();
        try {
            Probe.intOption(fd, Linux.SO_TYPE);
        } finally {
            descriptor.exit();
        }
        int released = descriptor.release();
        try {
            return takeOver(released);
        } catch (Throwable e) {
            LIBC.close(released);
            throw e;
        }
    }
}
