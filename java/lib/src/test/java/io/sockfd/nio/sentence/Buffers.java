package io.sockfd.nio.sentence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Buffers of each kind, and channels filled and emptied. */
final class Buffers {
    private Buffers() {}

    /** One of each kind, each with this many bytes left. */
    static List<ByteBuffer> kinds(int size) {
        return List.of(
                ByteBuffer.allocate(size),
                ByteBuffer.allocateDirect(size),
                ByteBuffer.allocate(size + 5).position(5),
                ByteBuffer.allocateDirect(size + 5).position(5),
                ByteBuffer.allocate(size + 9).position(3).slice().position(6),
                ByteBuffer.allocateDirect(size + 9).position(3).slice().position(6),
                ByteBuffer.wrap(new byte[size + 4], 4, size));
    }

    /** The last bytes before the position, as text. */
    static String last(ByteBuffer buffer, int count) {
        byte[] bytes = new byte[count];
        buffer.duplicate().position(buffer.position() - count).get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** Writes to a channel that does not block until it takes no more for a while; the number of bytes. */
    static long fill(WritableByteChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        long sent = 0;
        for (int refused = 0; refused < 20; ) {
            int n = channel.write(buffer.clear());
            sent += n;
            if (n == 0) {
                refused++;
                Case.sleep(1);
            } else {
                refused = 0;
            }
            assertTrue(sent < 1L << 30, "no end of room");
        }
        return sent;
    }

    /** Reads to the end; the number of bytes. */
    static long drain(ReadableByteChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
        long got = 0;
        for (int n; (n = channel.read(buffer.clear())) >= 0; ) {
            got += n;
        }
        return got;
    }
}
