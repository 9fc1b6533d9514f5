package io.sockfd.internal.jfr;

/** A send or a receive. */
public interface TransferEvent extends OperationEvent {
    /**
     * How much was moved.
     *
     * @param bytes -1 at the end of a stream
     */
    void moved(long bytes, int messages);
}
