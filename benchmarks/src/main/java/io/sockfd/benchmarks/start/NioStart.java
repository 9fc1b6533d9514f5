package io.sockfd.benchmarks.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The JDK's channel. */
public final class NioStart {
    private NioStart() {}

    public static void main(String... args) throws IOException {
        SocketAddress address = args[0].equals("tcp")
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]))
                : UnixDomainSocketAddress.of(args[1]);
        try (SocketChannel channel = SocketChannel.open(address)) {
            channel.write(ByteBuffer.allocateDirect(1));
        }
    }
}
