/*
 * Gets an address for an interface that has none, as a DHCP client does: on the raw link, because IP needs an address.
 * A filter in the kernel lets nothing through but a server's answers. Needs CAP_NET_RAW and CAP_NET_ADMIN.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/DhcpLease.java eth0
 *
 * Peer: dnsmasq --no-daemon --port=0 --dhcp-range=192.0.2.10,192.0.2.99, or busybox udhcpd
 */

import static io.sockfd.raw.Linux.ETH_P_IP;

import io.sockfd.bpf.FilterExpression;
import io.sockfd.bpf.Framing;
import io.sockfd.capture.CapturedPacket;
import io.sockfd.capture.PacketSocket;
import io.sockfd.netlink.Link;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.packet.Dhcp;
import io.sockfd.packet.Packet;
import io.sockfd.packet.PacketBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

public class DhcpLease {
    private static final byte DISCOVER = 1, OFFER = 2, REQUEST = 3, ACK = 5; // RFC 2132, 9.6
    private static final byte MASK = 1, ADDRESS = 50, TYPE = 53, SERVER = 54, WANTED = 55, END = -1;
    private static final int TRIES = 5, COOKIE = 0x63825363, BROADCAST_FLAG = 1 << 15;

    public static void main(String[] args) throws IOException {
        try (RtNetlink netlink = RtNetlink.open();
                PacketSocket wire = PacketSocket.on(args[0], ETH_P_IP)) {
            Link link = netlink.link(args[0]);
            wire.filter(FilterExpression.compile("udp src port 67 and dst port 68", Framing.ETHERNET));
            int transaction = ThreadLocalRandom.current().nextInt();
            Dhcp offer = ask(wire, link, options(transaction, link, DISCOVER), transaction, OFFER);
            ByteBuffer request = options(transaction, link, REQUEST);
            request.put(ADDRESS).put((byte) 4).putInt(offer.yourAddress());
            request.put(SERVER).put((byte) 4).put(offer.option(SERVER));
            Dhcp lease = ask(wire, link, request, transaction, ACK);
            InetAddress address = InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(lease.yourAddress()).array());
            int prefix = Integer.bitCount(ByteBuffer.wrap(lease.option(MASK)).getInt());
            netlink.addAddress(link.index(), address, prefix);
            System.out.println("leased " + address.getHostAddress() + "/" + prefix + " from "
                    + InetAddress.getByAddress(lease.option(SERVER)).getHostAddress());
        }
    }

    /** Sends until an answer of this type comes; the answer lies in the socket's buffer, until the next packet. */
    private static Dhcp ask(PacketSocket wire, Link link, ByteBuffer message, int transaction, int answer)
            throws IOException {
        ByteBuffer payload = message.put(END).flip();
        ByteBuffer frame = new PacketBuilder()
                .ethernet(e -> e.destination("ff:ff:ff:ff:ff:ff").source(link.address()))
                .ipv4(ip -> ip.source("0.0.0.0").destination("255.255.255.255"))
                .udp(udp -> udp.sourcePort(Dhcp.CLIENT_PORT).destinationPort(Dhcp.SERVER_PORT))
                .payload(payload).build();
        for (int i = 0; i < TRIES; i++) {
            wire.send(frame.rewind());
            for (CapturedPacket packet; (packet = wire.next(Duration.ofSeconds(1 << i))) != null; ) {
                Dhcp dhcp = packet.into(new Packet()).dhcp();
                if (dhcp != null && dhcp.transaction() == transaction && dhcp.messageType() == answer) {
                    return dhcp;
                }
            }
        }
        throw new IOException("no server answered with a message of type " + answer);
    }

    private static ByteBuffer options(int transaction, Link link, byte type) {
        ByteBuffer message = ByteBuffer.allocate(576).putInt(0x01010600).putInt(transaction).putInt(BROADCAST_FLAG);
        message.position(28).put(link.address().bytes());
        return message.position(Dhcp.SIZE).putInt(COOKIE).put(new byte[] {TYPE, 1, type, WANTED, 1, MASK});
    }
}
