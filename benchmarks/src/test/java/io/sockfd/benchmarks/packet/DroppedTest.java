package io.sockfd.benchmarks.packet;

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

    static Stream<Callable<Reader>> readers() {
        return Stream.of(
                SockfdReader::new,
                () -> new SockfdBatchReader(32),
                SockfdRing::new,
                RawReader::new,
                () -> new RawBatchReader(32),
                RawRing::new);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void isAFailure(Callable<Reader> open) throws Exception {
        try (Reader reader = open(open)) {
            IOException failure = assertThrows(IOException.class, () -> reader.read(7));
            assertEquals("7 of 4096 frames did not arrive", failure.getMessage());
        }
    }

    private static Reader open(Callable<Reader> open) throws Exception {
        try {
            return open.call();
        } catch (UnavailableException e) {
            return abort(e.toString());
        }
    }
}
