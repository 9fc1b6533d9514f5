/*
 * Sends a datagram to a UDP echo server and waits for the answer. Datagrams may get lost, so it asks three times.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/UdpEchoClient.java localhost:7007 hello
 *
 * Peer: UdpEchoServer.java, or socat UDP-RECVFROM:7007,fork EXEC:cat
 */

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

public class UdpEchoClient {
    private static final int ATTEMPTS = 3;

    public static void main(String[] args) throws IOException {
        ByteBuffer question = ByteBuffer.wrap(args[1].getBytes(UTF_8));
        ByteBuffer answer = ByteBuffer.allocate(65_535);
        try (Socket socket = Socket.udp()) {
            // sends nothing: it sets the peer, so that send and recv will do, answers of others are dropped, and a port
            // where nobody is fails with ECONNREFUSED instead of silence
            socket.connect(Addresses.resolve(args[0]).get(0));
            socket.timeout(Duration.ofSeconds(1));
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                socket.send(question.rewind(), 0);
                try {
                    socket.recv(answer, 0);
                    System.out.println(UTF_8.decode(answer.flip()));
                    return;
                } catch (SocketTimeoutException e) {
                    System.err.println("no answer to attempt " + attempt);
                }
            }
        }
        System.exit(1);
    }
}
