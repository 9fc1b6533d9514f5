package io.sockfd.benchmarks.start;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** junixsocket's channel; UNIX only. */
public final class JunixStart {
    private JunixStart() {}

    public static void main(String... args) throws IOException {
        try (AFUNIXSocketChannel channel = AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(new File(args[1])))) {
            channel.write(ByteBuffer.allocateDirect(1));
        }
    }
}
