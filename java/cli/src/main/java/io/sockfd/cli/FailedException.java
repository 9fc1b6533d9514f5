package io.sockfd.cli;

/** A command cannot go on for a reason that its message explains to the user. */
public class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FailedException(String message) {
        super(message);
    }
}
