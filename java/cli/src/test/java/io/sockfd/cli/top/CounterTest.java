package io.sockfd.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rates over whole seconds. */
@Tag("once")
class CounterTest {
    @Test
    void aRateIsOverTheSecondsThatPassed() {
        Counter counter = new Counter();
        for (int second = 0; second < 100; second++) {
            counter.add(second, true, 1000);
            counter.add(second, false, second < 95 ? 0 : 500);
        }
        assertEquals(1000, counter.rate(true, 100, 2));
        assertEquals(1000, counter.rate(true, 100, 40));
        assertEquals(500, counter.rate(false, 100, 2));
        assertEquals(250, counter.rate(false, 100, 10));
        assertEquals(1500, counter.rate(100, 2));
        assertEquals(500, counter.rate(true, 101, 2));
        assertEquals(0, counter.rate(true, 300, 40));
        assertEquals(100_000, counter.sentBytes());
        assertEquals(200, counter.packets());
    }

    @Test
    void numbersAreShort() {
        assertEquals("0b", Listing.scaled(0, "b"));
        assertEquals("999b", Listing.scaled(999, "b"));
        assertEquals("1.00kb", Listing.scaled(999.5, "b"));
        assertEquals("9.99kB", Listing.scaled(9990, "B"));
        assertEquals("10.0kB", Listing.scaled(9996, "B"));
        assertEquals("100MB", Listing.scaled(99_960_000, "B"));
        assertEquals("1.50TB", Listing.scaled(1.5e12, "B"));
    }
}
