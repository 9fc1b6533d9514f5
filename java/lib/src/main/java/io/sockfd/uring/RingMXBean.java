package io.sockfd.uring;

/**
 * What JMX shows of a {@link Ring} while it is open, as {@code io.sockfd:type=Ring,id=1}; see {@link io.sockfd.Management}.
 * Figures are those of {@link RingStatistics}. They are read beside the ring's thread, and may be some operations old.
 *
 * @since 0.1
 */
public interface RingMXBean {
    /** The number of the ring's descriptor. */
    int getDescriptor();

    /** The name of the thread that the ring belongs to; empty before its first use. */
    String getThread();

    /** What was written for the kernel. */
    long getSubmissions();

    /** What {@link Ring#next} has handed out. */
    long getCompletions();

    /** Operations that were started and have not ended. */
    int getInFlight();

    /** How often a {@link BufferRing} was empty. */
    long getEmptyBuffers();

    /** Entries that the kernel has dropped. */
    long getLost();
}
