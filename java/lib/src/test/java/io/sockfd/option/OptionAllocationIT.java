package io.sockfd.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Allocations;
import io.sockfd.Option;
import io.sockfd.option.Family.Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Getting and setting a boolean or a small int allocates nothing once the code is warm. */
class OptionAllocationIT {
    private static final int ROUNDS = 200;
    private static final int TIMES = 5_000;

    private static int cycle(Option<Boolean> flag, Option<Integer> number, int fd) throws IOException {
        int seen = 0;
        for (int i = 0; i < TIMES; i++) {
            flag.set(fd, (i & 1) == 0);
            number.set(fd, 1 + (i & 63)); // Integer keeps the values up to 127
            if (flag.get(fd)) {
                seen++;
            }
            seen += number.get(fd) & 1;
        }
        return seen;
    }

    @Test
    void nothingIsAllocated() throws IOException {
        assumeTrue(
                System.getProperty("sockfd.backend", "").equals("ffm"),
                "needs FFM: the others allocate in their calls");
        try (Fixture fixture = Family.TCP4.open()) {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS && least > 0; i++) { // the first ones run before the JIT is done
                long before = Allocations.soFar();
                assertTrue(cycle(TcpOptions.TCP_NODELAY, TcpOptions.TCP_KEEPCNT, fixture.fd()) >= TIMES / 2);
                least = Math.min(least, Allocations.soFar() - before);
            }
            assertEquals(0, least);
        }
    }
}
