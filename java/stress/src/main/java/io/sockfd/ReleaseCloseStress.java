package io.sockfd;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** {@link ReleaseCloseRace} under jcstress: what both threads did, and its end. */
@JCStressTest
@Outcome(id = "0, 1, 10", expect = Expect.ACCEPTABLE, desc = "closed first")
@Outcome(id = "1, 1, 10", expect = Expect.ACCEPTABLE, desc = "released first")
@State
public class ReleaseCloseStress {
    private final Race race = new ReleaseCloseRace();

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
