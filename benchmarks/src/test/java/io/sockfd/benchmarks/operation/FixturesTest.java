package io.sockfd.benchmarks.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.raw.Memory;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the failing rows stand on does fail, and in the way they say. */
class FixturesTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void brokenMeansBrokenPipe(boolean tcp) throws IOException {
        try (Socket socket = Fixtures.broken(tcp)) {
            for (int i = 0; i < 3; i++) {
                ErrnoException failure =
                        assertThrows(ErrnoException.class, () -> socket.send(Memory.allocate(Fixtures.SIZE), 0));
                assertEquals(Errno.EPIPE, failure.errno());
            }
        }
    }

    @Test
    void sendsThatDoNotFailAreNoticed() {
        IOException failure = assertThrows(IOException.class, () -> Fixtures.untilFails(() -> {}));
        assertEquals("the peer is closed, but 1000 sends did not fail", failure.getMessage());
    }
}
