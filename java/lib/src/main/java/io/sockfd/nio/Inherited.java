package io.sockfd.nio;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
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
            Socket socket = find();
            channel = socket == null ? null : Crossing.channelOf(provider, socket);
            looked = true;
        }
        return channel;
    }

    private static @Nullable Socket find() throws IOException {
        try {
            return Socket.adopt(0);
        } catch (IOException e) {
            if (!Failures.is(e, Linux.ENOTSOCK) && !Failures.is(e, Linux.EBADF)) {
                throw e;
            }
        }
        List<Socket> passed = Socket.listenFds();
        return passed.isEmpty() ? null : passed.get(0);
    }
}
