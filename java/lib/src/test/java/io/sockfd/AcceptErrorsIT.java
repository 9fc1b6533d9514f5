package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.inject.FailingLibc;
import io.sockfd.raw.Leg;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No errno of accept4 ends a listener. */
@Tag("once")
class AcceptErrorsIT {
    @Test
    void everyErrnoInEveryWayToAccept() throws Exception {
        Leg.Result result = Leg.run(List.of(FailingLibc.OPTION), AcceptErrors.class.getName());
        System.out.print(result.output());
        assertEquals(0, result.status(), result.output());
    }
}
