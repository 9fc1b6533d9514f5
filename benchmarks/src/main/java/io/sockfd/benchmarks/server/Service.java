package io.sockfd.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the servers do with what they receive from one connection: the same for all, and the same as in C. */
final class Service {
    private static final int END_OF_HEAD = 0x0d0a0d0a; // an empty line
    private static final byte[] RESPONSE =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private int lastFour; // bytes that came

    /** The answer to a request, in memory that C can see. */
    static ByteBuffer response() {
        return ByteBuffer.allocateDirect(RESPONSE.length).put(RESPONSE).flip();
    }

    /** How many requests end in the first {@code length} bytes of the buffer. */
    int requests(ByteBuffer buffer, int length) {
        int last = lastFour;
        int count = 0;
        for (int i = 0; i < length; i++) {
            last = last << 8 | buffer.get(i);
            count += last == END_OF_HEAD ? 1 : 0;
        }
        lastFour = last;
        return count;
    }
}
