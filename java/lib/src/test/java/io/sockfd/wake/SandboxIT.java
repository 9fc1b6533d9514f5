package io.sockfd.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.raw.Leg;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a seccomp filter refuses what a close makes use of, it does without. */
class SandboxIT {
    @ParameterizedTest
    @ValueSource(strings = {"membarrier", "tgkill"})
    void aCloseEndsAReceive(String refused) throws Exception {
        Leg.Result result = Leg.run(List.of(), Sandboxed.class.getName(), refused);
        assertEquals(0, result.status(), result.output());
        assertEquals("closed", result.output().strip());
    }
}
