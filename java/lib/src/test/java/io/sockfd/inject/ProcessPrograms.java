package io.sockfd.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Descriptor;
import io.sockfd.PidFd;
import io.sockfd.event.Signal;
import io.sockfd.event.SignalFd;
import io.sockfd.event.SignalInfo;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.time.Duration;

/** Processes and signals. */
final class ProcessPrograms {
    private static final Signal SIGNAL = Signal.of(41);

    private ProcessPrograms() {}

    static void pidfd(Crew crew) throws IOException {
        long pid = ProcessHandle.current().pid();
        PidFd self = crew.own(PidFd.open(pid));
        assertFalse(self.hasEnded());
        Descriptor copy = crew.own(self.getfd(self.fd()));
        assertTrue(copy.fd() != self.fd());
        assertEquals(0, self.poll(Linux.POLLIN, Duration.ofMillis(1)));
    }

    /** For this thread, which alone blocks the signal. */
    static void signalfd(Crew crew) throws IOException {
        SignalFd.block(SIGNAL);
        try {
            SignalFd signals = crew.own(SignalFd.open(SIGNAL));
            SignalInfo info = new SignalInfo();
            assertFalse(signals.tryRead(info));
            assertFalse(signals.read(info, Duration.ofMillis(1)));
            // past what fails: it is the other side's doing
            Libc libc = FailingLibc.backend();
            long self = libc.syscall(Linux.SYS_gettid, 0, 0, 0, 0, 0, 0);
            long pid = ProcessHandle.current().pid();
            assertEquals(0, libc.syscall(Linux.SYS_tgkill, pid, self, SIGNAL.value(), 0, 0, 0));
            try {
                signals.read(info);
            } catch (IOException e) {
                FailingLibc.quietly(() -> signals.read(info)); // unblocked, it would end the process
                throw e;
            }
            assertEquals(SIGNAL.value(), info.signo());
            signals.signals(Signal.of(42));
        } finally {
            SignalFd.unblock(SIGNAL);
        }
    }
}
