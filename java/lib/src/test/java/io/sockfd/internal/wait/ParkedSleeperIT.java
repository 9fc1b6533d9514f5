package io.sockfd.internal.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.event.EventFd;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ParkedSleeperIT {
    /** A send from the heap is tried again with what it copied there before it waited. */
    @Test
    void aLookAfterTheDeadlineLeavesTheThreadsMemoryAlone() throws IOException {
        try (EventFd counter = EventFd.open(0)) {
            ByteBuffer data = CallMemory.of(Long.BYTES).putLong(0, 0x0707_0707_0707_0707L);
            Life life = new Life(counter.fd(), false);
            int ready = new ParkedSleeper().sleep(life, counter.fd(), Linux.POLLOUT, System.nanoTime() - 1);
            assertEquals(Linux.POLLOUT, ready);
            assertEquals(0x0707_0707_0707_0707L, data.getLong(0));
        }
    }
}
