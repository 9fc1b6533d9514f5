package io.sockfd.benchmarks.start;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;

/** jnr-unixsocket's channel; UNIX only. */
public final class JnrStart {
    private JnrStart() {}

    public static void main(String... args) throws IOException {
        try (UnixSocketChannel channel = UnixSocketChannel.open(new UnixSocketAddress(new File(args[1])))) {
            channel.write(ByteBuffer.allocateDirect(1));
        }
    }
}
