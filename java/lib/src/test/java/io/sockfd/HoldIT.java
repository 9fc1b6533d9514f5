package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds outlive calls and threads, and close(2) waits for them. */
@Timeout(120)
class HoldIT {
    private static boolean isOpen(int fd) {
        return Libc.get().fcntl(fd, Linux.F_GETFD, 0) >= 0;
    }

    @Test
    void theNumberIsClosedWithTheLastHoldOnWhateverThread() throws Exception {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            Socket held = pair.first();
            Descriptor.Hold first = held.hold();
            Descriptor.Hold second = CompletableFuture.supplyAsync(() -> {
                        try {
                            return held.hold();
                        } catch (ClosedChannelException e) {
                            throw new CompletionException(e);
                        }
                    })
                    .get(60, TimeUnit.SECONDS);
            int fd = first.fd();
            assertThrows(IllegalStateException.class, held::release);
            held.close();
            assertTrue(isOpen(fd));
            assertThrows(ClosedChannelException.class, held::hold);
            assertThrows(ClosedChannelException.class, () -> held.recv(ByteBuffer.allocate(1), 0));
            first.close();
            first.close(); // nothing
            assertTrue(isOpen(second.fd()));
            CompletableFuture.runAsync(second::close).get(60, TimeUnit.SECONDS);
            assertEquals(-1, pair.second().recv(ByteBuffer.allocate(1), 0)); // the other end sees the close
            assertThrows(IllegalStateException.class, second::fd);
        }
    }

    /** A thread that owns the guard counts its calls apart, and a hold of its own may be let go by another. */
    @Test
    void theOwnersHoldsAreNotItsCalls() throws Exception {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            Socket held = pair.first();
            for (int i = 0; i < 3000; i++) {
                assertEquals(0, held.call("fcntl", fd -> Libc.get().fcntl(fd, Linux.F_GETFD, 0)) & ~Linux.FD_CLOEXEC);
            }
            List<Descriptor.Hold> holds = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                holds.add(held.hold());
            }
            int fd = holds.get(0).fd();
            held.close();
            CompletableFuture.runAsync(() -> holds.subList(0, 99).forEach(Descriptor.Hold::close))
                    .get(60, TimeUnit.SECONDS);
            assertTrue(isOpen(fd));
            CompletableFuture.runAsync(holds.get(99)::close).get(60, TimeUnit.SECONDS);
            assertEquals(-1, pair.second().recv(ByteBuffer.allocate(1), 0));
        }
    }

    @Test
    void aCloseEndsWaitsWhileTheNumberIsHeld() throws Exception {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Descriptor.Hold hold = pair.first().hold()) {
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread waits = new Thread(() -> {
                try {
                    pair.first().recv(ByteBuffer.allocate(1), 0);
                    end.complete(new AssertionError("nothing was sent"));
                } catch (Throwable e) {
                    end.complete(e);
                }
            });
            waits.start();
            Thread.sleep(50);
            pair.first().close();
            assertTrue(end.get(60, TimeUnit.SECONDS) instanceof ClosedChannelException);
            assertTrue(isOpen(hold.fd()));
            waits.join();
        }
    }

    @Test
    void aCallGivesTheValueOrThrowsTheErrno() throws Exception {
        Socket socket = Socket.udp();
        assertEquals(socket.fd(), socket.call("dup", fd -> fd));
        ErrnoException failed = assertThrows(
                ErrnoException.class,
                () -> socket.call("fcntl", fd -> Libc.get().fcntl(fd, -1, 0)));
        assertEquals(Errno.EINVAL, failed.errno());
        assertTrue(failed.toString().contains("fcntl("), failed.toString());
        socket.close();
        assertFalse(socket.isOpen());
        assertThrows(ClosedChannelException.class, () -> socket.call("fcntl", fd -> 0));
    }
}
