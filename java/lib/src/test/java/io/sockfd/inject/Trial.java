package io.sockfd.inject;

import io.sockfd.DescriptorGuard;
import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.Virtual;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs programs under failing calls, and looks at what is left. */
final class Trial {
    /** How a run ended. */
    enum End {
        /** The call was not made so often this time. */
        NOT_REACHED,
        /** The library went on, as it may. */
        PASSED,
        /** An exception named the call and the errno. */
        NAMED
    }

    private static final String DEAF = "a virtual thread of somebody else's waits for ever";
    private static final long SETTLE_MS = 3000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * Patterns of what an exception may name in the place of a call: the public name, the older call of the two, or what was
     * asked for where the library makes a simpler call, send(2) for a message of one buffer.
     */
    private static final Map<String, String> ALSO_NAMED = Map.of(
            "openat", "open(?:at)?",
            "epoll_pwait2", "epoll_p?wait2?",
            "send", "send(?:m?msg)?",
            "sendmsg", "sendm?msg",
            "recvmsg", "recvm?msg");

    private final Socket.Pair canary;

    Trial() throws IOException {
        canary = Socket.pair(Domain.UNIX, SocketType.STREAM);
        canary.first().timeout(PATIENCE);
        canary.second().timeout(PATIENCE);
    }

    /** How often a program makes each call, when nothing fails. */
    Map<String, Integer> dryRun(Program program) throws Exception {
        FailingLibc.clear();
        List<Throwable> failures = Crew.run(program);
        Map<String, Integer> counts = FailingLibc.counts();
        if (!failures.isEmpty()) {
            throw new Failed("fails by itself", failures);
        }
        return counts;
    }

    /** One run with one failure; throws {@link Failed} for what must not be. */
    End run(Program program, Injection injection) throws Exception {
        FailingLibc.clear();
        Leftovers before = Leftovers.now();
        FailingLibc.fail(injection.call(), injection.nth(), injection.error().errno());
        List<Throwable> failures = Crew.run(program);
        boolean reached = FailingLibc.failed() > 0;
        FailingLibc.clear();
        End end = judge(injection, failures, reached);
        before.expectNothingMore(failures);
        sing();
        return end;
    }

    /** One run under a rule that nobody may notice. */
    void under(Program program, FailingLibc.Rule rule) throws Exception {
        FailingLibc.clear();
        Leftovers before = Leftovers.now();
        FailingLibc.rule(rule);
        List<Throwable> failures = Crew.run(program);
        FailingLibc.clear();
        if (!failures.isEmpty()) {
            throw new Failed("noticed it", failures);
        }
        before.expectNothingMore(failures);
        sing();
    }

    /** The first use of the library in this process, with the failure that {@link FailingLibc#FIRST} has set up. */
    static End first(Program program, Injection injection) throws Exception {
        Leftovers before = Leftovers.now();
        List<Throwable> failures = Crew.run(program);
        boolean reached = FailingLibc.failed() > 0;
        End end = judge(injection, failures, reached);
        before.expectNothingMore(failures);
        return end;
    }

    private static End judge(Injection injection, List<Throwable> failures, boolean reached) throws Failed {
        if (!reached) {
            if (!failures.isEmpty()) {
                throw new Failed("fails by itself", failures);
            }
            return End.NOT_REACHED;
        }
        if (failures.isEmpty()) {
            Errnos.Case error = injection.error();
            if (!error.passes() && !Programs.passes(injection.program(), injection.call(), error.name())) {
                throw new Failed("nobody heard of it", failures);
            }
            return End.PASSED;
        }
        if (failures.stream().noneMatch(failure -> names(failure, injection))) {
            throw new Failed("not named", failures);
        }
        return End.NAMED;
    }

