package io.sockfd.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Virtual;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signals that are sent go to a child JVM, {@link SignalChild}. */
@Timeout(120)
@Tag("once")
class SignalFdIT {
    /** All that may be blocked, and that a JVM's parent may want to: without those of faults and of the C library. */
    private static Signal[] blockable() {
        List<Signal> signals = new ArrayList<>();
        for (int number = 1; number <= 64; number++) {
            if (!List.of(4, 5, 7, 8, 9, 11, 19, 32, 33).contains(number)) {
                signals.add(Signal.of(number));
            }
        }
        return signals.toArray(new Signal[0]);
    }

    /** Runs the child under GNU env, which blocks these signals before it becomes the JVM. */
    private static List<String> child(Signal[] blocked, List<String> options, String task) throws Exception {
        List<String> launcher = new ArrayList<>();
        if (blocked.length > 0) {
            String numbers = Stream.of(blocked)
                    .map(signal -> Integer.toString(signal.value()))
                    .collect(Collectors.joining(","));
            launcher.addAll(List.of("env", "--block-signal=" + numbers));
            assumeTrue(blocks(launcher), "needs env --block-signal, of coreutils 8.31");
        }
        Leg.Result end = Leg.runUnder(launcher, options, SignalChild.class.getName(), task);
        assertEquals(0, end.status(), end.output());
        return end.output()
                .lines()
                .filter(line -> line.startsWith("> "))
                .map(line -> line.substring(2))
                .toList();
    }

    private static boolean blocks(List<String> launcher) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launcher);
        command.add("true");
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    @Test
    void aThreadThatBlocksReadsItsOwn() throws Exception {
        List<String> expected = new ArrayList<>(List.of(
                "nothing: false SignalInfo(nothing) 0",
                "ready: 1",
                "USR1: true SIGUSR1 " + Linux.SI_TKILL + " self false",
                "real-time: 1001 queued 1002 queued 1003 queued",
                "woken: true SIGUSR1",
                "other set: false",
                "own set: true",
                "other thread: false",
                "own thread: true",
                "everywhere: false"));
        if (Virtual.available()) {
            expected.add("virtual: java.lang.IllegalStateException: a virtual thread has no signal mask: that of its"
                    + " carrier, whichever it is now, would change; use a platform thread");
        }
        assertEquals(expected, child(new Signal[0], List.of(), "thread"));
    }

    @Test
    void aProcessThatInheritedTheMaskReadsItsOwn() throws Exception {
        List<String> expected = new ArrayList<>(List.of(
                "USR1: true SIGUSR1 " + Linux.SI_USER + " self", "real-time: true SIG40", "platform: true SIGUSR1"));
        if (Virtual.available()) {
            expected.add("virtual: true SIGUSR1");
        }
        expected.add("CHLD: true true " + Linux.CLD_EXITED + " 7");
        expected.add("as text: SIGCHLD (CLD_EXITED) from pid PID, uid " + uid());
        expected.add("exit value: 7");
        Signal[] blocked = {Signal.USR1, Signal.CHLD, Signal.of(40)};
        assertEquals(expected, child(blocked, List.of(), "process"));
    }

    private static Object uid() throws IOException {
        return java.nio.file.Files.getAttribute(java.nio.file.Path.of("/proc/self"), "unix:uid");
    }

    /** What SignalFd's Javadoc says of HotSpot. */
    @Test
    void theJvmUnblocksWhatItNeeds() throws Exception {
        List<String> kept = child(blockable(), List.of(), "masks");
        List<String> keptWithXrs = child(blockable(), List.of("-Xrs"), "masks");
        for (Signal signal : blockable()) {
            String line = "blocked: " + signal;
            // one that was ignored when the JVM started stays so, as nohup wants it
            boolean ends =
                    List.of("SIGHUP", "SIGINT", "SIGTERM", "SIGQUIT").contains(signal.toString()) && !isIgnored(signal);
            if (signal.value() != 62) {
                assertEquals(!ends && !signal.equals(Signal.USR2), kept.contains(line), line);
                assertEquals(!signal.equals(Signal.USR2), keptWithXrs.contains(line), line + " with -Xrs");
            }
        }
    }

    private static boolean isIgnored(Signal signal) throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(l -> l.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow();
        long mask = Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16);
        return ((mask >>> (signal.value() - 1)) & 1) != 0;
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        for (int number : new int[] {Linux.SIGKILL, Linux.SIGSTOP}) {
            assertThrows(IllegalArgumentException.class, () -> SignalFd.open(Signal.of(number)));
        }
        for (int number : new int[] {
            Linux.SIGKILL, Linux.SIGSTOP, Linux.SIGSEGV, Linux.SIGBUS, Linux.SIGFPE, Linux.SIGILL, Linux.SIGTRAP, 32, 33
        }) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> SignalFd.block(Signal.of(number)));
            assertTrue(
                    String.valueOf(e.getMessage()).startsWith(Signal.of(number).toString()), e.getMessage());
        }
        assertThrows(IllegalArgumentException.class, SignalFd::open);
        assertThrows(IllegalArgumentException.class, SignalFd::block);
        assertThrows(IllegalStateException.class, () -> new SignalInfo().signal());
        try (SignalFd signals = SignalFd.open(Signal.WINCH)) {
            assertThrows(IllegalArgumentException.class, signals::signals);
            assertFalse(signals.read(new SignalInfo(), Duration.ofMillis(1)));
            assertEquals("SignalFd(fd " + signals.fd() + ")", signals.toString());
        }
        assertFalse(SignalFd.isBlockedEverywhere(Signal.USR1));
    }
}
