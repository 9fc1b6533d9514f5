package io.sockfd;

import io.sockfd.address.Addresses;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What an exception of this library says. The kernel is asked when the call has failed; the text is made when somebody asks for
 * it.
 */
public final class Failure implements Serializable {
    private static final long serialVersionUID = 1;

    /** {@code -Dsockfd.stackTraces=false} leaves the stack traces of exceptions out. */
    static final boolean STACK_TRACES = !"false".equals(System.getProperty("sockfd.stackTraces"));

    private final Errno errno;
    private final String call;
    private final String remedy;

    private volatile @Nullable String context; // null until somebody asks
    private final transient @Nullable InetSocketAddress address;

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
        Object about = situation.context();
        address = about instanceof InetSocketAddress inet ? inet : null;
        context = address == null ? about.toString() : null;
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
        String made = context;
        if (made == null) {
            made = address == null ? "" : Addresses.format(address);
            context = made;
        }
        return made;
    }

    /** {@code bind(127.0.0.1:80): EACCES (Permission denied)}, and where there is one the remedy. */
    public String message() {
        return call + "(" + context() + "): " + errno + (remedy.isEmpty() ? "" : ": " + remedy);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        context(); // the address itself is not written
        out.defaultWriteObject();
    }

    @Override
    public String toString() {
        return message();
    }
}
