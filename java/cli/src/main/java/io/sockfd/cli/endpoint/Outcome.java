package io.sockfd.cli.endpoint;

import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/**
 * How an attempt to connect ended.
 *
 * @param state in a word or two
 * @param reason for the user; empty when it is open
 * @param nanos until then
 */
public record Outcome(State state, String reason, long nanos) {
    /** The outcomes that a user acts differently upon. */
    public enum State {
        OPEN,
        REFUSED,
        TIMEOUT,
        UNREACHABLE,
        NO_SUCH_FILE,
        NO_PERMISSION,
        UNKNOWN_HOST,
        FAILED;

        /** For instance {@code no such file}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static Outcome open(long nanos) {
        return new Outcome(State.OPEN, "", nanos);
    }

    static Outcome refused(long nanos) {
        return new Outcome(State.REFUSED, "nobody listens there", nanos);
    }

    static Outcome timeout(long nanos) {
        return new Outcome(State.TIMEOUT, "no answer after " + nanos / 1_000_000 + " ms", nanos);
    }

    static Outcome of(IOException e, long nanos) {
        if (e instanceof SocketTimeoutException) {
            return timeout(nanos);
        }
        int errno = Errors.errnoOf(e).map(Errno::value).orElse(0);
        return switch (errno) {
            case Linux.ECONNREFUSED -> refused(nanos);
            case Linux.ETIMEDOUT -> timeout(nanos);
            case Linux.EHOSTUNREACH, Linux.ENETUNREACH, Linux.EHOSTDOWN, Linux.ENETDOWN ->
                new Outcome(State.UNREACHABLE, "no way there (route, firewall)", nanos);
            case Linux.ENOENT, Linux.ENOTDIR -> new Outcome(State.NO_SUCH_FILE, "there is no such path", nanos);
            case Linux.EACCES, Linux.EPERM ->
                new Outcome(State.NO_PERMISSION, "this user may not write to it, or a firewall forbids it", nanos);
            case Linux.EPROTOTYPE -> new Outcome(State.FAILED, "a socket of another type", nanos);
            default -> new Outcome(State.FAILED, String.valueOf(e.getMessage()), nanos);
        };
    }
}
