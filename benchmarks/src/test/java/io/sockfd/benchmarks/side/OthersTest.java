package io.sockfd.benchmarks.side;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OthersTest {
    /** It shares its processor with whatever else runs now, and has a part of it all the same. */
    @Test
    void whoUsesAProcessorIsNamed() throws Exception {
        Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try {
            boolean named = false;
            for (int i = 0; i < 8 && !named; i++) {
                List<String> running = Others.running(Duration.ofMillis(500));
                named = running.stream().anyMatch(each -> each.startsWith("sh (pid " + busy.pid() + ") uses "));
            }
            assertTrue(named, "a loop was not seen");
        } finally {
            busy.destroyForcibly();
        }
    }
}
