/*
 * Gives code that wants a java.net.Socket one over a UNIX path: here a line of Redis' protocol is asked and answered.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/PathClient.java /var/run/redis/redis-server.sock PING
 *
 * Peer: redis-server --unixsocket /tmp/redis.sock, or socat UNIX-LISTEN:/tmp/x.sock,fork EXEC:cat
 */

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.nio.AddressSocketFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import javax.net.SocketFactory;

public class PathClient {
    public static void main(String[] args) throws IOException {
        // what JDBC drivers, HTTP clients and TLS are given; the address may also be @name or vsock:2:1024
        SocketFactory factory = new AddressSocketFactory(args[0]);
        // the host and the port are for whoever shows them: the factory goes to its own address
        try (Socket socket = factory.createSocket("localhost", 0)) {
            socket.setSoTimeout(5_000);
            String request = String.join(" ", Arrays.asList(args).subList(1, args.length)) + "\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            System.out.println(in.readLine());
            System.err.println("from " + socket.getRemoteSocketAddress());
        } catch (SocketTimeoutException e) {
            System.err.println("no answer: " + e.getMessage());
            System.exit(1);
        }
    }
}
