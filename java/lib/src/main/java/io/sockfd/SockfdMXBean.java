package io.sockfd;

import java.util.List;

/** What JMX shows of this library, see {@link Management}. */
public interface SockfdMXBean {
    /** The name of the backend. */
    String getBackend();

    /** How many descriptors of this library are open; -1 unless the JVM was started with {@code -Dsockfd.leaks=list}. */
    int getOpenCount();

    /** A line for each, the oldest first; empty unless they are listed. */
    List<String> getOpen();

    /** How many virtual threads wait for a descriptor. */
    int getWaitingVirtualThreads();
}
