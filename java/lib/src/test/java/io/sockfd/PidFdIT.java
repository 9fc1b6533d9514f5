package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Linux;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class PidFdIT {
    @Test
    void itIsReadableWhenTheProcessHasEnded() throws IOException, InterruptedException {
        Process child = new ProcessBuilder("sleep", "60").start();
        try (PidFd pidfd = PidFd.open(child.pid())) {
            assertFalse(pidfd.hasEnded());
            assertEquals(0, MessageCalls.poll(pidfd.fd(), Linux.POLLIN, 0));
            child.destroyForcibly();
            assertEquals(Linux.POLLIN, MessageCalls.poll(pidfd.fd(), Linux.POLLIN, 10_000) & Linux.POLLIN);
            assertTrue(pidfd.hasEnded());
            child.waitFor();
            assertTrue(pidfd.hasEnded());
            assertThrows(ErrnoException.class, () -> pidfd.getfd(0), "ESRCH");
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDescriptorOfAnotherProcessCanBeHad() throws IOException {
        try (MessageCalls calls = new MessageCalls();
                PidFd self = PidFd.open(ProcessHandle.current().pid())) {
            int[] pair = calls.pair(Linux.SOCK_STREAM);
            try (Descriptor copy = self.getfd(pair[0]);
                    Message out = new Message();
                    Message in = new Message()) {
                assertTrue(copy.fd() != pair[0]);
                assertEquals(Linux.FD_CLOEXEC, MessageCalls.LIBC.fcntl(copy.fd(), Linux.F_GETFD, 0));
                assertEquals(1, MessageCalls.send(copy.fd(), out.data(MessageCalls.direct("x")), 0));
                assertEquals(1, MessageCalls.receive(pair[1], in.data(MessageCalls.room(4)), 0));
            }
            ErrnoException e = assertThrows(ErrnoException.class, () -> self.getfd(1_000_000));
            assertEquals(Errno.EBADF, e.errno());
        }
    }

    @Test
    void whatIsNoProcessIsRefused() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> PidFd.open(0));
        assertThrows(IllegalArgumentException.class, () -> PidFd.open(1L << 31));
        ErrnoException e = assertThrows(ErrnoException.class, () -> PidFd.open(Integer.MAX_VALUE));
        assertEquals(Errno.ESRCH, e.errno());
        PidFd closed = PidFd.open(ProcessHandle.current().pid());
        closed.close();
        closed.close();
        assertThrows(IllegalStateException.class, closed::fd);
    }
}
