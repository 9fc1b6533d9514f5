package io.sockfd.benchmarks;

import java.io.IOException;

/**
 * One way to do an operation. It opens what it needs in its constructor, is used by one thread, and does nothing in {@link
 * #run} that is not part of the operation.
 */
public interface Contestant extends AutoCloseable {
    /**
     * Does the operation again and again.
     *
     * @return what all contestants of a row must agree on for the same number of times, received bytes for instance
     */
    long run(int times) throws Exception;

    @Override
    void close() throws IOException;
}
