package io.sockfd.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where something runs out, or is refused: one clear behaviour each. */
@Timeout(120)
@Tag("once")
class RingLimitsIT {
    @TempDir
    private Path temporary = Path.of("");

    private static List<String> lines(Leg.Result result) {
        assertEquals(0, result.status(), result.output());
        return result.output()
                .lines()
                .filter(line -> line.matches("(ring|chosen|preferred): .*"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {Linux.EPERM, Linux.ENOSYS})
    void aFilterIsToldAndLeavesLoopsOnEpoll(int errno) throws Exception {
        Leg.Result result =
                Leg.run(List.of("-Dsockfd.engine=uring"), RefusedRings.class.getName(), Integer.toString(errno));
        String name = errno == Linux.EPERM ? "EPERM" : "ENOSYS";
        List<String> lines = lines(result);
        assertTrue(lines.get(0).contains(name), result.output());
        assertTrue(lines.get(0).contains("a filter of system calls does"), result.output());
        assertTrue(lines.get(1).startsWith("chosen: " + name), result.output());
        assertEquals("preferred: epoll", lines.get(2));
        assertTrue(result.output().contains("event loops are on epoll and not on uring: "), result.output());
    }

    /** The setting is the whole machine's: the file is another one here, and the filter refuses in the kernel's place. */
    @Test
    void aSettingIsTold() throws Exception {
        Path setting = Path.of("/proc/sys/kernel/io_uring_disabled");
        assumeTrue(Files.exists(setting), "since Linux 6.6");
        Path other = Files.writeString(temporary.resolve("disabled"), "2\n");
        List<String> launcher = List.of(
                "unshare", "--mount", "sh", "-c", "mount --bind " + other + " " + setting + " && exec \"$@\"", "sh");
        assumeTrue(runs(launcher), "needs the right to mount");
        Leg.Result result = Leg.runUnder(
                launcher,
                List.of("-Dsockfd.engine=uring"),
                RefusedRings.class.getName(),
                Integer.toString(Linux.EPERM));
        List<String> lines = lines(result);
        assertTrue(lines.get(0).contains("the setting kernel.io_uring_disabled is 2"), result.output());
        assertEquals("preferred: epoll", lines.get(2));
    }

    private static boolean runs(List<String> launcher) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launcher);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Linux 6.18 counts rings as locked memory, and others before it do not: a ring works, or the limit is named. */
    @Test
    void aLimitOfLockedMemoryIsNamed() throws Exception {
        try (Ring ring = Rings.open()) {
            assertTrue(ring.isOpen());
        }
        List<String> launcher = List.of(
                "sh",
                "-c",
                "ulimit -l 0 && if setpriv --bounding-set=-ipc_lock true 2>/dev/null;"
                        + " then exec setpriv --bounding-set=-ipc_lock \"$@\"; else exec \"$@\"; fi",
                "sh");
        Leg.Result result = Leg.runUnder(launcher, List.of("-Dsockfd.engine=uring"), RefusedRings.class.getName(), "0");
        List<String> lines = lines(result);
        boolean works = lines.get(0).equals("ring: works 256");
        assertTrue(works || (lines.get(0).contains("ENOMEM") && lines.get(0).contains("ulimit -l")), result.output());
        assertEquals("preferred: " + (works ? "uring" : "epoll"), lines.get(2));
    }

    /** The kernel keeps what has no place, and nothing is lost. */
    @Test
    void moreCompletionsThanPlacesAllCome() throws Exception {
        try (Ring ring = Ring.open(4, 8)) {
            Set<Operation> started = new HashSet<>();
            for (int i = 0; i < 300; i++) {
                io.sockfd.uring.Timeout timeout = ring.timeout();
                timeout.start(Duration.ZERO);
                started.add(timeout);
            }
            assertEquals(300, ring.inFlight());
            while (!started.isEmpty()) {
                Operation done = Rings.next(ring);
                assertEquals(0, done.result());
                assertTrue(started.remove(done), "twice");
            }
            assertEquals(0, ring.inFlight());
            RingStatistics statistics = ring.statistics();
            assertEquals(300, statistics.completions());
            assertEquals(0, statistics.inFlight());
            assertEquals(0, statistics.lost());
            int own = MessageWakeUp.isAvailable() ? 0 : 1; // an eventfd is read
            assertEquals(300 + own, statistics.submissions());
        }
    }

    @Test
    void emptyBuffersEndAReceiveThatBeginsAgain() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.SEQPACKET)) {
            BufferRing buffers = ring.buffers(2, 16);
            Receive receive = ring.receive(pair.first(), buffers);
            receive.startMultishot();
            List<Long> kept = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                assertEquals(1, pair.second().send(ByteBuffer.wrap(new byte[] {(byte) i}), 0));
            }
            for (int i = 0; i < 2; i++) {
                assertEquals(receive, Rings.next(ring));
                assertEquals(i, receive.data().get(0));
                kept.add(receive.keep());
            }
            assertEquals(receive, Rings.next(ring));
            assertEquals(-Linux.ENOBUFS, receive.result());
            assertFalse(receive.isActive());
            assertEquals(1, ring.statistics().emptyBuffers());
            buffers.release(kept.get(0));
            receive.startMultishot();
            assertEquals(receive, Rings.next(ring));
            assertEquals(2, receive.data().get(0)); // it waited in the kernel
            assertEquals(1, buffers.data(kept.get(1)).get(0));
        }
    }

    /** A child process has neither the ring nor what holds its sockets open. */
    @Test
    void aChildProcessInheritsNothing() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            Receive receive = ring.receive(pair.first(), ring.buffers(4, 16));
            receive.startMultishot();
            assertFalse(ring.await(0));
            Process child = new ProcessBuilder("sleep", "60").start();
            try (Stream<Path> open = Files.list(Path.of("/proc/" + child.pid() + "/fd"))) {
                for (Path each : open.toList()) {
                    assertFalse(Files.readSymbolicLink(each).toString().contains("io_uring"));
                }
                pair.second().timeout(Duration.ofSeconds(20));
                assertEquals(1, pair.second().send(ByteBuffer.allocate(1), 0));
                assertEquals(receive, Rings.next(ring));
                assertEquals(1, receive.result());
                pair.first().close();
                assertEquals(receive, Rings.next(ring));
                assertFalse(receive.isActive());
                assertEquals(-1, pair.second().recv(ByteBuffer.allocate(1), 0));
            } finally {
                child.destroyForcibly();
            }
        }
    }
}
