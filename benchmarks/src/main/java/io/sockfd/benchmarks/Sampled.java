package io.sockfd.benchmarks;

import org.HdrHistogram.Histogram;

/** A contestant that knows how long each of its operations took, in nanoseconds. */
public interface Sampled extends Contestant {
    /** All since {@link #forget}. */
    Histogram samples();

    /** Begins anew, after the warm-up. */
    void forget();
}
