package io.sockfd.benchmarks;

/** A contestant of which only a part is measured, because somebody else has to do the rest before. */
public interface Timed extends Contestant {
    /** How long that part of the last {@link #run} took. */
    long nanos();

    /** The bytes that the calling thread allocated in that part; as many as in the whole run, unless it knows better. */
    default long bytes(long ofTheRun) {
        return ofTheRun;
    }
}
