/*
 * Takes frames from queue 0 of an interface by AF_XDP, past the network stack, which does not see them. Each is read
 * where the kernel or the card has put it. Needs CAP_NET_RAW, CAP_BPF and CAP_NET_ADMIN.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/XdpReceive.java eth0 100
 *
 * Peer: ping, from the other end of the wire
 */

import io.sockfd.packet.Packet;
import io.sockfd.xdp.Umem;
import io.sockfd.xdp.XdpPacket;
import io.sockfd.xdp.XdpReceiveRing;
import io.sockfd.xdp.XdpRedirect;
import io.sockfd.xdp.XdpSetup;
import io.sockfd.xdp.XdpSocket;
import java.io.IOException;

public class XdpReceive {
    public static void main(String[] args) throws IOException {
        int frames = Integer.parseInt(args[1]);
        try (Umem umem = Umem.of(4096, 2048);
                XdpSocket socket = XdpSocket.open(args[0], 0, umem, XdpSetup.RECEIVE);
                XdpRedirect redirect = XdpRedirect.attach(args[0])) {
            redirect.add(socket);
            System.out.println("receiving, " + (socket.isZeroCopy() ? "without a copy" : socket.copyReason()));
            XdpReceiveRing ring = socket.receiveRing();
            Packet views = new Packet();
            for (int i = 0; i < frames; i++) {
                XdpPacket packet = ring.next();
                System.out.println("frame of " + packet.length() + " bytes: " + packet.into(views));
            }
            System.out.println(socket.statistics());
        }
    }
}
