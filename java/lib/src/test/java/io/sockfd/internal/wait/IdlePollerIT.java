package io.sockfd.internal.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Virtual;
import io.sockfd.raw.Leg;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The poller of virtual threads ends when nobody waits, and nobody who comes in that moment is lost. */
@Tag("later")
class IdlePollerIT {
    @Test
    void whoComesWhileThePollerEndsIsWokenByTheNext() throws Exception {
        assumeTrue(Virtual.available(), "no virtual threads here");
        Leg.Result result = Leg.run(List.of("-Dsockfd.poller.idle=1"), IdlePollerProgram.class.getName());
        assertEquals(0, result.status(), result.output());
        System.out.print(result.output());
    }
}
