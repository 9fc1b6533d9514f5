/*
 * An echo server as each tutorial of java.nio has it, on the provider of io.sockfd.nio: one selector for TCP and for a
 * UNIX path, and from the channels to what java.nio does not have.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/NioEcho.java 127.0.0.1:7007 /tmp/echo.sock
 *
 * Peer: nc 127.0.0.1 7007, or nc -U /tmp/echo.sock.
 */

import static io.sockfd.option.SocketOptions.SO_PEERCRED;
import static io.sockfd.option.TcpOptions.TCP_USER_TIMEOUT;

import io.sockfd.address.Addresses;
import io.sockfd.nio.NioSockets;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;

public class NioEcho {
    public static void main(String[] args) throws IOException {
        // or -Djava.nio.channels.spi.SelectorProvider=io.sockfd.nio.SockfdSelectorProvider, and Selector.open()
        SelectorProvider provider = NioSockets.provider();
        Path path = Path.of(args.length > 1 ? args[1] : "/tmp/echo.sock");
        try (Selector selector = provider.openSelector();
                ServerSocketChannel tcp = provider.openServerSocketChannel();
                ServerSocketChannel unix = provider.openServerSocketChannel(StandardProtocolFamily.UNIX)) {
            Files.deleteIfExists(path);
            unix.bind(UnixDomainSocketAddress.of(path));
            unix.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            tcp.bind(Addresses.parse(args.length > 0 ? args[0] : "127.0.0.1:7007"));
            tcp.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("listening on " + Addresses.format(tcp.getLocalAddress()));
            ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
            while (true) {
                selector.select(key -> {
                    if (key.channel() instanceof ServerSocketChannel server) {
                        accept(server, selector);
                    } else {
                        echo((SocketChannel) key.channel(), buffer.clear());
                    }
                });
            }
        }
    }

    private static void accept(ServerSocketChannel server, Selector selector) {
        try {
            SocketChannel client = server.accept();
            if (client == null) {
                return; // it has broken off already
            }
            if (server.getLocalAddress() instanceof UnixDomainSocketAddress) {
                System.out.println("process " + NioSockets.socketOf(client).getOption(SO_PEERCRED).pid() + " is here");
            } else {
                client.setOption(TCP_USER_TIMEOUT, 20_000L); // an option that java.nio does not have
            }
            client.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    private static void echo(SocketChannel client, ByteBuffer buffer) {
        try {
            if (client.read(buffer) < 0) {
                client.close();
                return;
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                client.write(buffer); // a server for more than an example waits for OP_WRITE
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
            try {
                client.close();
            } catch (IOException again) {
                System.err.println(again.getMessage());
            }
        }
    }
}
