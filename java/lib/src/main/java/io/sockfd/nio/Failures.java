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
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;

/**
 * Failures as the JDK's channels word them, because programs compare: {@code Connection refused}, {@code Connection reset},
 * {@code Broken pipe}. The cause is the failure as {@link io.sockfd} words it, with the call and both ends; {@link
 * Errors#errnoOf} works on either.
 */
final class Failures {
    private Failures() {}

    /** Of a receive: a reset by the peer has words of its own. */
    static IOException ofReceive(IOException e) {
        return is(e, Linux.ECONNRESET) ? caused(new Plain("Connection reset"), e) : of(e);
    }

    /** Of a datagram: the peer's host has said that nobody is at its port. */
    static IOException ofDatagram(IOException e) {
        return is(e, Linux.ECONNREFUSED) ? caused(new Unreachable(text(e)), e) : of(e);
    }

    /** Of anything; what does not come from the kernel stays as it is. */
    static IOException of(IOException e) {
        if (!(e instanceof WithErrno) || e instanceof Worded || e instanceof SocketTimeoutException) {
            return e;
        } else if (e instanceof ConnectException) {
            return caused(new Connect(text(e)), e);
        } else if (e instanceof BindException) {
            return caused(new Bind(text(e)), e);
        } else if (e instanceof NoRouteToHostException) {
            return caused(new NoRoute(text(e)), e);
        }
        return caused(new Plain(text(e)), e);
    }

    /** As java.net says it: never a channel's exception. */
    static IOException ofSocket(IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return caused(new SocketException("Closed by interrupt"), e);
        } else if (e instanceof ClosedChannelException) {
            return caused(new SocketException("Socket closed"), e);
        }
        return of(e);
    }

    private static String text(IOException e) {
        return ((WithErrno) e).errno().text();
    }

    /** As java.net words it. */
    static SocketTimeoutException timeout(String words, SocketTimeoutException cause) {
        return caused(new SocketTimeoutException(words), cause);
    }

    static boolean is(Throwable e, int errno) {
        return e instanceof WithErrno failed && failed.errno().value() == errno;
    }

    private static <E extends IOException> E caused(E e, Throwable cause) {
        e.initCause(cause);
        return e;
    }

    /** With the failure that it words. */
    private interface Worded extends WithErrno {
        Throwable getCause();

        @Override
        default Failure failure() {
            return ((WithErrno) getCause()).failure();
        }
    }

    private static final class Plain extends SocketException implements Worded {
        private static final long serialVersionUID = 2;

        Plain(String message) {
            super(message);
        }
    }

    private static final class Connect extends ConnectException implements Worded {
        private static final long serialVersionUID = 2;

        Connect(String message) {
            super(message);
        }
    }

    private static final class Bind extends BindException implements Worded {
        private static final long serialVersionUID = 2;

        Bind(String message) {
            super(message);
        }
    }

    private static final class NoRoute extends NoRouteToHostException implements Worded {
        private static final long serialVersionUID = 2;

        NoRoute(String message) {
            super(message);
        }
    }

    private static final class Unreachable extends PortUnreachableException implements Worded {
        private static final long serialVersionUID = 2;

        Unreachable(String message) {
            super(message);
        }
    }
}
