package io.sockfd.cli.capture;

import io.sockfd.SocketType;
import io.sockfd.address.Interfaces;
import io.sockfd.address.PacketAddress;
import io.sockfd.bpf.Framing;
import io.sockfd.capture.CapturedPacket;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.ReceiveRing;
import io.sockfd.capture.RingSize;
import io.sockfd.cli.Arguments;
import io.sockfd.cli.Interruption;
import io.sockfd.option.FilterProgram;
import io.sockfd.option.TpacketStats;
import io.sockfd.packet.LinkType;
import io.sockfd.packet.LinuxSll2;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An interface, or all of them, through a receive ring. Of all interfaces, and of one whose link headers are not known, the
 * packets come without, and get the header of a cooked capture.
 */
final class LiveSource implements Source {
    static final String ANY = "any";

    private static final Duration GLANCE = Duration.ofNanos(Interruption.GLANCE_NANOS);
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final int TUN = 0xfffe; // ARPHRD_NONE

    private final Direction direction;
    private final String device;
    private final int linkType;
    private final int snapLength;
    private final boolean cooked;
    private final ReceiveRing ring;
    private final ByteBuffer header =
            ByteBuffer.allocate(PacketSocket.SNAPLEN + LinuxSll2.SIZE).order(ByteOrder.BIG_ENDIAN);
    private final LinuxSll2 sll = new LinuxSll2();
    private final Map<Integer, String> names = new HashMap<>();
    private @Nullable CapturedPacket packet;
    private ByteBuffer data = header;

    LiveSource(String device, PacketFilter filter, int snapLength, boolean promiscuous, Direction direction)
            throws IOException {
        this.direction = direction;
        this.device = device;
        this.snapLength = snapLength;
        int ifindex = device.equals(ANY) ? 0 : Arguments.interfaceIndex(device);
        int hardware = ifindex == 0 ? -1 : hardwareType(ifindex);
        boolean ethernet = hardware == Linux.ARPHRD_ETHER || hardware == Linux.ARPHRD_LOOPBACK;
        cooked = !ethernet && hardware != TUN;
        linkType = ethernet ? LinkType.EN10MB : cooked ? LinkType.LINUX_SLL2 : LinkType.RAW;
        Framing link = ethernet ? Framing.PACKET_RAW : cooked ? Framing.PACKET_DGRAM : Framing.PACKET_IP;
        FilterProgram program = filter.netmask(netmask(ifindex)).program(link, snapLength);
        PacketSocket socket = PacketSocket.open(cooked ? SocketType.DGRAM : SocketType.RAW);
        try {
            // in this order nothing comes that the filter has not seen
            ring = ReceiveRing.open(socket.filter(program), RingSize.RECEIVE);
            socket.bind(ifindex, Linux.ETH_P_ALL);
            if (promiscuous && ifindex != 0) {
                socket.promiscuous(true);
            }
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Which way the packets go that are shown. */
    enum Direction {
        IN,
        OUT,
        INOUT;

        boolean takes(boolean outgoing) {
            return this == INOUT || outgoing == (this == OUT);
        }
    }

    /** Of the first IPv4 address of the interface; of all of them there is none. */
    private static int netmask(int ifindex) throws SocketException {
        NetworkInterface device = ifindex == 0 ? null : NetworkInterface.getByIndex(ifindex);
        if (device != null) {
            for (InterfaceAddress address : device.getInterfaceAddresses()) {
                int bits = address.getNetworkPrefixLength();
                if (address.getAddress() instanceof Inet4Address && bits > 0) {
                    return -1 << (32 - bits);
                }
            }
        }
        return 0;
    }

    private static int hardwareType(int ifindex) throws IOException {
        try (PacketSocket socket = PacketSocket.open().bind(ifindex, 0)) {
            return socket.socket().getLocalAddress() instanceof PacketAddress address ? address.hatype() : -1;
        }
    }

    @Override
    public Next next(boolean wait) throws IOException {
        CapturedPacket next = ring.next(wait ? GLANCE : AT_ONCE);
        while (next != null && (isSecondCopy(next) || !direction.takes(next.outgoing()))) {
            next = ring.next(AT_ONCE);
        }
        if (next == null) {
            return Next.NOTHING_YET;
        }
        packet = next;
        data = cooked ? cook(next) : next.data();
        return Next.PACKET;
    }

    /** The loopback interface shows each packet as it leaves and as it comes: one is enough, as for libpcap. */
    private static boolean isSecondCopy(CapturedPacket packet) {
        return packet.outgoing() && packet.hardwareType() == Linux.ARPHRD_LOOPBACK;
    }

    private ByteBuffer cook(CapturedPacket from) {
        ByteBuffer bytes = from.data();
        header.clear();
        sll.compose(header, 0, LinuxSll2.SIZE)
                .protocol(from.protocol())
                .interfaceIndex(from.ifindex())
                .hardwareType(from.hardwareType())
                .packetType(from.packetType())
                .source(from.sender());
        header.put(LinuxSll2.SIZE, bytes, bytes.position(), bytes.remaining());
        return header.limit(LinuxSll2.SIZE + bytes.remaining());
    }

    private CapturedPacket current() {
        return Objects.requireNonNull(packet, "next() gave no packet yet");
    }

    @Override
    public ByteBuffer data() {
        return data;
    }

    @Override
    public long timestampNanos() {
        return current().timestampNanos();
    }

    @Override
    public long length() {
        return (long) current().length() + (cooked ? LinuxSll2.SIZE : 0);
    }

    @Override
    public int linkType() {
        return linkType;
    }

    @Override
    public boolean isChecksumOffloaded() {
        return current().checksumNotReady();
    }

    @Override
    public String where() {
        if (!device.equals(ANY)) {
            return "";
        }
        String name = names.computeIfAbsent(current().ifindex(), LiveSource::name);
        return PacketLine.where(name, current().packetType());
    }

    private static String name(int ifindex) {
        try {
            return Interfaces.name(ifindex);
        } catch (SocketException e) {
            return "if" + ifindex; // gone meanwhile
        }
    }

    @Override
    public String begin() {
        return "listening on " + device + ", link-type " + LinkType.name(linkType) + ", snapshot length " + snapLength
                + " bytes";
    }

    @Override
    public String end() throws IOException {
        TpacketStats statistics = ring.socket().statistics();
        return statistics.packets() + " packets received by filter" + System.lineSeparator() + statistics.drops()
                + " packets dropped by kernel";
    }

    @Override
    public void close() throws IOException {
        ring.close();
    }
}
