package io.sockfd.hostile;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A buffer in the middle of memory that belongs to others. */
final class Zone {
    static final int SIZE = 1024;
    static final byte FOREIGN = 'Z';
    static final byte OURS = 'a';
    static final byte ARRIVED = 'U';

    private final ByteBuffer whole;
    final ByteBuffer buffer;

    Zone(boolean direct) {
        whole = direct ? ByteBuffer.allocateDirect(3 * SIZE) : ByteBuffer.allocate(3 * SIZE);
        fill(whole, FOREIGN);
        buffer = whole.slice(SIZE, SIZE);
        fill(buffer, OURS);
    }

    static void fill(ByteBuffer buffer, byte with) {
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, with);
        }
    }

    static byte[] datagram() {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, ARRIVED);
        return bytes;
    }

    /** Nothing around the buffer has changed. */
    void checkAround() {
        for (int i = 0; i < whole.capacity(); i++) {
            if ((i < SIZE || i >= 2 * SIZE) && whole.get(i) != FOREIGN) {
                throw new AssertionError("byte " + (i - SIZE) + " of a buffer of " + SIZE + " was overwritten");
            }
        }
    }

    /** Nothing from around the buffer was sent. */
    static void checkSent(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == FOREIGN) {
                throw new AssertionError("a foreign byte was sent, number " + i);
            }
        }
    }
}
