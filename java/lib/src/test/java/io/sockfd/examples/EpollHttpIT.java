package io.sockfd.examples;

import org.junit.jupiter.api.Tag;

/** The HTTP server over epoll. */
@Tag("grid")
class EpollHttpIT extends HttpServerTests {
    EpollHttpIT() {
        super("EpollHttp", "Hello, epoll");
    }
}
