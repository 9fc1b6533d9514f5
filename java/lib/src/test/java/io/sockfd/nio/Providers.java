package io.sockfd.nio;

import java.nio.channels.spi.SelectorProvider;
import java.util.stream.Stream;

/** The JDK's provider, which is the oracle, and ours. */
final class Providers {
    static final SelectorProvider OURS = new SockfdSelectorProvider();

    /** That of this JVM, which no test changes. */
    static final SelectorProvider JDKS = SelectorProvider.provider();

    private Providers() {}

    /** A parameterized test runs on each. */
    static Stream<SelectorProvider> both() {
        return Stream.of(JDKS, OURS);
    }

    /** For what the JDK does not have. */
    static Stream<SelectorProvider> ours() {
        return Stream.of(OURS);
    }
}
