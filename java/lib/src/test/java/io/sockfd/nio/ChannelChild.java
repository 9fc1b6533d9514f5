package io.sockfd.nio;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A JVM with the provider and the properties that it was started with; prints what its channels are. */
final class ChannelChild {
    private ChannelChild() {}

    public static void main(String[] steps) throws IOException {
        for (String step : steps) {
            switch (step) {
                case "inherited" -> inherited();
                case "closed" -> closed();
                case "families" -> families();
                default -> throw new IllegalArgumentException(step);
            }
        }
    }

    private static void inherited() throws IOException {
        Channel channel = System.inheritedChannel();
        if (channel == null) {
            System.out.println("none");
        } else if (channel instanceof SocketChannel connection) {
            System.out.println("connection " + connection.isConnected() + " " + connection.isBlocking() + " "
                    + (connection.getRemoteAddress() != null));
            ByteBuffer got = ByteBuffer.allocate(100);
            connection.read(got);
            System.out.println("got " + StandardCharsets.US_ASCII.decode(got.flip()));
            connection.write(ByteBuffer.wrap("answer".getBytes(StandardCharsets.US_ASCII)));
        } else if (channel instanceof ServerSocketChannel listener) {
            System.out.println("listener " + listener.isBlocking());
            try (SocketChannel client = SocketChannel.open(listener.getLocalAddress());
                    SocketChannel accepted = listener.accept()) {
                System.out.println("accepted " + (client.isConnected() && accepted.isConnected()));
            }
        } else if (channel instanceof DatagramChannel datagrams) {
            System.out.println("datagrams " + datagrams.isConnected() + " " + datagrams.isBlocking());
            try (DatagramChannel sender = DatagramChannel.open()) {
                sender.send(ByteBuffer.allocate(3), datagrams.getLocalAddress());
                ByteBuffer got = ByteBuffer.allocate(10);
                System.out.println("received " + (datagrams.receive(got) != null) + " " + got.position());
            }
        }
        System.out.println("the same " + Objects.equals(channel, System.inheritedChannel()));
    }

    /**
     * What is left of the standard streams when the channel is closed, and whether its peer sees the end, which 9 tells; on 8,
     * because the JDK takes the output away, too.
     */
    private static void closed() throws IOException {
        Channel channel = System.inheritedChannel();
        try (FileOutputStream file = new FileOutputStream("/proc/self/fd/8", true);
                PrintStream out = new PrintStream(file, true, StandardCharsets.US_ASCII)) {
            out.println("before " + file(0) + " " + file(2));
            channel.close();
            out.println("after " + file(0) + " " + file(2) + " " + channel.isOpen());
            out.println("the same " + Objects.equals(channel, System.inheritedChannel()));
            out.println("input " + System.in.read());
            try (FileInputStream told = new FileInputStream("/proc/self/fd/9")) {
                out.println("the peer's end " + told.read());
            }
        }
    }

    private static String file(int fd) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString().replaceAll("[0-9]+", "N");
    }

    private static void families() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open();
                DatagramChannel udp = DatagramChannel.open();
                SocketChannel client = SocketChannel.open()) {
            server.bind(null);
            udp.bind(null);
            System.out.println("server " + kind(((InetSocketAddress) server.getLocalAddress()).getAddress()));
            System.out.println("udp " + kind(((InetSocketAddress) udp.getLocalAddress()).getAddress()));
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            client.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[4]), port));
            InetAddress peer = ((InetSocketAddress) client.getRemoteAddress()).getAddress();
            System.out.println("connected to the local host "
                    + (peer.isLoopbackAddress()
                            || peer.equals(InetAddress.getLocalHost()))); // Java 17 looks its name up
        }
        for (StandardProtocolFamily family : StandardProtocolFamily.values()) {
            try (SocketChannel channel = SelectorProvider.provider().openSocketChannel(family)) {
                System.out.println(family + " " + channel.isOpen());
            } catch (UnsupportedOperationException e) {
                System.out.println(family + " unsupported");
            }
        }
    }

    private static String kind(InetAddress address) {
        return address.getClass().getSimpleName() + " " + address.isAnyLocalAddress();
    }
}