    /** Whether an exception, or what it has as its causes or suppressed, says which call failed with what. */
    private static boolean names(Throwable failure, Injection injection) {
        Errno errno = new Errno(injection.error().errno());
        String name = injection.call().split("/", 2)[0];
        Pattern start = Pattern.compile(ALSO_NAMED.getOrDefault(name, name) + "\\b");
        Pattern error = Pattern.compile("\\b" + errno.name() + "\\b");
        Set<Throwable> seen = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>(List.of(failure));
        while (!open.isEmpty()) {
            Throwable next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            String message = String.valueOf(next.getMessage());
            if (start.matcher(message).lookingAt()
                    && error.matcher(message).find()
                    && Errors.errnoOf(next).orElse(errno).equals(errno)) {
                return true;
            }
            if (next.getCause() != null) {
                open.add(next.getCause());
            }
            open.addAll(List.of(next.getSuppressed()));
        }
        return false;
    }

    /** What has nothing to do with the program still works. */
    void sing() throws Exception {
        canary.first().sendAll(ByteBuffer.wrap(new byte[] {7}));
        ByteBuffer one = ByteBuffer.allocate(1);
        canary.second().recvExactly(one);
        if (Virtual.available()) {
            Thread thread = Virtual.start(() -> {
                try {
                    canary.second().recvExactly(one.clear());
                } catch (IOException e) {
                    one.put(0, (byte) -1);
                }
            });
            while (thread.getState() != Thread.State.WAITING
                    && thread.getState() != Thread.State.TIMED_WAITING
                    && thread.isAlive()) {
                Thread.onSpinWait();
            }
            canary.first().sendAll(ByteBuffer.wrap(new byte[] {8}));
            thread.join(PATIENCE.toMillis());
            if (thread.isAlive() || one.get(0) != 8) {
                throw new Failed(DEAF, List.of());
            }
        }
    }

    /** What a process has that a program may leave behind. */
    private record Leftovers(Map<Integer, String> descriptors, long mappings, Set<String> threads) {
        /** What the JVM opens for itself, and keeps. */
        private static final Pattern OF_THE_JVM = Pattern.compile("/proc/.*|.*\\.jar|/dev/u?random");

        static Leftovers now() throws IOException {
            return new Leftovers(openDescriptors(), socketMappings(), crewThreads());
        }

        void expectNothingMore(List<Throwable> failures) throws Exception {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLE_MS);
            while (true) {
                Map<Integer, String> left = openDescriptors();
                left.keySet().removeAll(descriptors.keySet());
                left.keySet().removeAll(DescriptorGuard.pooled());
                long mapped = socketMappings() - mappings;
                Set<String> living = crewThreads();
                living.removeAll(threads);
                if (left.isEmpty() && mapped <= 0 && living.isEmpty()) {
                    return;
                }
                if (System.nanoTime() - end > 0) {
                    throw new Failed(
                            "left behind: descriptors " + left + ", mappings " + mapped + ", threads " + living,
                            failures);
                }
                if (mapped > 0) {
                    System.gc(); // a ring may wait for it
                }
                Thread.sleep(1);
            }
        }

        private static Map<Integer, String> openDescriptors() throws IOException {
            Map<Integer, String> open = new TreeMap<>();
            try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
                for (Path entry : entries.toList()) {
                    String target;
                    try {
                        target = Files.readSymbolicLink(entry).toString();
                    } catch (IOException e) {
                        continue; // closed meanwhile
                    }
                    if (!OF_THE_JVM.matcher(target).matches()) {
                        open.put(Integer.valueOf(entry.getFileName().toString()), target);
                    }
                }
            }
            return open;
        }

        /** Rings are mappings of sockets. */
        private static long socketMappings() throws IOException {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
                return lines.filter(line -> line.contains("socket:")).count();
            }
        }

        private static Set<String> crewThreads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("crew"))
                    .map(thread -> thread.toString() + thread.hashCode())
                    .collect(Collectors.toSet());
        }
    }

    /** What must not be. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        /** Whether what follows in this process would only suffer from it. */
        boolean isLasting() {
            return String.valueOf(getMessage()).startsWith(DEAF);
        }

        Failed(String what, List<Throwable> failures) {
            super(what + (failures.isEmpty() ? "" : ", after " + failures));
            failures.forEach(this::addSuppressed);
        }
    }
}
