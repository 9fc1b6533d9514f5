package io.sockfd;

import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.channels.NotYetConnectedException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one place where {@code -errno} becomes an exception. Where the JDK's own channels throw a class of their own for an
 * error, that class is thrown here; each implements {@link WithErrno}.
 *
 * <table>
 * <caption>Classes by error number</caption>
 * <tr><td>ECONNREFUSED, ETIMEDOUT of connect</td><td>{@link ConnectException}</td></tr>
 * <tr><td>EADDRINUSE, EADDRNOTAVAIL, EACCES of bind</td><td>{@link BindException}</td></tr>
 * <tr><td>EHOSTUNREACH</td><td>{@link NoRouteToHostException}</td></tr>
 * <tr><td>ENOTCONN of sends, receives and getpeername</td><td>{@link NotYetConnectedException} (unchecked)</td></tr>
 * <tr><td>all others, ENOTCONN of shutdown, getsockopt and setsockopt among them</td><td>{@link ErrnoException}</td></tr>
 * </table>
 *
 * <pre>{@code
 * try {
 *     socket.bind(address);
 * } catch (IOException e) {
 *     if (Errors.errnoOf(e).filter(Errno.EADDRINUSE::equals).isEmpty()) {
 *         throw e;
 *     }
 *     System.out.println("somebody else has the port");
 * }
 * }</pre>
 */
public final class Errors {
    /** The calls for which the JDK's channels throw NotYetConnectedException; a probe of an option is none. */
    private static final Set<String> NEED_A_PEER = Set.of(
            "send",
            "sendto",
            "sendmsg",
            "sendmmsg",
            "write",
            "sendfile",
            "splice",
            "recv",
            "recvfrom",
            "recvmsg",
            "recvmmsg",
            "read",
            "getpeername");

    private Errors() {}

    /**
     * Gives the result of a raw call back, or throws.
     *
     * @param result what a method of {@link io.sockfd.raw.Libc} returned
     * @param call the C function's name
     * @param context what it was called with; only its {@code toString} is used, and only in a failure
     */
    public static int check(int result, String call, @Nullable Object context) throws IOException {
        if (result < 0) {
            throw exception(result, call, context);
        }
        return result;
    }

    /** As {@link #check(int, String, Object)}, for calls that return a size or an address. */
    public static long check(long result, String call, @Nullable Object context) throws IOException {
        if (result < 0) {
            throw exception(result, call, context);
        }
        return result;
    }

    /** As {@link #check(int, String, Object)} without a context. */
    public static int check(int result, String call) throws IOException {
        return check(result, call, null);
    }

    /** As {@link #check(long, String, Object)} without a context. */
    public static long check(long result, String call) throws IOException {
        return check(result, call, null);
    }

    /**
     * The exception for a negative result.
     *
     * @throws NotYetConnectedException for ENOTCONN of a send, a receive or getpeername, because it is unchecked and cannot
     *     be returned
     */
    public static IOException exception(long result, String call, @Nullable Object context) {
        Failure failure = new Failure(new Situation(Errno.ofResult(result).value(), call, context, false));
        int errno = failure.errno().value();
        if (errno == Linux.ECONNREFUSED || (errno == Linux.ETIMEDOUT && call.equals("connect"))) {
            return new ConnectErrnoException(failure);
        } else if (errno == Linux.EADDRINUSE
                || errno == Linux.EADDRNOTAVAIL
                || (errno == Linux.EACCES && call.equals("bind"))) {
            return new BindErrnoException(failure);
        } else if (errno == Linux.EHOSTUNREACH) {
            return new NoRouteErrnoException(failure);
        } else if (errno == Linux.ENOTCONN && NEED_A_PEER.contains(call)) {
            throw new NotConnectedErrnoException(failure);
        }
        return new ErrnoException(failure);
    }

    /** A deadline passed before {@code call} could proceed; carries {@code errno}. */
    static SocketTimeoutException timeout(Errno errno, String call, @Nullable Object context) {
        return new TimeoutErrnoException(new Failure(new Situation(errno.value(), call, context, true)));
    }

    /** The error number behind an exception, where there is one. */
    public static Optional<Errno> errnoOf(Throwable exception) {
        return exception instanceof WithErrno e ? Optional.of(e.errno()) : Optional.empty();
    }
}
