package io.sockfd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is in the pipe stays there until somebody takes it. */
@Tag("once")
class SplicePipeIT {
    private static final byte[] TEXT = "nothing is lost".getBytes(US_ASCII);

    @Test
    void keepsWhatATargetDidNotTake() throws IOException {
        try (Socket.Pair source = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Socket.Pair dead = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Socket.Pair alive = Socket.pair(Domain.UNIX, SocketType.STREAM);
                SplicePipe pipe = SplicePipe.open()) {
            assertEquals(Socket.WOULD_BLOCK, pipe.fill(source.second(), 100));
            assertEquals(0, pipe.drain(alive.first()));
            source.first().sendAll(ByteBuffer.wrap(TEXT));
            assertEquals(TEXT.length, pipe.fill(source.second(), 100));
            dead.second().close();
            ErrnoException failure = assertThrows(ErrnoException.class, () -> pipe.drain(dead.first()));
            assertEquals(Linux.EPIPE, failure.errno().value());
            assertEquals(TEXT.length, pipe.pending());
            assertEquals(TEXT.length, pipe.drain(alive.first()));
            assertEquals(0, pipe.pending());
            ByteBuffer got = ByteBuffer.allocate(TEXT.length);
            alive.second().recvExactly(got);
            assertEquals(ByteBuffer.wrap(TEXT), got.flip());
            source.first().close();
            assertEquals(-1, pipe.fill(source.second(), 100));
        }
    }

    @Test
    void doesNotWaitForASlowTarget() throws IOException {
        try (Socket.Pair source = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Socket.Pair full = Socket.pair(Domain.UNIX, SocketType.STREAM);
                SplicePipe pipe = SplicePipe.open()) {
            ByteBuffer chunk = ByteBuffer.allocateDirect(4096);
            full.first().timeout(Socket.NON_BLOCKING);
            while (full.first().send(chunk.clear(), 0) > 0) {
                // until it has no room
            }
            source.first().sendAll(ByteBuffer.wrap(TEXT));
            assertEquals(TEXT.length, pipe.fill(source.second(), 100));
            assertEquals(Socket.WOULD_BLOCK, pipe.drain(full.first()));
            assertEquals(TEXT.length, pipe.pending());
        }
    }

    @Test
    void refusesWhatIsClosed() throws IOException {
        SplicePipe pipe = SplicePipe.open();
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            pipe.close();
            assertThrows(ClosedChannelException.class, () -> pipe.fill(pair.first(), 1));
        }
    }
}
