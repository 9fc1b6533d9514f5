package io.sockfd.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sockfd.raw.Leg.Result;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A blocked call never holds a garbage collection up. */
@Tag("grid")
@Tag("later")
class GcIT {
    /** A collection that waited for the calls would not end at all; 2 ms are usual, and a busy machine takes its time. */
    private static final long MOST_US = 2_000_000;

    /** The one that moves everything, and the JDK's default; a long run has all. */
    static Stream<String> collectors() {
        return Leg.isLong() ? Stream.of("Serial", "Parallel", "G1", "Z", "Shenandoah") : Stream.of("Serial", "G1");
    }

    @ParameterizedTest
    @MethodSource("collectors")
    void collectsWhile384CallsAreBlocked(String collector) throws IOException, InterruptedException {
        Result result =
                Leg.run(List.of("-Xmx256m", "-XX:+Use" + collector + "GC"), GcUnderBlockedCalls.class.getName());
        assumeFalse(
                result.status() == 1 && result.output().contains("Use" + collector + "GC"),
                "this JVM has no such collector: " + result.output());
        assertEquals(0, result.status(), result.output());
        long best = Long.parseLong(result.output().strip().replaceFirst("(?s).*best ", ""));
        System.out.println(System.getProperty("sockfd.backend") + " " + collector + ": System.gc() in " + best + " us");
        assertTrue(best <= MOST_US, collector + ": " + result.output());
    }
}
