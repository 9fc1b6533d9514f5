/*
 * Gives a listening socket to another process, which accepts from then on. No connection is refused meanwhile: those
 * who come wait in the socket's backlog. This is how servers are replaced by their next version while they run.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/PassListener.java take /tmp/listener.sock
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/PassListener.java give /tmp/listener.sock 127.0.0.1:7007
 *
 * Peer: nc 127.0.0.1 7007
 */

import static io.sockfd.option.SocketOptions.SO_ACCEPTCONN;
import static io.sockfd.option.SocketOptions.SO_REUSEADDR;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.ErrnoException;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

public class PassListener {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long PAUSE_NANOS = 100_000_000;

    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[1]);
        if (args[0].equals("give")) {
            give(path, args[2]);
        } else {
            serve(take(path));
        }
    }

    private static void give(Path path, String address) throws IOException {
        try (Socket listener = Socket.tcp().setOption(SO_REUSEADDR, true);
                Socket socket = Socket.unixStream();
                Message message = new Message()) {
            listener.bind(Addresses.parse(address)).listen();
            socket.connect(UnixDomainSocketAddress.of(path));
            // O_NONBLOCK goes with it, which all sockets of this library have: a taker that wants to block clears it
            message.outgoing().rights(listener);
            socket.sendMessage(message.data(ByteBuffer.wrap(new byte[1])), 0);
            System.out.println("gave " + Addresses.format(listener.getLocalAddress()) + " away");
        } // closes our descriptor; the socket lives as long as any process has one
    }

    private static Socket take(Path path) throws IOException {
        Files.deleteIfExists(path);
        try (Socket listener = Socket.unixStream().bind(UnixDomainSocketAddress.of(path)).listen()) {
            System.out.println("listening on " + path);
            while (true) {
                try (Socket giver = listener.accept()) {
                    return receive(giver.timeout(PATIENCE));
                } catch (IOException e) {
                    // who gives nothing, or no listening socket, is no giver: the next one may be
                    System.err.println(e.getMessage());
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }

    private static Socket receive(Socket giver) throws IOException {
        try (Message message = new Message()) {
            giver.receiveMessage(message.data(ByteBuffer.allocate(1)), 0);
            Socket given = Socket.adopt(message.takeDescriptors(1)[0]);
            if (given.getOption(SO_ACCEPTCONN)) {
                return given;
            }
            given.close();
            throw new IOException("what was given is no listening socket");
        }
    }

    private static void serve(Socket listener) throws IOException {
        String greeting = "hello from process " + ProcessHandle.current().pid() + "\n";
        try (listener) {
            System.out.println("serving " + Addresses.format(listener.getLocalAddress()));
            while (true) {
                try (Socket client = listener.accept()) {
                    client.sendAll(ByteBuffer.wrap(greeting.getBytes(UTF_8)));
                } catch (ErrnoException e) {
                    // a client that has reset, or no descriptors for the next one, who waits in the backlog
                    System.err.println(e.getMessage());
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }
}
