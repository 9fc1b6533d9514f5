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
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

public class SocketActivation {
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
            client.timeout(Duration.ofSeconds(5));
            BufferedReader in = new BufferedReader(Channels.newReader(client, US_ASCII));
            String request = in.readLine();
            // to the end of the head: a socket that is closed with bytes unread resets its connection
            for (String line = request; line != null && !line.isEmpty(); ) {
                line = in.readLine();
            }
            String body = "you asked a socket of " + client.domain() + ": " + request + "\n";
            String response = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body;
            client.sendAll(ByteBuffer.wrap(response.getBytes(US_ASCII)));
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }
}
