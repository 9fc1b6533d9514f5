package io.sockfd.internal.jfr;

/** A send or a receive that had to wait. */
public interface TransferEvent extends OperationEvent {
    /** How much was moved; of a batch the number of messages, whose bytes are not known here. */
    void moved(long bytes, int messages);
}
