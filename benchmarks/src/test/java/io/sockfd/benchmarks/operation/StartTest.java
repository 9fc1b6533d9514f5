package io.sockfd.benchmarks.operation;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.benchmarks.Jvm;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTest {
    @Test
    void aProgramThatEndsWithoutAByteIsAnError() throws IOException {
        try (StartRows.Start start = new StartRows.Start("no.such.Program", "tcp", List.of(), List.of())) {
            IOException failure = assertThrows(IOException.class, () -> start.run(1));
            assertTrue(String.valueOf(failure.getMessage()).startsWith("ended with 1"), failure.getMessage());
        }
    }

    @Test
    void theClassPathHasOnlyWhatWasAskedFor() throws IOException {
        assertTrue(Jvm.classPath(List.of("netty-")).contains("netty-transport"));
        assertTrue(Jvm.classPath(List.of("no-such-jar-")).isEmpty());
    }
}
