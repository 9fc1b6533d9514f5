package io.sockfd.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Virtual;
import io.sockfd.raw.Leg;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The first use of the library in a process fails, maybe while a class is being initialised: the error has the same words
 * as ever, and the next use works. Each in a JVM of its own; {@code ./mvnw verify -P grid} takes every call's first time with
 * every errno.
 */
@Tag("once")
class ColdStartsIT {
    private static final int ATTEMPTS = 5;
    private static final boolean ALL = Boolean.getBoolean("sockfd.inject.all");

    /** Program, call, errno: what is made once, by the first that needs it, or what everything begins with. */
    private static final List<List<String>> CASES = List.of(
            List.of("tcp", "socket", "EMFILE"),
            List.of("waits-closed", "membarrier", "ENOSYS"),
            List.of("waits-closed", "eventfd", "EMFILE"),
            List.of("waits-interrupted", "rt_sigaction", "EINVAL"),
            List.of("epoll", "epoll_create1", "ENOMEM"),
            List.of("virtual", "epoll_create1", "EMFILE"),
            List.of("virtual", "epoll_ctl/EPOLL_CTL_ADD", "ENOMEM"),
            List.of("virtual", "epoll_wait", "EINVAL"));

    /** They need no privilege. */
    private static final List<String> PROGRAMS = List.of(
            "tcp",
            "tcp-threads",
            "udp-timed",
            "batches",
            "rights",
            "births",
            "names",
            "options",
            "sendfile",
            "splice",
            "epoll",
            "event-loop",
            "waits-closed",
            "waits-interrupted",
            "virtual",
            "virtual-epoll",
            "signalfd",
            "pidfd");

    private final List<String> faults = new ArrayList<>();
    private int runs;

    @Test
    void theFirstUseFailsInWordsAndTheNextWorks() throws Exception {
        for (List<String> one : ALL ? all() : CASES) {
            if (!one.get(0).startsWith("virtual") || Virtual.available()) {
                run(one);
            }
        }
        System.out.printf("%d cold starts with an injected failure%n", runs);
        assertEquals(List.of(), faults);
        assertTrue(runs >= 5, Integer.toString(runs));
    }

    private void run(List<String> one) throws IOException, InterruptedException {
        Errnos.Case error = Errnos.of(one.get(1)).stream()
                .filter(known -> known.name().equals(one.get(2)))
                .findFirst()
                .orElseThrow();
        String first = "-D" + FailingLibc.FIRST + "=" + one.get(1) + ":1:" + error.errno();
        Leg.Result result;
        int attempts = 0;
        do { // a wait that ends before its thread is in the kernel needs no signal
            result = Leg.run(
                    List.of(FailingLibc.OPTION, first, "-Dsockfd.guard.calls=0"),
                    ColdChild.class.getName(),
                    one.get(0),
                    one.get(1),
                    "1",
                    one.get(2));
        } while (!ALL && result.output().contains("NOT_REACHED") && ++attempts < ATTEMPTS);
        if (result.status() != 0 || !result.output().contains("GOOD") || attempts == ATTEMPTS) {
            faults.add(one + ": " + result.output());
        }
        runs++;
    }

    private static List<List<String>> all() throws IOException, InterruptedException {
        List<List<String>> all = new ArrayList<>();
        for (String program : PROGRAMS) {
            if (program.startsWith("virtual") && !Virtual.available()) {
                continue;
            }
            Leg.Result result =
                    Leg.run(List.of(FailingLibc.OPTION, "-Dsockfd.guard.calls=0"), ColdChild.class.getName(), program);
            assertEquals(0, result.status(), result.output());
            for (String line : result.output().lines().toList()) {
                if (line.startsWith("CALL ")) {
                    String call = Objects.requireNonNull(line.split(" ", 3)[1]);
                    Errnos.of(call).forEach(error -> all.add(List.of(program, call, error.name())));
                }
            }
        }
        return all;
    }
}
