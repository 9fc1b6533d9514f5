/*
 * Sends many datagrams by one system call, from an address of its choice: the kernel cuts the data (UDP_SEGMENT, GSO),
 * and control data says what the source is (IP_PKTINFO), as a server at many addresses or a QUIC stack does.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/UdpSegments.java 127.0.0.2 127.0.0.1:7007 40 1200
 *
 * Peer: socat -u UDP-RECV:7007 -, or tcpdump -ni lo udp port 7007
 */

import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.address.Sockaddr;
import io.sockfd.option.IpOptions;
import io.sockfd.option.UdpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;

public class UdpSegments {
    private static final int ANY_INTERFACE = 0;

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[2]); // at most 128, 64 before Linux 6.9
        int size = Integer.parseInt(args[3]); // with its headers no longer than the path's MTU
        ByteBuffer data = ByteBuffer.allocateDirect(count * size);
        for (int i = 0; i < count; i++) {
            data.putInt(i * size, i);
        }
        try (Socket socket = Socket.udp();
                Message message = new Message(1, 128)) {
            socket.setOption(IpOptions.IP_PKTINFO, true); // of what comes: the address that it was sent to
            socket.setOption(UdpOptions.UDP_GRO, true); // and several datagrams at once, of one size
            message.data(data).address(Sockaddr.of(Addresses.parse(args[1])));
            message.outgoing().segmentSize(size).pktinfo(ANY_INTERFACE, InetAddress.getByName(args[0]));
            long sent = socket.sendMessage(message, 0);
            System.out.println("sent " + sent + " bytes as " + count + " datagrams of " + size + " by one call");
            ByteBuffer answer = ByteBuffer.allocateDirect(65_535);
            socket.receiveMessage(message.data(answer), 0);
            System.out.println("answer of " + message.length() + " bytes to "
                    + message.incoming().pktinfo().destination().getHostAddress());
        }
    }
}
