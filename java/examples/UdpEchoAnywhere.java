/*
 * A UDP server at all addresses of this host, IPv6 and IPv4, on one socket. It answers from the address that was
 * asked: left alone, the kernel takes the one that its routes prefer, and a client with a connected socket, or behind
 * a firewall that keeps state, never sees such an answer.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/UdpEchoAnywhere.java 7007
 *
 * Peer: nc -u 127.0.0.2 7007, nc -u ::1 7007
 */

import static io.sockfd.option.Ipv6Options.IPV6_RECVPKTINFO;
import static io.sockfd.option.Ipv6Options.IPV6_V6ONLY;

import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.address.Sockaddr;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

public class UdpEchoAnywhere {
    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int CONTROL = 256;

    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 7007;
        try (Socket socket = Socket.udp6();
                Message message = new Message(1, CONTROL)) {
            socket.setOption(IPV6_V6ONLY, false); // IPv4 too, whatever net.ipv6.bindv6only says
            socket.setOption(IPV6_RECVPKTINFO, true); // before the first datagram can come
            socket.bind(new InetSocketAddress(port));
            System.out.println("bound to " + Addresses.format(socket.getLocalAddress()));
            ByteBuffer datagram = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
            Sockaddr peer = new Sockaddr();
            while (true) {
                try {
                    // the datagram, who sent it, and as control data the address and the interface it came to
                    socket.receiveMessage(message.data(datagram.clear()).address(peer), 0);
                    message.outgoing().clear().answer(message.incoming());
                    datagram.flip();
                    socket.sendMessage(message, 0);
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
