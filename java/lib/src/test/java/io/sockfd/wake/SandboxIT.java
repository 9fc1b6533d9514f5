package io.sockfd.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.raw.Leg;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a seccomp filter or an old kernel refuses a system call, the library does without. */
@Tag("later")
class SandboxIT {
    @ParameterizedTest
    @CsvSource({"membarrier, EPERM", "membarrier, ENOSYS", "tgkill, EPERM", "tgkill, ENOSYS"})
    void aCloseEndsAReceive(String refused, String errno) throws Exception {
        Leg.Result result = Leg.run(List.of(), Sandboxed.class.getName(), refused, errno);
        assertEquals(0, result.status(), result.output());
        assertEquals("closed", result.output().strip());
    }

    /** One call after the other, and all jobs after each: what has an older way is done by it. */
    @ParameterizedTest
    @ValueSource(strings = {"EPERM", "ENOSYS"})
    void olderWaysAreTaken(String errno) throws Exception {
        Leg.Result result = Leg.run(List.of(), OlderWays.class.getName(), errno);
        assertEquals(0, result.status(), result.output());
        List<String> lines = result.output()
                .lines()
                .filter(line -> line.startsWith(OlderWays.SAID))
                .toList();
        assertEquals(OlderWays.expected(errno), lines, result.output());
    }
}
