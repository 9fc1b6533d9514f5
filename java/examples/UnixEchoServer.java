/*
 * An echo server on a UNIX socket. The path stays in the file system when a server is killed; this one removes it
 * before bind, but only when nobody listens there any more.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/UnixEchoServer.java /tmp/echo.sock
 *
 * Peer: nc -U /tmp/echo.sock, or UnixEchoClient.java.
 */

import static io.sockfd.option.SocketOptions.SO_PEERCRED;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.LockSupport;

public class UnixEchoServer {
    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[0]);
        try (Socket listener = Socket.unixStream()) {
            bind(listener, path);
            // runs on Ctrl-C, too; kill -9 is what leaves a path behind
            Runtime.getRuntime().addShutdownHook(new Thread(() -> path.toFile().delete()));
            listener.listen();
            System.out.println("listening on " + path);
            while (true) {
                try {
                    Socket client = listener.accept();
                    new Thread(() -> echo(client)).start();
                } catch (ErrnoException e) {
                    // no descriptors or no memory: the next one waits in the backlog until others have left
                    System.err.println(e.getMessage());
                    LockSupport.parkNanos(100_000_000);
                }
            }
        }
    }

    private static void bind(Socket listener, Path path) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        try {
            listener.bind(address);
        } catch (BindException inUse) {
            boolean file = !Files.readAttributes(path, BasicFileAttributes.class).isOther();
            try (Socket probe = Socket.unixStream()) {
                probe.connect(address);
                throw inUse; // another server is there
            } catch (ConnectException nobody) {
                if (file) {
                    throw inUse; // somebody's file, and no socket at all
                }
                Files.delete(path);
                listener.bind(address);
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            // the kernel's word for who is at the other end, which no TCP socket has
            System.out.println("client: " + client.getOption(SO_PEERCRED));
            ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
            while (client.recv(buffer, 0) != -1) {
                client.sendAll(buffer.flip());
                buffer.clear();
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }
}
