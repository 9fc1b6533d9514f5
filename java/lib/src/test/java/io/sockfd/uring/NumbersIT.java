package io.sockfd.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The kernel looks a number up when it takes the submission: a close between the start and that must not make it another's. */
@Timeout(120)
@Tag("grid")
class NumbersIT {
    private static final int ROUNDS = Leg.isLong() ? 20_000 : 200;

    /** Takes the numbers that are free, the lowest first. */
    private static List<Socket> takeNumbers(Socket stranger) throws IOException {
        List<Socket> taken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            taken.add(stranger.dup());
        }
        return taken;
    }

    private static void await(Ring ring, Operation operation) throws IOException {
        while (operation.isActive()) {
            assertEquals(operation, Rings.next(ring));
        }
    }

    @Test
    void aNumberIsNotReusedBetweenTheStartAndTheSubmission() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair stranger = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            for (int i = 0; i < ROUNDS; i++) {
                Socket.Pair mine = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Send send = ring.send(mine.first());
                send.start(ByteBuffer.allocateDirect(1));
                int number = mine.first().fd();
                mine.first().close();
                List<Socket> taken = takeNumbers(stranger.first());
                for (Socket each : taken) {
                    assertNotEquals(number, each.fd());
                }
                await(ring, send);
                for (Socket each : taken) {
                    each.close();
                }
                mine.second().close();
            }
            assertEquals(Socket.WOULD_BLOCK, stranger.second().recv(ByteBuffer.allocateDirect(1), Linux.MSG_DONTWAIT));
        }
    }

    /** The control: somebody closes the number behind the descriptor's back, and what is sent goes to a stranger. */
    @Test
    void aNumberThatIsReusedIsCaught() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair stranger = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            int caught = 0;
            for (int i = 0; i < ROUNDS / 10; i++) {
                Socket.Pair mine = Socket.pair(Domain.UNIX, SocketType.STREAM);
                int number = mine.first().release();
                try (Socket borrowed = Socket.borrow(number)) {
                    Send send = ring.send(borrowed);
                    send.start(ByteBuffer.allocateDirect(1));
                    assertEquals(0, Libc.get().close(number));
                    List<Socket> taken = takeNumbers(stranger.first());
                    await(ring, send);
                    for (Socket each : taken) {
                        each.close();
                    }
                }
                if (stranger.second().recv(ByteBuffer.allocateDirect(1), Linux.MSG_DONTWAIT) == 1) {
                    caught++;
                }
                mine.second().close();
            }
            int rounds = ROUNDS / 10;
            int hits = caught;
            assertTrue(hits > rounds / 2, () -> hits + " of " + rounds); // another thread may take a number first
        }
    }
}
