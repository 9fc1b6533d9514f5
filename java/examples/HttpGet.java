/*
 * Fetches a page with HTTP/1.0 by hand: the response's head goes to stderr, its body to stdout. A name may have several
 * addresses, of IPv6 and IPv4; they are tried one after the other.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/HttpGet.java http://localhost:8000/
 *
 * Peer: python3 -m http.server
 */

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;

public class HttpGet {
    public static void main(String[] args) throws IOException {
        URI uri = URI.create(args[0]);
        String host = uri.getHost() + ":" + (uri.getPort() < 0 ? 80 : uri.getPort());
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        try (Socket socket = connect(host)) {
            String request = "GET " + path + query + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
            socket.sendAll(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));

            // a socket is a channel: all that Java builds upon channels works
            InputStream in = new BufferedInputStream(Channels.newInputStream(socket));
            String line;
            while (!(line = readLine(in)).isEmpty()) {
                System.err.println(line);
            }
            in.transferTo(System.out); // in HTTP/1.0 the body ends where the connection ends
            System.out.flush();
        }
    }

    private static Socket connect(String host) throws IOException {
        IOException failure = new ConnectException(host + " has no address");
        for (InetSocketAddress address : Addresses.resolve(host)) {
            Socket socket = address.getAddress() instanceof Inet6Address ? Socket.tcp6() : Socket.tcp();
            try {
                socket.timeout(Duration.ofSeconds(10)).connect(address);
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    /** A line of the head without its end; empty after the last one. */
    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) != '\n' && c >= 0) {
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }
}
