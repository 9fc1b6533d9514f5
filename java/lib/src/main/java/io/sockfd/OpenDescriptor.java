package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.wait.Life;
import io.sockfd.internal.wait.OpenLives;
import io.sockfd.raw.Libc;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor of this library's that is open. {@link #all} lists them in a JVM that was started with {@code
 * -Dsockfd.leaks=list}, or with {@code trace}, which makes each descriptor keep where it was opened: a microsecond, and some
 * hundreds of bytes.
 *
 * @param fd the number
 * @param kind the simple name of the object's class, {@code Socket} for instance
 * @param what a socket's own and its peer's address, or what the kernel calls another file
 * @param age since it was opened
 * @param calls how many calls are inside of it, for instance because they wait; 0 when it is not in use
 * @param openedAt the stack of the thread that opened it, the library's own frames included; empty unless {@code trace} was
 *     said
 */
public record OpenDescriptor(
        int fd, String kind, String what, Duration age, int calls, List<StackTraceElement> openedAt) {
    /** Keeps a copy of the stack. */
    public OpenDescriptor {
        openedAt = List.copyOf(openedAt);
    }

    /**
     * Those that are open now, the oldest first. What is borrowed or belongs to others is not among them.
     *
     * @throws IllegalStateException when the JVM was not started with {@code -Dsockfd.leaks=list} or {@code trace}
     */
    public static List<OpenDescriptor> all() {
        if (!OpenLives.areListed()) {
            throw new IllegalStateException(
                    "descriptors are not listed: start java with -Dsockfd.leaks=list, or =trace");
        }
        long now = System.nanoTime();
        List<OpenDescriptor> all = new ArrayList<>();
        for (OpenLives.Opening opening : OpenLives.all()) {
            OpenDescriptor open = of(opening, now);
            if (open != null) {
                all.add(open);
            }
        }
        all.sort(Comparator.comparing(OpenDescriptor::age).reversed());
        return all;
    }

    private static @Nullable OpenDescriptor of(OpenLives.Opening opening, long now) {
        Life life = opening.life();
        int calls = life.callsInside();
        try {
            int fd = life.enter();
            try {
                Throwable where = opening.where();
                return new OpenDescriptor(
                        fd,
                        opening.kind(),
                        what(fd),
                        Duration.ofNanos(Math.max(0, now - opening.nanos())),
                        calls,
                        where == null ? List.of() : List.of(where.getStackTrace()));
            } finally {
                life.exit();
            }
        } catch (ClosedChannelException e) {
            return null;
        }
    }

    private static String what(int fd) {
        Sockaddr name = new Sockaddr();
        name.reset();
        try {
            if (Libc.get().getsockname(fd, name.address(), name.lengthAddress()) < 0) {
                return String.valueOf(Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)));
            }
            String local = name.toString();
            name.reset();
            boolean connected = Libc.get().getpeername(fd, name.address(), name.lengthAddress()) == 0;
            return connected ? local + " -> " + name : local;
        } catch (IOException e) {
            return "";
        } finally {
            Reference.reachabilityFence(name);
        }
    }

    /** In a line: {@code 8 Socket 127.0.0.1:80 -> 127.0.0.1:4000, 3 s, in use}. */
    @Override
    public String toString() {
        return fd + " " + kind + " " + what + ", " + age.toSeconds() + " s" + (calls > 0 ? ", in use" : "");
    }
}
