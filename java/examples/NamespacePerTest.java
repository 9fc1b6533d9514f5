/*
 * A network for each test: two namespaces joined by a wire, in which every port is free and nothing of the host is
 * seen. Nothing is left behind: they are gone with the last socket. As root.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/NamespacePerTest.java
 *
 * Peer: itself, and iproute2, which lists the interfaces from inside
 */

import io.sockfd.Socket;
import io.sockfd.netlink.NewLink;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.netns.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

public class NamespacePerTest {
    public static void main(String[] args) throws Exception {
        try (NetworkNamespace left = NetworkNamespace.create();
                NetworkNamespace right = NetworkNamespace.create()) {
            join(left, right);
            InetSocketAddress http = new InetSocketAddress("192.0.2.2", 80); // as in every other test
            try (Socket server = right.call(() -> Socket.tcp().bind(http).listen(1));
                    Socket client = left.call(Socket::tcp)) {
                client.connect(http);
                try (Socket accepted = server.accept()) {
                    accepted.sendAll(ByteBuffer.wrap("hello".getBytes()));
                    ByteBuffer buffer = ByteBuffer.allocate(100);
                    client.recv(buffer, 0);
                    System.out.println(client.getRemoteAddress() + " says " + new String(buffer.array(), 0, 5));
                }
            }
            // a child of the body is in the namespace, as of ip netns exec
            Process ip = left.call(() -> new ProcessBuilder("ip", "-brief", "address").inheritIO().start());
            System.exit(ip.waitFor());
        }
    }

    private static void join(NetworkNamespace left, NetworkNamespace right) throws IOException {
        try (RtNetlink inLeft = left.call(RtNetlink::open);
                RtNetlink inRight = right.call(RtNetlink::open)) {
            inLeft.create(NewLink.veth("to-right", "to-left").up().peerNetns(right));
            inRight.setUp(inRight.link("to-left").index());
            inLeft.addAddress(inLeft.link("to-right").index(), InetAddress.getByName("192.0.2.1"), 24);
            inRight.addAddress(inRight.link("to-left").index(), InetAddress.getByName("192.0.2.2"), 24);
        }
    }
}
