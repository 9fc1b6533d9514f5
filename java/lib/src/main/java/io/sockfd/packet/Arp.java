package io.sockfd.packet;

import io.sockfd.address.HardwareAddress;
import io.sockfd.raw.Linux;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Address resolution, RFC 826, whose names are in brackets. The addresses have the lengths that the packet says; those
 * without a length here are for IPv4 over Ethernet.
 *
 * <pre>
 *      0             2             4      5      6           8
 *     +-------------+-------------+------+------+-----------+
 *     | hardware    | protocol    | hlen | plen | operation |
 *     +-------------+-------------+------+------+-----------+
 *   8 | sender hardware (hlen) | sender protocol (plen)     |
 *     +------------------------+----------------------------+
 *     | target hardware (hlen) | target protocol (plen)     |
 *     +------------------------+----------------------------+
 * </pre>
 */
public final class Arp extends Header<Arp> {
    /** Of IPv4 over Ethernet. */
    public static final int SIZE = 28;

    public static final int REQUEST = Linux.ARPOP_REQUEST;
    public static final int REPLY = Linux.ARPOP_REPLY;

    private static final int FIXED = 8;
    private static final int HRD = 0;
    private static final int PRO = 2;
    private static final int HLN = 4;
    private static final int PLN = 5;
    private static final int OP = 6;

    public Arp() {
        super(FIXED);
    }

    @Override
    String name() {
        return "ARP";
    }

    @Override
    @Nullable
    String problem() {
        if (hardwareLength() > HardwareAddress.MAX_BYTES) {
            return "ARP has hardware addresses of " + hardwareLength() + " bytes; " + HardwareAddress.MAX_BYTES
                    + " is the most there is";
        }
        return measured(FIXED + 2 * (hardwareLength() + protocolLength()));
    }

    /** A request for IPv4 over Ethernet. */
    @Override
    void defaults() {
        if (limit - offset < SIZE) {
            throw new IllegalArgumentException("ARP takes " + SIZE + " bytes, and there are " + (limit - offset));
        }
        length = SIZE;
        Bytes.zero(b, offset + FIXED, offset + SIZE);
        hardwareType(Linux.ARPHRD_ETHER).protocolType(Linux.ETH_P_IP);
        put8(HLN, Ip.MAC, "hardwareLength").put8(PLN, Ip.V4, "protocolLength").operation(REQUEST);
    }

    /** {@code ar$hrd}: an {@code ARPHRD_} number. */
    public int hardwareType() {
        return u16(HRD);
    }

    public Arp hardwareType(int type) {
        return put16(HRD, type, "hardwareType");
    }

    /** {@code ar$pro}: an {@code ETH_P_} number. */
    public int protocolType() {
        return u16(PRO);
    }

    public Arp protocolType(int type) {
        return put16(PRO, type, "protocolType");
    }

    /** {@code ar$hln}: bytes of a hardware address. */
    public int hardwareLength() {
        return u8(HLN);
    }

    /** {@code ar$pln}: bytes of a protocol address. */
    public int protocolLength() {
        return u8(PLN);
    }

    /** {@code ar$op}: {@link #REQUEST}, {@link #REPLY} or another. */
    public int operation() {
        return u16(OP);
    }

    public Arp operation(int operation) {
        return put16(OP, operation, "operation");
    }

    /** Whether both lengths are those of IPv4 over Ethernet, and the four addresses can be read. */
    public boolean isEthernetIpv4() {
        return length == SIZE && hardwareLength() == Ip.MAC && protocolLength() == Ip.V4;
    }

    /** {@code ar$sha}. */
    public HardwareAddress senderHardware() {
        return HardwareAddress.of(get(at(FIXED), Ip.MAC));
    }

    public Arp senderHardware(HardwareAddress address) {
        return put(at(FIXED), Ip.mac(address));
    }

    /** {@code ar$spa}. */
    public InetAddress senderProtocol() {
        return Ip.v4(b, offset + at(14));
    }

    /** {@code ar$spa} as 32 bits. */
    public int senderProtocolAddress() {
        return i32(at(14));
    }

    public Arp senderProtocol(InetAddress address) {
        return put32(at(14), Ip.v4(address) & Bytes.U32, "senderProtocol");
    }

    /** As {@code a.b.c.d}. */
    public Arp senderProtocol(String address) {
        return put32(at(14), Ip.v4(address) & Bytes.U32, "senderProtocol");
    }

    /** {@code ar$tha}. */
    public HardwareAddress targetHardware() {
        return HardwareAddress.of(get(at(18), Ip.MAC));
    }

    public Arp targetHardware(HardwareAddress address) {
        return put(at(18), Ip.mac(address));
    }

    /** {@code ar$tpa}. */
    public InetAddress targetProtocol() {
        return Ip.v4(b, offset + at(24));
    }

    /** {@code ar$tpa} as 32 bits. */
    public int targetProtocolAddress() {
        return i32(at(24));
    }

    public Arp targetProtocol(InetAddress address) {
        return put32(at(24), Ip.v4(address) & Bytes.U32, "targetProtocol");
    }

    /** As {@code a.b.c.d}. */
    public Arp targetProtocol(String address) {
        return put32(at(24), Ip.v4(address) & Bytes.U32, "targetProtocol");
    }

    /** Answers a request: the asked address is at {@code hardware}. */
    public Arp replyTo(Arp request, HardwareAddress hardware) {
        int asked = request.targetProtocolAddress();
        int asking = request.senderProtocolAddress();
        HardwareAddress to = request.senderHardware();
        operation(REPLY).senderHardware(hardware).targetHardware(to);
        return put32(14, asked & Bytes.U32, "senderProtocol").put32(24, asking & Bytes.U32, "targetProtocol");
    }

    private int at(int place) {
        if (!isEthernetIpv4()) {
            throw new PacketException("ARP has addresses of " + hardwareLength() + " and " + protocolLength()
                    + " bytes, not those of IPv4 over Ethernet");
        }
        return place;
    }

    void describe(StringBuilder out) {
        out.append("ARP, ");
        if (!isEthernetIpv4()) {
            out.append("hardware ").append(hardwareType()).append(", protocol 0x");
            out.append(Integer.toHexString(protocolType()))
                    .append(", operation ")
                    .append(operation());
        } else if (operation() == REQUEST) {
            Ip.text4(out.append("Request who-has "), targetProtocolAddress()).append(" tell ");
            Ip.text4(out, senderProtocolAddress());
        } else if (operation() == REPLY) {
            Ip.text4(out.append("Reply "), senderProtocolAddress()).append(" is-at ");
            Ip.textMac(out, b, offset + FIXED, Ip.MAC);
        } else {
            Ip.text4(out.append("operation ").append(operation()).append(", "), senderProtocolAddress());
            Ip.text4(out.append(" to "), targetProtocolAddress());
        }
        out.append(", length ").append(limit - offset + cut);
    }
}
