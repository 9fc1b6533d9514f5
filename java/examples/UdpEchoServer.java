/*
 * A UDP server that sends every datagram back to where it came from. It makes no objects after its start: one buffer
 * and one address serve all.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/UdpEchoServer.java 127.0.0.1:7007
 *
 * Peer: nc -u 127.0.0.1 7007, or UdpEchoClient.java.
 */

import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.address.Sockaddr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

public class UdpEchoServer {
    private static final int LARGEST_DATAGRAM = 65_535;

    public static void main(String[] args) throws IOException {
        try (Socket socket = Socket.udp()) {
            socket.bind(Addresses.parse(args.length > 0 ? args[0] : "127.0.0.1:7007"));
            System.out.println("bound to " + Addresses.format(socket.getLocalAddress()));
            ByteBuffer datagram = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
            Sockaddr peer = new Sockaddr();
            while (true) {
                try {
                    // no connection and no accept: each datagram says who sent it
                    socket.recvFrom(datagram.clear(), peer, 0);
                    socket.sendTo(datagram.flip(), peer, 0);
                } catch (ClosedChannelException e) {
                    throw e;
                } catch (IOException e) {
                    // one sender's trouble is not the server's: port 0 cannot be answered, a firewall may say no
                    System.err.println(e.getMessage());
                }
            }
        }
    }
}
