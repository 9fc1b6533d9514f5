package io.sockfd.benchmarks.operation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.raw.Libc;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The leak check of the rows that pass descriptors must see a leak. */
class PassedTest {

    @Test
    void tellsOfWhatIsStillOpen() throws IOException {
        RightsRows.Passed passed = new RightsRows.Passed(2);
        int[] left = {Libc.get().dup(passed.fd()), Libc.get().dup(passed.fd())};
        try {
            IOException leak = assertThrows(IOException.class, passed::close);
            assertEquals("2 descriptors that were received are still open", leak.getMessage());
        } finally {
            for (int fd : left) {
                Libc.get().close(fd);
            }
        }
    }

    @Test
    void isSilentWhenAllAreClosed() throws IOException {
        RightsRows.Passed other = new RightsRows.Passed(1);
        RightsRows.Passed passed = new RightsRows.Passed(1);
        assertDoesNotThrow(passed::close);
        other.close();
    }
}
