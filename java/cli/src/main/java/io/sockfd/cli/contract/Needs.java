package io.sockfd.cli.contract;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a row asks of the machine and of the process. */
record Needs(List<Need> all, boolean absent) {
    private static final Needs NONE = new Needs(List.of(), false);

    record Need(String kind, String what) {}

    /** {@code needs kernel 5.11, libc epoll_pwait2} or {@code without cap CAP_NET_RAW}. */
    static Needs parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        boolean absent = text.startsWith("without ");
        if (!absent && !text.startsWith("needs ")) {
            throw new IllegalArgumentException("not a need: " + text);
        }
        List<Need> all = new ArrayList<>();
        for (String need : text.substring(text.indexOf(' ') + 1).split(",\\s*", -1)) {
            String[] words = need.split(" ", -1);
            if (words.length != 2 || !List.of("kernel", "family", "libc", "cap").contains(words[0])) {
                throw new IllegalArgumentException("not a need: " + need);
            }
            all.add(new Need(words[0], words[1]));
        }
        return new Needs(List.copyOf(all), absent);
    }

    /** Why the row cannot run here, or null. */
    @Nullable
    String unmet(Libc libc) {
        for (Need need : all) {
            boolean met = switch (need.kind) {
                case "kernel" -> kernelAtLeast(need.what);
                case "family" -> familyWorks(libc, need.what);
                case "cap" -> capable(need.what) != absent;
                default -> true; // a function that is not in the libc gives ENOSYS
            };
            if (!met) {
                return switch (need.kind) {
                    case "kernel" -> "needs kernel " + need.what;
                    case "family" -> need.what + " is not in this kernel";
                    default -> (absent ? "for processes without " : "needs ") + need.what;
                };
            }
        }
        return null;
    }

    /** Whether the row allows that libc lacks the function. */
    boolean libc(String function) {
        return all.contains(new Need("libc", function));
    }

    private static boolean kernelAtLeast(String wanted) {
        String[] have = System.getProperty("os.version", "0.0").split("[^0-9]+", 3);
        String[] want = wanted.split("\\.", -1);
        int major = Integer.compare(Integer.parseInt(have[0]), Integer.parseInt(want[0]));
        return major > 0 || (major == 0 && Integer.parseInt(have[1]) >= Integer.parseInt(want[1]));
    }

    /** IPv6 may be compiled in and switched off: only a bind tells. */
    private static boolean familyWorks(Libc libc, String name) {
        int family = (int) number(name);
        int fd = libc.socket(family, Linux.SOCK_DGRAM | Linux.SOCK_CLOEXEC, 0);
        if (fd < 0) {
            return fd != -Linux.EAFNOSUPPORT;
        }
        Scope scope = new Scope();
        ByteBuffer loopback = Builders.build(scope, "in6", List.of(new Expr.Text("::1"), new Expr.Literal(0)));
        try {
            return family != Linux.AF_INET6 || libc.bind(fd, scope.allocate(loopback), loopback.capacity()) == 0;
        } finally {
            Reference.reachabilityFence(scope);
            libc.close(fd);
        }
    }

    private static boolean capable(String name) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("CapEff:")) {
                    long effective = Long.parseUnsignedLong(
                            line.substring("CapEff:".length()).strip(), 16);
                    return (effective >> number(name) & 1) != 0;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static long number(String name) {
        Long value = Constants.find(name);
        if (value == null) {
            throw new IllegalArgumentException("unknown need " + name);
        }
        return value;
    }
}
