package io.sockfd;

import java.net.BindException;

/** EADDRINUSE and EADDRNOTAVAIL of any call, and EACCES of bind(2). */
final class BindErrnoException extends BindException implements WithErrno {
    private static final long serialVersionUID = 1;

    private final Failure failure;

    BindErrnoException(Failure failure) {
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
