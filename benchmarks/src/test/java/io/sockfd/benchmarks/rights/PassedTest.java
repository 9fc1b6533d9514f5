package io.sockfd.benchmarks.rights;

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
        Passed passed = new Passed(2);
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
        Passed other = new Passed(1);
        Passed passed = new Passed(1);
        assertDoesNotThrow(passed::close);
        other.close();
    }
}
