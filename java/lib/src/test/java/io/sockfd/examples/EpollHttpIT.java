package io.sockfd.examples;

/** The HTTP server over epoll. */
class EpollHttpIT extends HttpServerTests {
    EpollHttpIT() {
        super("EpollHttp", "Hello, epoll");
    }
}
