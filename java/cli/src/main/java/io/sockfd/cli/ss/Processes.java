package io.sockfd.cli.ss;

import io.sockfd.cli.FailedException;
import io.sockfd.cli.Printable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who has which socket open, by the links in {@code /proc/PID/fd}. Processes end meanwhile: those are left out. */
final class Processes {
    private static final String START = "socket:[";
    /** A zombie, and one that is just going: proc_pid_stat(5). */
    private static final String ENDED = "ZXx";

    private final Map<Long, List<User>> users = new HashMap<>();
    private int denied;

    /**
     * A descriptor of a process.
     *
     * @param tid the thread, where those were asked for
     * @param context of a security module, where it was asked for
     */
    record User(
            String name,
            int pid,
            @Nullable Integer tid,
            @Nullable String context,
            int fd) {}

    /** Looks at all processes under a directory like {@code /proc}. */
    static Processes read(Path proc, boolean threads, boolean contexts) throws IOException {
        if (contexts && context(proc.resolve("self")) == null) {
            throw new FailedException(
                    "no security module gives processes a context here (SELinux, AppArmor): leave -Z out");
        }
        Processes processes = new Processes();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : all) {
                int pid = Integer.parseInt(process.getFileName().toString());
                if (threads) {
                    processes.lookAtThreads(process, pid, contexts);
                } else {
                    processes.look(process, pid, null, contexts);
                }
            }
        }
        return processes;
    }

    private void lookAtThreads(Path process, int pid, boolean contexts) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("task"), "[0-9]*")) {
            for (Path thread : all) {
                look(thread, pid, Integer.valueOf(thread.getFileName().toString()), contexts);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // it has ended
        }
    }

    private static @Nullable String context(Path process) {
        try {
            return Files.readString(process.resolve("attr/current"), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .replace("\0", "")
                    .strip();
        } catch (IOException e) {
            return null; // EINVAL: no module answers
        }
    }

    private void look(Path process, int pid, @Nullable Integer tid, boolean contexts) {
        String name = "";
        String context = null;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith(START)) {
                    if (name.isEmpty()) {
                        name = name(process);
                        context = contexts ? context(process) : null;
                    }
                    long inode = Long.parseLong(target, START.length(), target.length() - 1, 10);
                    int fd = Integer.parseInt(descriptor.getFileName().toString());
                    users.computeIfAbsent(inode, i -> new ArrayList<>()).add(new User(name, pid, tid, context, fd));
                }
            }
        } catch (AccessDeniedException e) {
            denied += isAlive(process) ? 1 : 0;
        } catch (IOException | DirectoryIteratorException e) {
            return; // it has ended
        }
    }

    /** A process that is ending has given its memory back, and then even root may not look into it. */
    private static boolean isAlive(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), java.nio.charset.StandardCharsets.ISO_8859_1);
            int state = stat.lastIndexOf(')') + 2;
            return state < stat.length() && ENDED.indexOf(stat.charAt(state)) < 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String target(Path link) throws AccessDeniedException {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (AccessDeniedException e) {
            throw e; // the directory may be read, and the links not: ptrace(2), access mode checking
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm"), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .strip();
        } catch (IOException e) {
            return "?";
        }
    }

    /** Processes that this one may not look into. */
    int denied() {
        return denied;
    }

    List<User> of(long inode) {
        return users.getOrDefault(inode, List.of());
    }

    /** {@code users:(("nginx",pid=17,fd=6))}; empty for none. */
    String text(long inode) {
        List<User> known = of(inode);
        return known.isEmpty()
                ? ""
                : known.stream()
                        .map(user -> "(\"" + Printable.of(user.name) + "\",pid=" + user.pid
                                + (user.tid == null ? "" : ",tid=" + user.tid)
                                + (user.context == null ? "" : ",proc_ctx=" + Printable.of(user.context))
                                + ",fd=" + user.fd + ")")
                        .collect(Collectors.joining(",", "users:(", ")"));
    }
}
