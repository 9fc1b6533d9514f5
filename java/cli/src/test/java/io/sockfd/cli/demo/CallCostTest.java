package io.sockfd.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CallCostTest {
    @Test
    void median() {
        assertEquals(2, CallCost.median(new double[] {9, 1, 2}));
        assertEquals(1.5, CallCost.median(new double[] {100, 1, 2, -7}));
        assertEquals(4, CallCost.median(new double[] {4}));
    }
}
