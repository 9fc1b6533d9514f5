package io.sockfd;

import java.nio.channels.NotYetConnectedException;

/** ENOTCONN of a send, a receive or getpeername(2); unchecked, as in the JDK. */
final class NotConnectedErrnoException extends NotYetConnectedException implements WithErrno {
    private static final long serialVersionUID = 1;

    private final Failure failure;

    NotConnectedErrnoException(Failure failure) {
        this.failure = failure;
    }

    @Override
    public String getMessage() {
        return failure.message();
    }

    @Override
    public Failure failure() {
        return failure;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return Failure.STACK_TRACES ? super.fillInStackTrace() : this;
    }
}
