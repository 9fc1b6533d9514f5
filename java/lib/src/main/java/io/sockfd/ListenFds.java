package io.sockfd;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes over what a supervisor passed, once in a process. */
final class ListenFds {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final int FIRST = 3;
    private static final String UNKNOWN = "unknown";

    /** In System's properties, which all class loaders have in common: who took them. No package: relocation changes those. */
    private static final String OWNER = "sockfd.listenFds.owner";

    private static @Nullable List<Passed> taken;

    private ListenFds() {}

    /** One of them; see {@link ListenFd}. */
    record Passed(int number, String name, Descriptor descriptor) {}

    /** Makes the object that owns a socket. */
    interface Adoption {
        Descriptor adopt(int fd) throws IOException;
    }

    /** All that are open; {@code sockets} is asked for those that are sockets. */
    static synchronized List<Passed> all(Adoption sockets) throws IOException {
        List<Passed> all = taken;
        if (all == null) {
            all = take(sockets);
            taken = all;
        }
        return all.stream().filter(passed -> passed.descriptor().isOpen()).toList();
    }

    private static List<Passed> take(Adoption sockets) throws IOException {
        String count = System.getenv("LISTEN_FDS");
        if (count == null || !isForThisProcess()) {
            return List.of();
        }
        int passed = number("LISTEN_FDS", count);
        if (passed < 0 || passed > Integer.MAX_VALUE - FIRST) {
            throw new IOException("LISTEN_FDS=" + count + " cannot be a number of descriptors");
        }
        List<String> names = names(passed);
        for (int fd = FIRST; fd < FIRST + passed; fd++) {
            if (LIBC.fcntl(fd, Linux.F_GETFD, 0) < 0) {
                throw new IOException("LISTEN_FDS=" + count + " says that the descriptors " + FIRST + " to "
                        + (FIRST + passed - 1) + " were passed, but " + fd + " is not open");
            }
        }
        claim(passed);
        List<Passed> all = new ArrayList<>(passed);
        try {
            for (int fd = FIRST; fd < FIRST + passed; fd++) {
                all.add(new Passed(fd, names.get(fd - FIRST), wrap(fd, sockets)));
            }
            return all;
        } catch (IOException e) {
            for (Passed wrapped : all) {
                int ignored = wrapped.descriptor().release(); // nothing was taken
            }
            System.getProperties().remove(OWNER);
            throw e;
        }
    }

    private static boolean isForThisProcess() throws IOException {
        String pid = System.getenv("LISTEN_PID");
        if (pid == null || number("LISTEN_PID", pid) != ProcessHandle.current().pid()) {
            return false;
        }
        // systemd 258 adds what, unlike a pid, no other process ever has
        String id = System.getenv("LISTEN_PIDFDID");
        return id == null || isOwnId(id);
    }

    private static boolean isOwnId(String id) throws IOException {
        try (PidFd self = PidFd.open(ProcessHandle.current().pid());
                Descriptor other = Descriptor.own(Errors.check(Libc.get().eventfd(0, Linux.EFD_CLOEXEC), "eventfd"))) {
            Object own = inode(self);
            // before Linux 6.9 a pidfd has the inode that all such descriptors have in common, and tells nothing
            return own.equals(inode(other)) || own.toString().equals(id);
        } catch (ErrnoException | UnsupportedOperationException e) {
            return true; // it cannot be known here, as systemd's own library has it
        }
    }

    private static Object inode(Descriptor descriptor) throws IOException {
        int fd = descriptor.enter();
        try {
            return Files.getAttribute(Path.of("/proc/self/fd/" + fd), "unix:ino");
        } finally {
            descriptor.exit();
        }
    }

    private static int number(String variable, String value) throws IOException {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IOException(variable + "=" + value + " is not a number", e);
        }
    }

    private static List<String> names(int passed) throws IOException {
        String value = System.getenv("LISTEN_FDNAMES");
        if (value == null) {
            return Collections.nCopies(passed, UNKNOWN);
        }
        List<String> names = value.isEmpty() && passed == 0 ? List.of() : Arrays.asList(value.split(":", -1));
        if (names.size() != passed) {
            throw new IOException("LISTEN_FDNAMES=" + value + " has " + names.size()
                    + (names.size() == 1 ? " name" : " names") + " for LISTEN_FDS=" + passed);
        }
        return names;
    }

    private static void claim(int passed) throws IOException {
        String me = ListenFds.class.getName() + " of " + ListenFds.class.getClassLoader();
        Object owner = passed == 0 ? null : System.getProperties().putIfAbsent(OWNER, me);
        if (owner != null) {
            throw new IOException("the descriptors of LISTEN_FDS=" + passed
                    + " have an owner in this process already, another copy of this library: " + owner);
        }
    }

    private static Descriptor wrap(int fd, Adoption sockets) throws IOException {
        if (Probe.valueOrErrno(fd, Linux.SO_TYPE) >= 0) {
            return sockets.adopt(fd);
        }
        Errors.check(LIBC.fcntl(fd, Linux.F_SETFD, Linux.FD_CLOEXEC), "fcntl", "F_SETFD");
        return Descriptor.own(fd);
    }
}
