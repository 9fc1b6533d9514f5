package io.sockfd.cli.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** What answers requests of GET and HEAD. */
interface Site extends AutoCloseable {
    void answer(Request request, Response response);

    @Override
    void close();

    /** The same text for every path. */
    final class Hello implements Site {
        private static final byte[] TEXT = "Hello, epoll\n".getBytes(US_ASCII);

        private final ByteBuffer body =
                ByteBuffer.allocateDirect(TEXT.length).put(TEXT).flip();

        @Override
        public void answer(Request request, Response response) {
            response.begin(200, "OK", !request.keepsAlive()).field("Content-Type", "text/plain");
            response.body(body, request.isHead());
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
