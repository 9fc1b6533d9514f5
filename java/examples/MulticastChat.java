/*
 * A chat without a server: what one types goes to all who have joined the group. Start it several times.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/MulticastChat.java 239.255.70.7:7007 lo alice
 *
 * Peer: g=239.255.70.7
 *       socat - UDP4-DATAGRAM:$g:7007,bind=$g:7007,reuseaddr,ip-multicast-if=127.0.0.1,ip-add-membership=$g:127.0.0.1
 */

import static io.sockfd.option.IpOptions.IP_ADD_MEMBERSHIP;
import static io.sockfd.option.IpOptions.IP_MULTICAST_IF;
import static io.sockfd.option.SocketOptions.SO_REUSEADDR;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.address.Interfaces;
import io.sockfd.option.MulticastGroup;
import io.sockfd.option.MulticastInterface;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

public class MulticastChat {
    public static void main(String[] args) throws IOException {
        InetSocketAddress group = (InetSocketAddress) Addresses.parse(args[0]);
        int ifindex = Interfaces.index(args[1]);
        String name = args[2];
        try (Socket socket = Socket.udp()) {
            socket.setOption(SO_REUSEADDR, true); // all members on this host have the same port
            socket.bind(group); // to the group's address: what comes for other groups stays out
            socket.setOption(IP_ADD_MEMBERSHIP, MulticastGroup.of(group.getAddress(), ifindex));
            socket.setOption(IP_MULTICAST_IF, MulticastInterface.of(ifindex));
            System.out.println("joined " + Addresses.format(group) + " on " + args[1]);
            new Thread(() -> print(socket)).start();

            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            String line;
            while ((line = lines.readLine()) != null) {
                try {
                    // it comes back to us, too: IP_MULTICAST_LOOP is on unless somebody turns it off
                    socket.sendTo(ByteBuffer.wrap((name + ": " + line).getBytes(UTF_8)), group, 0);
                } catch (ErrnoException e) {
                    System.err.println(e.getMessage()); // a line that is too long, a network that is away
                }
            }
        } // leaves the group, and ends the other thread's receive
    }

    private static void print(Socket socket) {
        ByteBuffer datagram = ByteBuffer.allocate(65_535);
        try {
            while (true) {
                try {
                    socket.recv(datagram.clear(), 0);
                    System.out.println(printable(UTF_8.decode(datagram.flip()).toString()));
                } catch (ErrnoException e) {
                    System.err.println(e.getMessage()); // of an earlier send: the next datagram may be good
                }
            }
        } catch (ClosedChannelException e) {
            System.out.println("left"); // the other thread has closed
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    /** What others sent must not move the cursor, or worse. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }
}
