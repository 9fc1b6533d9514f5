package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Several buffers in one call, some of which were in a call before: in the same place or in another, with other positions and
 * limits. What is remembered of a call must never tell the next one something that is wrong.
 */
class SameBuffersIT {
    private static final int SETS = 6; // more than a thread remembers
    private static final int MOST = 40;
    private static final int SIZE = 100;
    private static final int ROUNDS = 4000;

    private final Random random = new Random(20);
    private final ByteBuffer[][] sending = new ByteBuffer[SETS][];
    private final ByteBuffer[][] receiving = new ByteBuffer[SETS][];

    private ByteBuffer buffer() {
        return switch (random.nextInt(8)) {
            case 0 -> ByteBuffer.allocate(SIZE);
            case 1 -> ByteBuffer.allocateDirect(3 * SIZE).slice(SIZE, SIZE);
            default -> ByteBuffer.allocateDirect(SIZE);
        };
    }

    private ByteBuffer[] buffers() {
        ByteBuffer[] buffers = new ByteBuffer[1 + random.nextInt(MOST)];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = buffer();
        }
        return buffers;
    }

    /** One of them, sometimes a little changed. */
    private ByteBuffer[] next(ByteBuffer[][] sets) {
        int set = random.nextInt(SETS);
        if (sets[set] == null || random.nextInt(50) == 0) {
            sets[set] = buffers();
        }
        ByteBuffer[] buffers = sets[set];
        boolean moves = random.nextInt(3) == 0;
        for (int i = 0; i < buffers.length; i++) {
            if (random.nextInt(60) == 0) {
                buffers[i] = random.nextBoolean() ? buffer() : buffers[i].duplicate();
            }
            buffers[i].clear();
            if (moves && random.nextInt(4) == 0) {
                int position = random.nextInt(SIZE + 1);
                buffers[i].position(position).limit(position + random.nextInt(SIZE + 1 - position));
            }
        }
        return buffers;
    }

    /** Fills them with what is to be sent. */
    private byte[] fill(ByteBuffer[] buffers) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            random.nextBytes(bytes);
            buffer.put(buffer.position(), bytes);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    /** What lies between the places where the buffers began and their positions now. */
    private static void take(ByteBuffer[] buffers, int[] began, ByteArrayOutputStream into) {
        boolean full = true;
        for (int i = 0; i < buffers.length; i++) {
            byte[] bytes = new byte[buffers[i].position() - began[i]];
            assertEquals(0, full ? 0 : bytes.length, "a buffer was filled before the one in front of it was full");
            full = !buffers[i].hasRemaining();
            buffers[i].get(began[i], bytes);
            into.writeBytes(bytes);
        }
    }

    private static int[] positions(ByteBuffer[] buffers) {
        int[] positions = new int[buffers.length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = buffers[i].position();
        }
        return positions;
    }

    @Test
    void whatIsRememberedIsTrue() throws IOException {
        Message sent = new Message(MOST, 0);
        Message received = new Message(MOST, 0);
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            for (int round = 0; round < ROUNDS; round++) {
                ByteBuffer[] out = next(sending);
                byte[] expected = fill(out);
                boolean byMessage = random.nextBoolean();
                long written = byMessage
                        ? pair.first().sendMessage(sent.data(out), 0)
                        : pair.first().write(out);
                assertEquals(expected.length, written);
                for (ByteBuffer buffer : out) {
                    assertEquals(0, buffer.remaining());
                }
                ByteArrayOutputStream got = new ByteArrayOutputStream();
                while (got.size() < expected.length) {
                    ByteBuffer[] in = next(receiving);
                    int[] began = positions(in);
                    long read = byMessage
                            ? pair.second().receiveMessage(received.data(in), 0)
                            : pair.second().read(in);
                    int before = got.size();
                    take(in, began, got);
                    assertEquals(read, got.size() - before);
                }
                assertArrayEquals(expected, got.toByteArray());
            }
        }
    }

    @Test
    void aReadOnlyBufferIsRememberedForSendingOnly() throws IOException {
        ByteBuffer[] buffers = {
            ByteBuffer.allocateDirect(SIZE), ByteBuffer.allocateDirect(SIZE).asReadOnlyBuffer()
        };
        ByteBuffer into = ByteBuffer.allocateDirect(2 * SIZE);
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(2 * SIZE, pair.first().write(buffers));
                pair.second().recvExactly(into.clear());
                for (ByteBuffer buffer : buffers) {
                    buffer.clear();
                }
                assertThrows(ReadOnlyBufferException.class, () -> pair.second().read(buffers));
            }
        }
    }
}
