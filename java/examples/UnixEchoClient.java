/*
 * Sends a text to an echo server on a UNIX socket and prints what comes back. A name that begins with @ is an abstract
 * one: it is in no file system and vanishes with its socket.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/UnixEchoClient.java /tmp/echo.sock hello
 *
 * Peer: UnixEchoServer.java, or socat ABSTRACT-LISTEN:echo,fork EXEC:cat and the name @echo
 */

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

public class UnixEchoClient {
    public static void main(String[] args) throws IOException {
        byte[] text = args[1].getBytes(UTF_8);
        try (Socket socket = Socket.unixStream()) {
            socket.timeout(Duration.ofSeconds(5));
            socket.connect(Addresses.parse(args[0]));
            socket.sendAll(ByteBuffer.wrap(text));
            // it comes back in one piece or in several: read until it is all there
            ByteBuffer echo = ByteBuffer.allocate(text.length);
            socket.recvExactly(echo);
            System.out.println(UTF_8.decode(echo.flip()));
        }
    }
}
