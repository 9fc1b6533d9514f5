/*
 * Prints the datagrams that come to a UNIX socket, until one says DONE. They arrive whole, in order, and none is lost:
 * a sender waits while the queue is full.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/UnixDatagramServer.java /tmp/log.sock
 *
 * Peer: echo hello | socat - UNIX-SENDTO:/tmp/log.sock
 */

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.Message;
import io.sockfd.Socket;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

public class UnixDatagramServer {
    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[0]);
        Files.deleteIfExists(path); // left behind by a run that was killed
        try (Socket socket = Socket.unixDatagram();
                Message message = new Message()) {
            socket.bind(UnixDomainSocketAddress.of(path));
            System.out.println("bound to " + path);
            ByteBuffer buffer = ByteBuffer.allocateDirect(1024);
            String text;
            do {
                // unlike recv, a message also tells when the buffer was too small for the datagram
                socket.receiveMessage(message.data(buffer.clear()), 0);
                text = UTF_8.decode(buffer.flip()).toString().strip();
                // a terminal would obey the control characters of a sender
                String rest = message.truncated() ? " ... (the rest did not fit)" : "";
                System.out.println(text.replaceAll("[\\p{Cc}\\p{Cf}]", "?") + rest);
            } while (!text.equals("DONE"));
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
