package io.sockfd.benchmarks.operation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Jvm;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rows stand on fails where it must, and in the way that they say. */
class FixturesTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void brokenMeansBrokenPipe(boolean tcp) throws IOException {
        try (Socket socket = Fixtures.broken(tcp)) {
            for (int i = 0; i < 3; i++) {
                ErrnoException failure =
                        assertThrows(ErrnoException.class, () -> socket.send(Memory.allocate(Fixtures.SIZE), 0));
                assertEquals(Errno.EPIPE, failure.errno());
            }
        }
    }

    @Test
    void sendsThatDoNotFailAreNoticed() {
        IOException failure = assertThrows(IOException.class, () -> Fixtures.untilFails(() -> {}));
        assertEquals("the peer is closed, but 1000 sends did not fail", failure.getMessage());
    }

    static Stream<Callable<PacketRows.Reader>> readers() {
        return Stream.of(
                PacketRows.SockfdReader::new,
                () -> new PacketRows.SockfdBatchReader(32),
                RingRows.SockfdRing::new,
                PacketRows.RawReader::new,
                () -> new PacketRows.RawBatchReader(32),
                RingRows.RawRing::new);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aFrameThatDidNotArriveFailsTheRow(Callable<PacketRows.Reader> open) throws Exception {
        try (PacketRows.Reader reader = open(open)) {
            IOException failure = assertThrows(IOException.class, () -> reader.read(7));
            assertEquals("7 of 4096 frames did not arrive", failure.getMessage());
        }
    }

    private static PacketRows.Reader open(Callable<PacketRows.Reader> open) throws Exception {
        try {
            return open.call();
        } catch (UnavailableException e) {
            return abort(e.toString());
        }
    }

    @Test
    void descriptorsThatAreStillOpenAreTold() throws IOException {
        RightsRows.Passed passed = new RightsRows.Passed(2);
        int[] left = {Libc.get().dup(passed.fd()), Libc.get().dup(passed.fd())};
        try {
            IOException leak = assertThrows(IOException.class, passed::close);
            assertEquals("2 descriptors that were received are still open", leak.getMessage());
        } finally {
            for (int fd : left) {
                Libc.get().close(fd);
            }
        }
    }

    @Test
    void descriptorsThatAreClosedAreNot() throws IOException {
        RightsRows.Passed other = new RightsRows.Passed(1);
        RightsRows.Passed passed = new RightsRows.Passed(1);
        assertDoesNotThrow(passed::close);
        other.close();
    }

    @Test
    void aProgramThatEndsWithoutAByteIsAnError() throws IOException {
        try (StartRows.Start start = new StartRows.Start("no.such.Program", "tcp", List.of(), List.of())) {
            IOException failure = assertThrows(IOException.class, () -> start.run(1));
            assertTrue(String.valueOf(failure.getMessage()).startsWith("ended with 1"), failure.getMessage());
        }
    }

    @Test
    void theClassPathHasOnlyWhatWasAskedFor() throws IOException {
        assertTrue(Jvm.classPath(List.of("netty-")).contains("netty-transport"));
        assertTrue(Jvm.classPath(List.of("no-such-jar-")).isEmpty());
    }
}
