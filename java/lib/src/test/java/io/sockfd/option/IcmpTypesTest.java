package io.sockfd.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IcmpTypesTest {
    @Test
    void namesWhatPasses() {
        IcmpTypes replies = IcmpTypes.only(0, 129);
        assertTrue(replies.passes(0) && replies.passes(129));
        assertFalse(replies.passes(8));
        assertEquals("only {0, 129}", replies.toString());
        IcmpTypes others = IcmpTypes.allBut(0, 129);
        assertFalse(others.passes(129));
        assertTrue(others.passes(255));
        assertEquals("all but {0, 129}", others.toString());
        assertEquals("all but {}", IcmpTypes.allBut().toString());
        assertEquals(replies, IcmpTypes.only(129, 0));
        assertThrows(IllegalArgumentException.class, () -> IcmpTypes.only(256));
        assertThrows(IllegalArgumentException.class, () -> replies.passes(-1));
    }
}
