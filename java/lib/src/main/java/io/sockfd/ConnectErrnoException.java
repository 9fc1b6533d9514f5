package io.sockfd;

import java.net.ConnectException;

/** ECONNREFUSED of any call, and ETIMEDOUT of connect(2). */
final class ConnectErrnoException extends ConnectException implements WithErrno {
    private static final long serialVersionUID = 1;

    private final Failure failure;

    ConnectErrnoException(Failure failure) {
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
