package io.sockfd.raw;

/** The native side cannot be reached; the message says why and what to do about it. */
public final class BackendException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BackendException(String message) {
        super(message);
    }
}
