package io.sockfd;

import java.net.SocketException;

/**
 * A call failed with an error number for which the JDK has no class of its own. Its message is for instance {@code
 * setsockopt(TCP_MAXSEG=87): EINVAL (Invalid argument)}.
 *
 * <p>With {@code -Dsockfd.stackTraces=false} neither this class nor the others that carry an errno fill in a stack trace,
 * which is most of what they cost.
 */
public final class ErrnoException extends SocketException implements WithErrno {
    private static final long serialVersionUID = 1;

    private final Failure failure;

    ErrnoException(Failure failure) {
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
