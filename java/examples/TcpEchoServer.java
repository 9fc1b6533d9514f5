/*
 * A TCP server that sends back whatever it gets, with a thread for each client.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/TcpEchoServer.java 127.0.0.1:7007
 *
 * Peer: nc 127.0.0.1 7007, or TcpEchoClient.java.
 */

import static io.sockfd.option.SocketOptions.SO_REUSEADDR;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.address.Sockaddr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

public class TcpEchoServer {
    public static void main(String[] args) throws IOException {
        try (Socket listener = Socket.tcp()) {
            // otherwise bind fails for a minute after a run that had clients: their connections are in TIME_WAIT
            listener.setOption(SO_REUSEADDR, true);
            listener.bind(Addresses.parse(args.length > 0 ? args[0] : "127.0.0.1:7007"));
            listener.listen();
            System.out.println("listening on " + Addresses.format(listener.getLocalAddress()));
            while (true) {
                // the listener stays what it is: each client gets a socket of its own. Asking that for its peer later
                // would fail for a client that has broken off already
                Sockaddr from = new Sockaddr();
                try {
                    Socket client = listener.accept(from);
                    new Thread(() -> echo(client, from.toString())).start();
                } catch (ErrnoException e) {
                    // no descriptors or no memory: the next one waits in the backlog until others have left
                    System.err.println(e.getMessage());
                    LockSupport.parkNanos(100_000_000);
                }
            }
        }
    }

    private static void echo(Socket client, String peer) {
        try (client) {
            System.out.println(peer + " is here");
            ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
            // a stream has no messages: recv gives whatever is there, and -1 once the client has ended its side
            while (client.recv(buffer, 0) != -1) {
                client.sendAll(buffer.flip());
                buffer.clear();
            }
            System.out.println(peer + " has gone");
        } catch (IOException e) {
            System.err.println(e.getMessage()); // one client's trouble is not the server's
        }
    }
}
