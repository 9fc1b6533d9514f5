package io.sockfd.internal.wait;

/** It cannot be waited: the poller of virtual threads, or an epoll of its, is of no use. */
final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    private final transient WaitFailure reason;

    Broken(WaitFailure reason) {
        super(null, null, false, false);
        this.reason = reason;
    }

    WaitFailure reason() {
        return reason;
    }
}
