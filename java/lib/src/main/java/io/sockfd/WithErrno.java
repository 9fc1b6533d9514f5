package io.sockfd;

/**
 * What every exception of this library that comes from the kernel carries, whichever class of the JDK it extends. Catch
 * the class you expect ({@link java.net.ConnectException}, {@link java.net.BindException}, {@link
 * java.net.SocketException} …) and cast, or ask {@link Errors#errnoOf}.
 */
public interface WithErrno {
    /** What failed, with what, and how. */
    Failure failure();

    /** The error number. */
    default Errno errno() {
        return failure().errno();
    }

    /** The C function that failed, for instance {@code bind}. */
    default String call() {
        return failure().call();
    }

    /** What it was called with, as far as that explains the failure, for instance {@code 127.0.0.1:80}; may be empty. */
    default String context() {
        return failure().context();
    }
}
