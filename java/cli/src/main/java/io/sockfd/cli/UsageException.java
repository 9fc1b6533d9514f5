package io.sockfd.cli;

/** An argument is not what it should be: the command ends as picocli ends it for wrong usage, with status 2. */
public final class UsageException extends FailedException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
