package io.sockfd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.raw.Leg;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whoever loads the library in a class loader of its own, and uses it on a thread of a pool, gets rid of it again, and of the
 * eventfds of waits that it kept for later; virtual threads keep it until their poller has ended. In a JVM of its own, whose
 * descriptors nobody else opens and closes.
 */
class ClassLoaderIT {
    @Test
    void theLibraryIsCollectedWhileTheThreadLivesOn() throws Exception {
        Leg.Result result = Leg.run(List.of("-Dsockfd.poller.idle=200"), LoaderProgram.class.getName());
        assertEquals(0, result.status(), result.output());
        System.out.print(result.output());
    }
}
