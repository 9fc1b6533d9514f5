package io.sockfd.nio.sentence;

import java.net.Socket;
import java.nio.channels.spi.SelectorProvider;

/** The two providers. */
final class Providers {
    static final SelectorProvider JDK = SelectorProvider.provider();
    static final SelectorProvider OURS = ours();

    private Providers() {}

    private static SelectorProvider ours() {
        try {
            return (SelectorProvider) Class.forName("io.sockfd.nio.SockfdSelectorProvider")
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            return JDK;
        }
    }

    /** The JDK's socket beside the JDK's provider, a view beside ours. */
    static Socket javaSocket(SelectorProvider provider) {
        return new Socket();
    }

    static String name(SelectorProvider provider) {
        return provider == JDK ? "JDK" : "sockfd";
    }
}
