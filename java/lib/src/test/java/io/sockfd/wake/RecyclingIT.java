package io.sockfd.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Leg;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A descriptor number is never used by a call that was meant for its predecessor. {@code -Dsockfd.recycle.cycles=10000000}
 * goes on until so many pairs were closed and reopened.
 */
@Tag("grid")
@Tag("later")
class RecyclingIT {
    private static final long CYCLES = Long.getLong("sockfd.recycle.cycles", 0);
    private static final long SECONDS = Leg.isLong() ? 10 : 1;
    private static final long CONTROL_S = 30;

    @Test
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    void numbersAreNotMixedUp() throws Exception {
        Recycling recycling = new Recycling(Guarded::pair, true);
        if (CYCLES > 0) {
            recycling.run(CYCLES, TimeUnit.HOURS.toNanos(3));
        } else {
            recycling.run(Long.MAX_VALUE, TimeUnit.SECONDS.toNanos(SECONDS));
        }
        System.out.println("guarded: " + recycling);
        assertEquals(List.of(), recycling.failures());
        assertEquals(0, recycling.wrong(), recycling::toString);
        assertTrue(recycling.cycles.sum() >= Math.max(CYCLES, 1000), recycling::toString);
        assertTrue(
                recycling.reads.sum() > 0 && recycling.writes.sum() > 0 && recycling.closedUnderway.sum() > 0,
                recycling::toString);
    }

    /** The negative control: with a flag in place of the guard the same threads are caught. */
    @Test
    @Timeout(60)
    void aFlagIsNotEnough() throws Exception {
        Recycling recycling = new Recycling(Flagged::pair, true);
        recycling.run(Long.MAX_VALUE, TimeUnit.SECONDS.toNanos(CONTROL_S));
        System.out.println("with a flag in place of the guard: " + recycling);
        assertTrue(recycling.wrong() > 0, recycling::toString);
    }
}
