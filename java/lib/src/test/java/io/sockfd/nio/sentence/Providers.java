package io.sockfd.nio.sentence;

import io.sockfd.nio.JavaSockets;
import io.sockfd.nio.SockfdSelectorProvider;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.spi.SelectorProvider;

/** The two providers. */
final class Providers {
    static final SelectorProvider JDK = SelectorProvider.provider();
    static final SelectorProvider OURS = new SockfdSelectorProvider();

    private Providers() {}

    /** The JDK's socket beside the JDK's provider, a view beside ours. */
    static Socket javaSocket(SelectorProvider provider) throws IOException {
        return JDK.equals(provider) ? new Socket() : JavaSockets.tcpFactory().createSocket();
    }

    static String name(SelectorProvider provider) {
        return JDK.equals(provider) ? "JDK" : "sockfd";
    }
}
