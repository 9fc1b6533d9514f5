package io.sockfd.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RingSizeTest {
    private static void refused(String reason, Executable size) {
        String message = assertThrows(IllegalArgumentException.class, size).toString();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void saysWhatIsWrong() {
        RingSize good = RingSize.RECEIVE;
        refused("multiple of the page size", () -> good.withBlockSize(0));
        refused("multiple of the page size", () -> good.withBlockSize(4095));
        refused("multiple of the page size", () -> good.withBlockSize(-4096));
        refused("at least one", () -> good.withBlockCount(0));
        refused("more than 2 GiB", () -> good.withBlockCount(4096));
        refused("multiple of 16", () -> good.withFrameSize(2047));
        refused("multiple of 16", () -> good.withFrameSize(112));
        refused("does not fit into a block", () -> good.withBlockSize(4096).withFrameSize(8192));
        refused("between 1 ms", () -> good.withRetireAfter(Duration.ZERO));
        refused("between 1 ms", () -> good.withRetireAfter(Duration.ofDays(1)));
    }

    @Test
    void countsFramesThatFitIntoBlocks() {
        RingSize size = new RingSize(8192, 3, 3072, Duration.ofMillis(5));
        assertEquals(2, size.framesPerBlock());
        assertEquals(6, size.request().frameNr());
        assertEquals(5, size.request().retireBlkTovMillis());
        assertEquals(24_576, size.bytes());
    }
}
