package io.sockfd.benchmarks.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sockfd.benchmarks.UnavailableException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A frame that did not arrive must fail the row, or a reader would be fast by reading less. */
class DroppedTest {

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
    void isAFailure(Callable<PacketRows.Reader> open) throws Exception {
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
}
