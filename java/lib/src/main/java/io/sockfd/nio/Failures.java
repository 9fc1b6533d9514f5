package io.sockfd.nio;

import io.sockfd.Errors;
import io.sockfd.Failure;
import io.sockfd.WithErrno;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * Failures as the JDK's channels word them, because programs compare: {@code Connection refused}, {@code Connection reset},
 * {@code Broken pipe}. The cause is the failure as {@link io.sockfd} words it, with the call and both ends; {@link
 * Errors#errnoOf} works on either.
 */
final class Failures {
    private Failures() {}

    /** Of a receive: a reset by the peer has words of its own. */
    static IOException ofReceive(IOException e) {
        return is(e, Linux.ECONNRESET) ? new Plain((WithErrno) e, "Connection reset") : of(e);
    }

    /** Of a datagram: the peer's host has said that nobody is at its port. */
    static IOException ofDatagram(IOException e) {
        return is(e, Linux.ECONNREFUSED) ? new Unreachable((WithErrno) e) : of(e);
    }

    /** Of anything; what does not come from the kernel stays as it is. */
    static IOException of(IOException e) {
        if (!(e instanceof WithErrno failed) || e instanceof Worded || e instanceof SocketTimeoutException) {
            return e;
        } else if (e instanceof ConnectException) {
            return new Connect(failed);
        } else if (e instanceof BindException) {
            return new Bind(failed);
        } else if (e instanceof NoRouteToHostException) {
            return new NoRoute(failed);
        }
        return new Plain(failed, failed.errno().text());
    }

    /** As java.net words it. */
    static SocketTimeoutException timeout(String words, SocketTimeoutException cause) {
        SocketTimeoutException e = new SocketTimeoutException(words);
        e.initCause(cause);
        return e;
    }

    static boolean is(Throwable e, int errno) {
        return e instanceof WithErrno failed && failed.errno().value() == errno;
    }

    private interface Worded {}

    private static Throwable cause(WithErrno failed) {
        return (Throwable) failed;
    }

    private static final class Plain extends SocketException implements WithErrno, Worded {
        private static final long serialVersionUID = 1;

        private final Failure failure;

        Plain(WithErrno failed, String message) {
            super(message);
            failure = failed.failure();
            initCause(cause(failed));
        }

        @Override
        public Failure failure() {
            return failure;
        }
    }

    private static final class Connect extends ConnectException implements WithErrno, Worded {
        private static final long serialVersionUID = 1;

        private final Failure failure;

        Connect(WithErrno failed) {
            super(failed.errno().text());
            failure = failed.failure();
            initCause(cause(failed));
        }

        @Override
        public Failure failure() {
            return failure;
        }
    }

    private static final class Bind extends BindException implements WithErrno, Worded {
        private static final long serialVersionUID = 1;

        private final Failure failure;

        Bind(WithErrno failed) {
            super(failed.errno().text());
            failure = failed.failure();
            initCause(cause(failed));
        }

        @Override
        public Failure failure() {
            return failure;
        }
    }

    private static final class NoRoute extends NoRouteToHostException implements WithErrno, Worded {
        private static final long serialVersionUID = 1;

        private final Failure failure;

        NoRoute(WithErrno failed) {
            super(failed.errno().text());
            failure = failed.failure();
            initCause(cause(failed));
        }

        @Override
        public Failure failure() {
            return failure;
        }
    }

    private static final class Unreachable extends PortUnreachableException implements WithErrno, Worded {
        private static final long serialVersionUID = 1;

        private final Failure failure;

        Unreachable(WithErrno failed) {
            super(failed.errno().text());
            failure = failed.failure();
            initCause(cause(failed));
        }

        @Override
        public Failure failure() {
            return failure;
        }
    }
}
