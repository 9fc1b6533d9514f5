package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.between.ClosedBetweenCalls;
import io.sockfd.inject.FailingLibc;
import io.sockfd.raw.Leg;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody waits for ever when what should wake them fails. */
@Tag("once")
class InjectedWaitsIT {
    @Test
    void whoWaitsOnAPollerThatBreaksIsTold() throws Exception {
        assumeTrue(Virtual.available(), "no virtual threads in this Java");
        run(PollerFailures.class);
    }

    @Test
    void aWakeUpThatFailsIsNotTakenForDone() throws Exception {
        run(WakeFailures.class);
    }

    @Test
    void aCloseBetweenTwoCallsIsOneMeanwhile() throws Exception {
        run(ClosedBetweenCalls.class);
    }

    @Test
    void soItIsOnAVirtualThread() throws Exception {
        assumeTrue(Virtual.available(), "no virtual threads in this Java");
        run(ClosedBetweenCalls.class, "virtual");
    }

    private static void run(Class<?> program, String... arguments) throws Exception {
        Leg.Result result = Leg.run(List.of(FailingLibc.OPTION), program.getName(), arguments);
        System.out.print(result.output());
        assertEquals(0, result.status(), result.output());
    }
}
