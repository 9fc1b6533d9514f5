/*
 * An HTTP server that opens no socket: the supervisor listens, and starts it with the listening sockets as descriptors
 * 3, 4 and so on, TCP and UNIX alike. It needs no right to bind a port below 1024.
 *
 * systemd-socket-activate -l 127.0.0.1:8080 -l /tmp/hello.sock \
 *     java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/SocketActivation.java
 *
 * Peer: curl http://127.0.0.1:8080/, curl --unix-socket /tmp/hello.sock http://localhost/
 */

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

public class SocketActivation {
    private static final int LARGEST_HEAD = 8192;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public static void main(String[] args) throws IOException {
        List<Socket> listeners = Socket.listenFds();
        if (listeners.isEmpty()) {
            System.err.println("LISTEN_FDS is not set for this process: start it by systemd-socket-activate");
            System.exit(1);
        }
        for (Socket listener : listeners) {
            System.out.println("serving " + Addresses.format(listener.getLocalAddress()));
            new Thread(() -> serve(listener)).start();
        }
    }

    private static void serve(Socket listener) {
        try (listener) {
            while (true) {
                try {
                    answer(listener.accept());
                } catch (ErrnoException e) {
                    // no descriptors or no memory: the next one waits in the backlog until others have left
                    System.err.println(e.getMessage());
                    LockSupport.parkNanos(100_000_000);
                }
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    private static void answer(Socket client) {
        try (client) {
            String head = head(client);
            String body = "you asked a socket of " + client.domain() + ": "
                    + head.lines().findFirst().orElse("") + "\n";
            String response = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body;
            client.sendAll(ByteBuffer.wrap(response.getBytes(US_ASCII)));
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    /**
     * To its end: a socket that is closed with bytes unread resets its connection. But neither more bytes nor more time
     * than an honest client needs, for the others wait meanwhile.
     */
    private static String head(Socket client) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LARGEST_HEAD);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String head = "";
        while (!head.endsWith("\r\n\r\n") && !head.endsWith("\n\n") && bytes.hasRemaining()) {
            client.timeout(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            if (client.recv(bytes, 0) == -1) {
                break;
            }
            head = new String(bytes.array(), 0, bytes.position(), US_ASCII);
        }
        return head;
    }
}
