package io.sockfd;

import java.net.SocketTimeoutException;

/** A deadline passed before the call could proceed. */
final class TimeoutErrnoException extends SocketTimeoutException implements WithErrno {
    private static final long serialVersionUID = 1;

    private final Failure failure;

    TimeoutErrnoException(Failure failure) {
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
