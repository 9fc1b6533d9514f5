package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The book-keeping of zero-copy sends, without a kernel. */
class ZeroCopyTicketsTest {
    private static final Object BUFFER = new Object();

    @Test
    void rangesMayComeOutOfOrder() {
        ZeroCopyTickets c = new ZeroCopyTickets(0);
        for (int i = 0; i < 6; i++) {
            assertEquals(i, c.issue(BUFFER));
        }
        assertEquals(2, c.complete(3, 4));
        assertFalse(c.isDone(0));
        assertFalse(c.isDone(2));
        assertTrue(c.isDone(3));
        assertTrue(c.isDone(4));
        assertFalse(c.isDone(5));
        assertFalse(c.isDone(6), "not sent yet");
        assertEquals(4, c.outstanding());
        assertEquals(3, c.complete(0, 2));
        assertTrue(c.isDone(2));
        assertEquals(0, c.complete(1, 4), "told twice");
        assertEquals(1, c.complete(5, 5));
        assertEquals(0, c.outstanding());
    }

    @Test
    void theKernelsNumberWraps() {
        long first = 0xffff_fffdL;
        ZeroCopyTickets c = new ZeroCopyTickets(first);
        for (int i = 0; i < 6; i++) {
            assertEquals(first + i, c.issue(BUFFER));
        }
        assertEquals(4, c.complete(-2, 1));
        assertFalse(c.isDone(first));
        assertTrue(c.isDone(0x1_0000_0001L));
        assertFalse(c.isDone(0x1_0000_0002L));
        assertEquals(1, c.complete(-3, -3));
        assertEquals(1, c.complete(2, 2));
        assertEquals(0, c.outstanding());
    }

    @Test
    void aFailedSendThatTookANumberIsSkipped() {
        ZeroCopyTickets c = new ZeroCopyTickets(0);
        assertEquals(0, c.issue(BUFFER));
        assertEquals(0, c.complete(1, 1), "number 1 was never given");
        assertFalse(c.isDone(0));
        assertEquals(2, c.issue(BUFFER));
        assertFalse(c.isDone(2));
        assertEquals(1, c.complete(0, 0));
        assertTrue(c.isDone(1));
        assertFalse(c.isDone(2));
        assertEquals(1, c.complete(2, 2));
        assertEquals(0, c.complete(3, 3));
        assertEquals(4, c.issue(BUFFER));
    }

    /** Against a plain model, over the wrap, with windows larger than the initial one. */
    @Test
    void itAgreesWithAListOfNumbers() {
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            long first = 0x1_0000_0000L - random.nextInt(2000);
            ZeroCopyTickets c = new ZeroCopyTickets(first);
            List<Long> open = new ArrayList<>();
            for (int step = 0; step < 2000; step++) {
                if (random.nextInt(100) < 55) {
                    open.add(c.issue(BUFFER));
                } else if (!open.isEmpty()) {
                    int from = random.nextInt(open.size());
                    int to = from;
                    while (to + 1 < open.size() && open.get(to + 1) == open.get(to) + 1 && random.nextInt(4) != 0) {
                        to++;
                    }
                    long low = open.get(from);
                    long high = open.get(to);
                    assertEquals(to - from + 1, c.complete((int) low, (int) high));
                    open.subList(from, to + 1).clear();
                }
                assertEquals(open.size(), c.outstanding());
                for (long ticket : open) {
                    assertFalse(c.isDone(ticket));
                }
            }
            for (long ticket = first; ticket < c.next(); ticket++) {
                assertEquals(!open.contains(ticket), c.isDone(ticket));
            }
        }
    }
}
