package io.sockfd.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.raw.Linux;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SignalTest {
    /** Second names of the same number. */
    private static final Set<String> ALIASES = Set.of("SIGCLD", "SIGIOT", "SIGPOLL");

    @Test
    void printsCsName() throws IllegalAccessException {
        Set<Integer> named = new TreeSet<>();
        for (Field field : Linux.class.getFields()) {
            String name = field.getName();
            if (name.startsWith("SIG") && name.indexOf('_') < 0 && !ALIASES.contains(name)) {
                assertEquals(name, new Signal(field.getInt(null)).toString());
                named.add(field.getInt(null));
            }
        }
        assertEquals(31, named.size());
        assertEquals("SIG34", Signal.of(34).toString());
        assertEquals("SIG64", Signal.of(64).toString());
    }

    @Test
    void anyNumberTheKernelKnowsIsASignal() {
        for (int number = 1; number <= 64; number++) {
            assertSame(Signal.of(number), Signal.of(number));
            assertEquals(new Signal(number), Signal.of(number));
            assertEquals(
                    number - 1, Long.numberOfTrailingZeros(Signal.of(number).bit()));
        }
        for (int number : new int[] {Integer.MIN_VALUE, -1, 0, 65, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> Signal.of(number));
            assertThrows(IllegalArgumentException.class, () -> new Signal(number));
        }
    }

    @Test
    void clocksPrintCsName() {
        assertEquals("CLOCK_BOOTTIME_ALARM", TimerClock.BOOTTIME_ALARM.toString());
        assertEquals("CLOCK_99", new TimerClock(99).toString());
    }
}
