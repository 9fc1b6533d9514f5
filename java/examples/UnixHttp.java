/*
 * Asks a daemon that has its HTTP API on a UNIX socket, as Docker, containerd, snapd and many others do.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/UnixHttp.java /var/run/docker.sock GET /version
 *
 * Peer: any such daemon; on a POST, a fourth argument is the JSON to send.
 */

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.Socket;
import io.sockfd.address.UnixAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;

public class UnixHttp {
    public static void main(String[] args) throws IOException {
        byte[] body = (args.length > 3 ? args[3] : "").getBytes(UTF_8);
        // HTTP/1.0: no chunks, and the server closes when it has said everything
        String head = args[1] + " " + args[2] + " HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        try (Socket socket = Socket.unixStream()) {
            socket.timeout(Duration.ofSeconds(10));
            socket.connect(UnixAddress.ofPath(args[0]));
            // head and body leave in one sendmsg(2)
            socket.write(new ByteBuffer[] {ByteBuffer.wrap(head.getBytes(UTF_8)), ByteBuffer.wrap(body)});

            String response = new String(Channels.newInputStream(socket).readAllBytes(), UTF_8);
            System.out.println(response.substring(response.indexOf("\r\n\r\n") + 4));
            if (!response.startsWith("2", "HTTP/1.0 ".length())) {
                System.err.println(response.lines().findFirst().orElse("no answer"));
                System.exit(1);
            }
        }
    }
}
