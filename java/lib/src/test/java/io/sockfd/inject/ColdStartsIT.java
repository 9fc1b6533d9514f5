package io.sockfd.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Virtual;
import io.sockfd.raw.Leg;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The first use of the library in a process fails, maybe while a class is being initialised: the error has the same words
 * as ever, and the next use works. Each in a JVM of its own; the profile inject takes every call's first time with every errno,
 * of a library that a class loader of its own has loaded.
 */
@Tag("once")
class ColdStartsIT {
    private static final int ATTEMPTS = 5;
    private static final long PATIENCE_S = 1800;
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
        if (ALL) {
            PROGRAMS.stream().filter(ColdStartsIT::isPossible).forEach(this::runAll);
        }
        for (List<String> one : CASES) {
            if (isPossible(one.get(0))) {
                run(one);
            }
        }
        System.out.printf("%d cold starts with an injected failure%n", runs);
        assertEquals(List.of(), faults);
        assertTrue(runs >= 5, Integer.toString(runs));
    }

    private static boolean isPossible(String program) {
        return !program.startsWith("virtual") || Virtual.available();
    }

    /** Every call's first time with every errno, each by a library that was just loaded. */
    private void runAll(String program) {
        Leg.Result result;
        try {
            result = Leg.runUnder(
                    PATIENCE_S,
                    List.of(),
                    List.of(FailingLibc.OPTION, "-Dsockfd.guard.calls=0", "-Dsockfd.poller.idle=200"),
                    ColdLoaders.class.getName(),
                    program);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(program, e);
        }
        List<String> lines = result.output().lines().toList();
        long cold = lines.stream().filter(line -> line.startsWith("COLD ")).count();
        System.out.println(cold + " cold starts of " + program);
        runs += (int) cold;
        if (result.status() != 0 || cold == 0) {
            faults.add(program + ": " + result.output());
        }
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
        } while (result.output().contains("NOT_REACHED") && ++attempts < ATTEMPTS);
        if (result.status() != 0 || !result.output().contains("GOOD") || attempts == ATTEMPTS) {
            faults.add(one + ": " + result.output());
        }
        runs++;
    }
}
