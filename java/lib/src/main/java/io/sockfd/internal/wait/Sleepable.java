package io.sockfd.internal.wait;

/** What a {@link Sleeper} asks of the descriptor for which it sleeps; {@link Life} answers. */
interface Sleepable {
    /** Whether new calls are forbidden, and waits are to end. */
    boolean isClosed();

    /** How long operations wait that have no time of their own: those that send, or those that receive; negative for ever. */
    long timeoutNanos(boolean out);

    /** The poller of virtual threads is going to know the number, and must forget it before the kernel gives it away. */
    void polled();
}
