package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrLl;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A link-layer address: which frames of which interface. As text {@code packet:eth0/0x0800} or {@code
 * packet:eth0/0x0800/aa:bb:cc:dd:ee:ff}, then {@code ?hatype=N&pkttype=N} where those are not 0.
 *
 * <p>The struct has room for 8 bytes of hardware address, and the kernel writes and reads longer ones (Infiniband's 20)
 * past its end; here they may have 32.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>
 */
public final class PacketAddress extends LinuxAddress {
    private static final String FORM = "packet:INTERFACE/PROTOCOL[/HARDWARE ADDRESS][?hatype=N&pkttype=N]";
    private static final long serialVersionUID = 1;

    private final int protocol;
    private final int ifindex;
    private final int hatype;
    private final int pkttype;
    private final HardwareAddress hardwareAddress;

    /**
     * What {@code bind} takes: frames of one protocol on one interface.
     *
     * @param protocol {@code ETH_P_*} in host order, 0 to 65535; ETH_P_ALL for every frame
     * @param ifindex 0 for every interface
     * @throws IllegalArgumentException when a number is out of its range
     */
    public PacketAddress(int protocol, int ifindex) {
        this(protocol, ifindex, HardwareAddress.NONE);
    }

    /**
     * What {@code sendto} takes: a station on one interface.
     *
     * @throws IllegalArgumentException when a number is out of its range
     */
    public PacketAddress(int protocol, int ifindex, HardwareAddress hardwareAddress) {
        this(protocol, ifindex, hardwareAddress, 0, 0);
    }

    /**
     * Everything the struct has.
     *
     * @param hatype {@code ARPHRD_*}, 0 to 65535; the kernel sets it, and ignores it from us
     * @param pkttype {@code PACKET_HOST}, {@code PACKET_OUTGOING} ..., 0 to 255; likewise
     * @throws IllegalArgumentException when a number is out of its range
     */
    public PacketAddress(int protocol, int ifindex, HardwareAddress hardwareAddress, int hatype, int pkttype) {
        this.protocol = Range.u16(protocol, "protocol");
        this.ifindex = Range.ifindex(ifindex);
        this.hardwareAddress = Objects.requireNonNull(hardwareAddress);
        this.hatype = Range.u16(hatype, "hatype");
        this.pkttype = Range.u8(pkttype, "pkttype");
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form or names an interface that does not exist
     */
    public static PacketAddress parse(String text) {
        Notation n = new Notation(text, "packet:", FORM);
        int ifindex = n.ifindex(n.until('/', "an interface"));
        int protocol = (int) n.number(n.untilOrRest('/'), "a protocol", Notation.U16);
        HardwareAddress mac = n.atEnd() ? HardwareAddress.NONE : n.mac(n.rest(), 1, HardwareAddress.MAX_BYTES);
        int hatype = (int) n.parameter("hatype", Notation.U16);
        int pkttype = (int) n.parameter("pkttype", Notation.U8);
        n.finish();
        return new PacketAddress(protocol, ifindex, mac, hatype, pkttype);
    }

    /** {@code ETH_P_*}, in host order. */
    public int protocol() {
        return protocol;
    }

    /** 0 for every interface. */
    public int ifindex() {
        return ifindex;
    }

    /** {@code ARPHRD_*}. */
    public int hatype() {
        return hatype;
    }

    /** {@code PACKET_HOST}, {@code PACKET_BROADCAST}, {@code PACKET_OUTGOING} ... */
    public int pkttype() {
        return pkttype;
    }

    /** 0 to 32 bytes. */
    public HardwareAddress hardwareAddress() {
        return hardwareAddress;
    }

    /** getsockname answers with 12 bytes and the hardware address, recvfrom with at least 20. */
    static @Nullable PacketAddress decode(ByteBuffer b, int length) {
        if (length < SockaddrLl.SLL_ADDR || SockaddrLl.sll_ifindex(b, 0) < 0) {
            return null;
        }
        int halen = SockaddrLl.sll_halen(b, 0);
        if (halen > HardwareAddress.MAX_BYTES || halen > length - SockaddrLl.SLL_ADDR) {
            return null;
        }
        byte[] mac = new byte[halen];
        b.get(SockaddrLl.SLL_ADDR, mac);
        return new PacketAddress(
                SockaddrLl.sll_protocol(b, 0),
                SockaddrLl.sll_ifindex(b, 0),
                HardwareAddress.of(mac),
                SockaddrLl.sll_hatype(b, 0),
                SockaddrLl.sll_pkttype(b, 0));
    }

    @Override
    public int family() {
        return Linux.AF_PACKET;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrLl.sll_family(b, 0, Linux.AF_PACKET);
        SockaddrLl.sll_protocol(b, 0, protocol);
        SockaddrLl.sll_ifindex(b, 0, ifindex);
        SockaddrLl.sll_hatype(b, 0, hatype);
        SockaddrLl.sll_pkttype(b, 0, pkttype);
        SockaddrLl.sll_halen(b, 0, hardwareAddress.length());
        hardwareAddress.copyTo(b, SockaddrLl.SLL_ADDR);
        return Math.max(SockaddrLl.SIZE, SockaddrLl.SLL_ADDR + hardwareAddress.length());
    }

    @Override
    String text(InterfaceText names) {
        String mac = hardwareAddress.length() == 0 ? "" : "/" + hardwareAddress;
        return "packet:" + names.of(ifindex) + String.format("/0x%04x", protocol) + mac
                + new Parameters().dec("hatype", hatype).dec("pkttype", pkttype);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PacketAddress that
                && protocol == that.protocol
                && ifindex == that.ifindex
                && hatype == that.hatype
                && pkttype == that.pkttype
                && hardwareAddress.equals(that.hardwareAddress);
    }

    @Override
    public int hashCode() {
        return Objects.hash(protocol, ifindex, hatype, pkttype, hardwareAddress);
    }
}
