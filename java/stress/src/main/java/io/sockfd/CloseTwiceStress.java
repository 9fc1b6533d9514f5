package io.sockfd;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** {@link CloseTwiceRace} under jcstress: what both threads did, and its end. */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "closed once")
@State
public class CloseTwiceStress {
    private final Race race = new CloseTwiceRace();

    /** One thread. */
    @Actor
    public void first(III_Result result) {
        result.r1 = race.first();
    }

    /** The other thread. */
    @Actor
    public void second(III_Result result) {
        result.r2 = race.second();
    }

    /** After both. */
    @Arbiter
    public void end(III_Result result) {
        result.r3 = race.end();
    }
}
