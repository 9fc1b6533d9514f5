/*
 * Reads a text until the client ends its side, and answers with the text in upper case: one client after the other.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/UpperCaseServer.java 127.0.0.1:7007
 *
 * Peer: echo hello | nc -N 127.0.0.1 7007, or echo hello | socat -t 5 - TCP:127.0.0.1:7007
 */

import static io.sockfd.option.SocketOptions.SO_REUSEADDR;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

public class UpperCaseServer {
    public static void main(String[] args) throws IOException {
        try (Socket listener = Socket.tcp()) {
            listener.setOption(SO_REUSEADDR, true);
            listener.bind(Addresses.parse(args.length > 0 ? args[0] : "127.0.0.1:7007"));
            listener.listen();
            System.out.println("listening on " + Addresses.format(listener.getLocalAddress()));
            while (true) {
                try {
                    answer(listener.accept()); // those who come meanwhile wait in the backlog
                } catch (ErrnoException e) {
                    // no descriptors or no memory: they wait there until others have left
                    System.err.println(e.getMessage());
                    LockSupport.parkNanos(100_000_000);
                }
            }
        }
    }

    private static void answer(Socket client) {
        try (client) {
            client.timeout(Duration.ofSeconds(10)); // else one silent client keeps all others waiting
            String text = readAll(client).toUpperCase(Locale.ROOT);
            client.sendAll(ByteBuffer.wrap(text.getBytes(UTF_8)));
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    /** Bytes first, text when they are all there: a piece may end in the middle of a character. */
    private static String readAll(Socket client) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[1024];
        int length;
        while ((length = client.recv(piece, 0, piece.length, 0)) != -1) {
            all.write(piece, 0, length);
        }
        return all.toString(UTF_8);
    }
}
