package io.sockfd.raw;

import org.jspecify.annotations.Nullable;

/** The native side cannot be reached; the message says why and what to do about it. */
public final class BackendException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BackendException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
