package io.sockfd;

import java.net.NoRouteToHostException;

/** EHOSTUNREACH of any call. */
final class NoRouteErrnoException extends NoRouteToHostException implements WithErrno {
    private static final long serialVersionUID = 1;

    private final Failure failure;

    NoRouteErrnoException(Failure failure) {
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
