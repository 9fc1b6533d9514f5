package io.sockfd.nio;

import io.sockfd.Socket;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The channel that this JVM was started with. */
final class Inherited {
    private static boolean looked; // protected by the class's monitor
    private static @Nullable Channel channel;

    private Inherited() {}

    static synchronized @Nullable Channel channel(SelectorProvider provider) throws IOException {
        if (!looked) {
            channel = find(provider);
            looked = true;
        }
        return channel;
    }

    private static @Nullable Channel find(SelectorProvider provider) throws IOException {
        Socket input = StandardInput.socket();
        if (input != null) {
            return Crossing.inherited(provider, input);
        }
        List<Socket> passed = Socket.listenFds();
        return passed.isEmpty() ? null : Crossing.channelOf(provider, passed.get(0));
    }
}
