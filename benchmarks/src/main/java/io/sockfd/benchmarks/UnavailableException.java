package io.sockfd.benchmarks;

/** Somebody cannot take part on this machine, for a reason that the message gives. */
public final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    public UnavailableException(String message) {
        super(message);
    }

    UnavailableException(Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
