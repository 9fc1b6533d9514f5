package io.sockfd.internal.jfr;

import org.jspecify.annotations.Nullable;

/**
 * An event of a socket, for those who must load without the module jdk.jfr: the verifier loads no class that is only passed on
 * as an interface.
 */
public interface OperationEvent {
    /** Ends now; true when it is to be recorded: then tell the rest by {@link #record}. */
    boolean ended();

    /**
     * Tells whose operation it was, and records it.
     *
     * @param local null where there is none
     * @param remote null where there is none
     * @param failure the errno's name, null for success
     */
    void record(int fd, @Nullable String local, @Nullable String remote, @Nullable String failure);
}
