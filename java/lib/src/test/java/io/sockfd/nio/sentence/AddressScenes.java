package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Scenes.call;
import static io.sockfd.nio.sentence.Scenes.told;

import io.sockfd.nio.twin.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Families, what they are bound to, and whom they reach: every combination of this host's addresses. */
final class AddressScenes {
    private static final int PATIENCE_MS = 2000;
    private static final ProtocolFamily STANDARD = () -> "STANDARD";

    private AddressScenes() {}

    private static List<InetAddress> hosts() {
        List<InetAddress> all = new ArrayList<>();
        try {
            for (String text : new String[] {"127.0.0.1", "::1", "0.0.0.0", "::"}) {
                all.add(Case.address(text));
            }
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .limit(3)
                    .forEach(all::add);
        } catch (SocketException e) {
            return all; // without those of interfaces
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return all;
    }

    static void add(Scenes scenes) {
        for (ProtocolFamily family :
                new ProtocolFamily[] {STANDARD, StandardProtocolFamily.INET, StandardProtocolFamily.INET6}) {
            for (InetAddress bound : hosts()) {
                String name = family.name() + " bound to " + bound.getHostAddress() + ": reaches ";
                scenes.scene(name + "servers", c -> {
                    StringBuilder all = new StringBuilder();
                    for (InetAddress to : hosts()) {
                        all.append(to.getHostAddress())
                                .append(": ")
                                .append(": ")
                                .append(streams(c, family, bound, to))
                                .append('\n');
                    }
                    return all;
                });
                scenes.scene(name + "receivers", c -> {
                    StringBuilder all = new StringBuilder();
                    for (InetAddress to : hosts()) {
                        all.append(to.getHostAddress())
                                .append(": ")
                                .append(datagrams(c, family, bound, to))
                                .append('\n');
                    }
                    return all;
                });
            }
        }
        unix(scenes);
    }

    private static String streams(Case c, ProtocolFamily family, InetAddress bound, InetAddress to) throws IOException {
        try (ServerSocketChannel server = c.provider().openServerSocketChannel();
                SocketChannel channel = family.equals(STANDARD)
                        ? c.provider().openSocketChannel()
                        : c.provider().openSocketChannel(family)) {
            String at = told(() -> server.bind(new InetSocketAddress(to, 0)));
            if (server.getLocalAddress() == null) {
                return at;
            }
            InetSocketAddress peer =
                    new InetSocketAddress(to, ((InetSocketAddress) server.getLocalAddress()).getPort());
            return at
                    + told(
                            server::getLocalAddress,
                            () -> channel.bind(new InetSocketAddress(bound, 0)),
                            channel::getLocalAddress,
                            call(() -> channel.socket().connect(peer, PATIENCE_MS)), // ::1 reaches no other host's
                            channel::getLocalAddress,
                            channel::getRemoteAddress,
                            channel::isOpen,
                            () -> numbers(channel));
        }
    }

    private static String numbers(SocketChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getAddress().getHostAddress() + " "
                + ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress();
    }

    private static String datagrams(Case c, ProtocolFamily family, InetAddress bound, InetAddress to)
            throws IOException {
        try (DatagramChannel receiver = c.provider().openDatagramChannel();
                DatagramChannel channel = family.equals(STANDARD)
                        ? c.provider().openDatagramChannel()
                        : c.provider().openDatagramChannel(family)) {
            String at = told(() -> receiver.bind(new InetSocketAddress(to, 0)));
            if (receiver.getLocalAddress() == null) {
                return at;
            }
            receiver.configureBlocking(false);
            InetSocketAddress peer =
                    new InetSocketAddress(to, ((InetSocketAddress) receiver.getLocalAddress()).getPort());
            String own = told(() -> channel.bind(new InetSocketAddress(bound, 0)), channel::getLocalAddress);
            if (!to.isAnyLocalAddress()) { // 0.0.0.0 is ::ffff:0.0.0.0 for the JDK's send, and :: for its connect
                own += told(
                        () -> channel.send(ByteBuffer.allocate(3), peer),
                        () -> receiver.receive(ByteBuffer.allocate(5)));
            }
            return at
                    + own
                    + told(
                            () -> channel.connect(peer),
                            channel::getLocalAddress,
                            channel::getRemoteAddress,
                            () -> channel.write(ByteBuffer.allocate(3)),
                            () -> receiver.receive(ByteBuffer.allocate(5)),
                            channel::disconnect,
                            channel::getLocalAddress);
        }
    }

    private static void unix(Scenes scenes) {
        scenes.scene("UNIX: binds", c -> {
                    Path path = c.path();
                    Path file = Files.createFile(path.resolveSibling("file"));
                    ServerSocketChannel server =
                            c.keep(c.provider().openServerSocketChannel(StandardProtocolFamily.UNIX));
                    ServerSocketChannel other =
                            c.keep(c.provider().openServerSocketChannel(StandardProtocolFamily.UNIX));
                    SocketChannel client = c.channel(StandardProtocolFamily.UNIX);
                    UnixDomainSocketAddress at = UnixDomainSocketAddress.of(path);
                    return told(
                            () -> server.bind(UnixDomainSocketAddress.of("")),
                            () -> server.bind(UnixDomainSocketAddress.of(file)),
                            () -> server.bind(UnixDomainSocketAddress.of(
                                    path.resolveSibling("none").resolve("s"))),
                            () -> server.bind(at),
                            () -> server.bind(at),
                            () -> other.bind(at),
                            () -> other.socket(),
                            () -> client.bind(at),
                            () -> client.bind(UnixDomainSocketAddress.of("")),
                            client::getLocalAddress,
                            () -> client.bind(null),
                            () -> client.connect(UnixDomainSocketAddress.of("")),
                            client::isOpen,
                            call(() -> Files.delete(file)));
                })
                .scene("UNIX: a client with a name, and what the server sees", c -> {
                    Path path = c.path();
                    ServerSocketChannel server =
                            c.keep(c.provider().openServerSocketChannel(StandardProtocolFamily.UNIX));
                    server.bind(UnixDomainSocketAddress.of(path));
                    SocketChannel named = c.channel(StandardProtocolFamily.UNIX);
                    named.bind(UnixDomainSocketAddress.of(path.resolveSibling("client")));
                    named.connect(server.getLocalAddress());
                    SocketChannel accepted = c.keep(server.accept());
                    return told(
                            accepted::getRemoteAddress,
                            accepted::getLocalAddress,
                            named::getLocalAddress,
                            named::getRemoteAddress,
                            () -> named.write(ByteBuffer.allocate(3)),
                            () -> accepted.read(ByteBuffer.allocate(5)),
                            named::shutdownOutput,
                            () -> accepted.read(ByteBuffer.allocate(5)),
                            () -> named.socket(),
                            () -> Outcome.of(() -> accepted.socket()));
                })
                .scene("UNIX: connects to nobody, to a file, to one that does not listen", c -> {
                    Path path = c.path();
                    Path file = Files.createFile(path.resolveSibling("file"));
                    StringBuilder all = new StringBuilder();
                    SocketChannel bound = c.channel(StandardProtocolFamily.UNIX);
                    bound.bind(UnixDomainSocketAddress.of(path));
                    for (Path to : new Path[] {path.resolveSibling("none"), file, path, Path.of("/")}) {
                        for (boolean blocking : new boolean[] {true, false}) {
                            SocketChannel client = c.channel(StandardProtocolFamily.UNIX);
                            client.configureBlocking(blocking);
                            all.append(told(() -> client.connect(UnixDomainSocketAddress.of(to)), client::isOpen));
                        }
                    }
                    return all;
                });
    }
}
