package io.sockfd.uring;

/**
 * What a {@link Ring} has done since it was opened; see {@link Ring#statistics}.
 *
 * @param submissions what was written for the kernel, with what the ring itself needs: wake-ups, cancellations, times
 * @param completions what {@link Ring#next} has handed out
 * @param inFlight operations that were started and have not ended
 * @param emptyBuffers how many completions said ENOBUFS, mostly because a {@link BufferRing} was empty: make it larger, or
 *     release its buffers sooner
 * @param lost entries that the kernel has dropped, since it had no memory for completions or found a submission wrong; it
 *     stays 0 while all goes well
 * @since 0.1
 */
public record RingStatistics(long submissions, long completions, int inFlight, long emptyBuffers, long lost) {}
