/*
 * Sends a text to a TCP echo server and prints what comes back.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/TcpEchoClient.java localhost:7007 hello
 *
 * Peer: TcpEchoServer.java, or socat TCP-LISTEN:7007,reuseaddr,fork EXEC:cat
 */

import static io.sockfd.raw.Linux.SHUT_WR;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

public class TcpEchoClient {
    public static void main(String[] args) throws IOException {
        SocketAddress server = Addresses.resolve(args[0]).get(0);
        try (Socket socket = Socket.tcp()) {
            // for each operation; without it they wait for ever
            socket.timeout(Duration.ofSeconds(5));
            socket.connect(server);
            socket.sendAll(ByteBuffer.wrap(args[1].getBytes(UTF_8)));
            // "that was all": the server reads an end, and can still answer
            socket.shutdown(SHUT_WR);

            byte[] piece = new byte[4096];
            int length;
            while ((length = socket.recv(piece, 0, piece.length, 0)) != -1) {
                System.out.write(piece, 0, length);
            }
            System.out.println();
        }
    }
}
