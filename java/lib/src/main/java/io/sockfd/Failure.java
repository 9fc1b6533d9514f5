package io.sockfd;

import java.io.Serializable;

/** What an exception of this library says. */
public final class Failure implements Serializable {
    private static final long serialVersionUID = 1;

    /** {@code -Dsockfd.stackTraces=false} leaves the stack traces of exceptions out. */
    static final boolean STACK_TRACES = !"false".equals(System.getProperty("sockfd.stackTraces"));

    private final Errno errno;
    private final String call;
    private final String context;
    private final String remedy;

    /**
     * A failure that is but a text: nothing of its circumstances is looked at.
     *
     * @param errno the error number
     * @param call the C function that failed
     * @param context what it was called with; may be empty
     */
    public Failure(Errno errno, String call, String context) {
        this(new Situation(errno.value(), call, context, false));
    }

    /** The remedy is chosen now, by what the kernel says of the socket at this moment. */
    Failure(Situation situation) {
        errno = new Errno(situation.errno);
        call = situation.call;
        context = situation.context();
        remedy = Remedies.of(situation);
    }

    /** The error number. */
    public Errno errno() {
        return errno;
    }

    /** The C function that failed. */
    public String call() {
        return call;
    }

    /** What it was called with; may be empty. */
    public String context() {
        return context;
    }

    /** {@code bind(127.0.0.1:80): EACCES (Permission denied)}, and where there is one the remedy. */
    public String message() {
        return call + "(" + context + "): " + errno + (remedy.isEmpty() ? "" : ": " + remedy);
    }

    @Override
    public String toString() {
        return message();
    }
}
