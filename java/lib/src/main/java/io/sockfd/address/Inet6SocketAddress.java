package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrIn6;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An IPv6 address and port with everything that the kernel's struct has: traffic class, flow label, scope id. Use {@link
 * InetSocketAddress} where those do not matter; unlike that one, this compares the scope id too.
 *
 * <p>The kernel sends the flow label of a destination only after {@code IPV6_FLOWINFO_SEND} was set, and after the label
 * was leased with {@code IPV6_FLOWLABEL_MGR}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/ipv6.7.html">ipv6(7)</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6437">RFC 6437</a>
 */
public final class Inet6SocketAddress extends LinuxAddress {
    private static final int BYTES = 16;
    private static final int LABEL_BITS = 20;
    private static final int LABEL_MASK = (1 << LABEL_BITS) - 1;
    private static final String FORM = "[IPV6]:PORT or [IPV6%INTERFACE]:PORT, then perhaps ?flowinfo=N";
    private static final long serialVersionUID = 1;

    private final byte[] address;
    private final int port;
    private final int flowinfo;
    private final int scopeId;

    private Inet6SocketAddress(byte[] address, int port, int flowinfo, int scopeId) {
        this.address = address;
        this.port = port;
        this.flowinfo = flowinfo;
        this.scopeId = scopeId;
    }

    /**
     * Any value of the struct.
     *
     * @param address 16 bytes in network byte order; copied
     * @param port 0 to 65535
     * @param flowinfo host order: traffic class in bits 27 to 20, flow label in bits 19 to 0
     * @param scopeId interface index of a link-local address, unsigned; 0 for none
     * @throws IllegalArgumentException when address or port do not have their size
     */
    public static Inet6SocketAddress of(byte[] address, int port, int flowinfo, int scopeId) {
        if (address.length != BYTES) {
            throw new IllegalArgumentException("an IPv6 address has 16 bytes, not " + address.length);
        }
        if (port < 0 || port > Notation.U16) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
        return new Inet6SocketAddress(address.clone(), port, flowinfo, scopeId);
    }

    /**
     * The same address with a flow label.
     *
     * @param address IPv4 becomes {@code ::ffff:a.b.c.d}, its wildcard the wildcard {@code ::}
     * @param flowLabel 20 bits
     * @throws IllegalArgumentException when the label has more bits or the address is unresolved
     */
    public static Inet6SocketAddress of(InetSocketAddress address, int flowLabel) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            throw new IllegalArgumentException(address + " has no address yet: use Addresses.resolve");
        }
        if ((flowLabel & ~LABEL_MASK) != 0) {
            throw new IllegalArgumentException(
                    "a flow label has 20 bits: 0x" + Integer.toHexString(flowLabel) + " has more");
        }
        byte[] bytes = ip.getAddress();
        return new Inet6SocketAddress(
                bytes.length == BYTES ? bytes : InetText.inSix(bytes),
                address.getPort(),
                flowLabel,
                ip instanceof Inet6Address six ? six.getScopeId() : 0);
    }

    /**
     * Reads {@code [fe80::1%eth0]:80?flowinfo=0x12345}.
     *
     * @throws IllegalArgumentException when the text has another form or names an interface that does not exist
     */
    public static Inet6SocketAddress parse(String text) {
        Notation n = new Notation(text, "[", FORM);
        String host = n.until(']', "an IPv6 address");
        int percent = host.indexOf('%');
        byte[] address = InetText.parseIpv6(percent < 0 ? host : host.substring(0, percent));
        if (address == null) {
            throw n.fail("an IPv6 address");
        }
        int scope = percent < 0 ? 0 : n.ifindex(host.substring(percent + 1), Notation.U32);
        if (!n.until(':', "").isEmpty()) {
            throw n.fail("':'");
        }
        int port = InetText.port(n);
        int flowinfo = (int) n.parameter("flowinfo", Notation.U32);
        n.finish();
        return of(address, port, flowinfo, scope);
    }

    /** The address as the JDK has it; {@code Inet4Address} for {@code ::ffff:a.b.c.d}. */
    public InetAddress address() {
        if (scopeId <= 0) {
            return InetText.ip(address);
        }
        try {
            return Inet6Address.getByAddress(null, address, scopeId);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for another number of bytes
        }
    }

    /** A copy of the 16 bytes, in network byte order. */
    public byte[] addressBytes() {
        return address.clone();
    }

    /** 0 to 65535. */
    public int port() {
        return port;
    }

    /** Traffic class and flow label as the struct has them, in host order. */
    public int flowinfo() {
        return flowinfo;
    }

    /** 20 bits. */
    public int flowLabel() {
        return flowinfo & LABEL_MASK;
    }

    /** 8 bits. */
    public int trafficClass() {
        return flowinfo >>> LABEL_BITS & 0xff;
    }

    /** Interface index of a link-local address, unsigned; 0 for none. */
    public int scopeId() {
        return scopeId;
    }

    /** Without the flow label, and without a scope id of more than 31 bits. */
    public InetSocketAddress toInetSocketAddress() {
        return new InetSocketAddress(address(), port);
    }

    /** What the JDK can say without loss, else this. */
    SocketAddress simplest() {
        boolean scopedIpv4 = scopeId != 0 && InetText.isMapped(address);
        return flowinfo == 0 && scopeId >= 0 && !scopedIpv4 ? toInetSocketAddress() : this;
    }

    @Override
    public int family() {
        return Linux.AF_INET6;
    }

    @Override
    int encode(ByteBuffer b) {
        return encode(address, port, flowinfo, scopeId, b);
    }

    static int encode(byte[] address, int port, int flowinfo, int scopeId, ByteBuffer b) {
        SockaddrIn6.sin6_family(b, 0, Linux.AF_INET6);
        SockaddrIn6.sin6_port(b, 0, port);
        SockaddrIn6.sin6_flowinfo(b, 0, flowinfo);
        SockaddrIn6.sin6_addr(b, 0, address);
        SockaddrIn6.sin6_scope_id(b, 0, scopeId);
        return SockaddrIn6.SIZE;
    }

    @Override
    String text(InterfaceText names) {
        return InetText.format(address, scopeId == 0 ? "" : names.of(scopeId), port)
                + (flowinfo == 0 ? "" : "?flowinfo=0x" + Integer.toHexString(flowinfo));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Inet6SocketAddress that
                && Arrays.equals(address, that.address)
                && port == that.port
                && flowinfo == that.flowinfo
                && scopeId == that.scopeId;
    }

    @Override
    public int hashCode() {
        return ((Arrays.hashCode(address) * 31 + port) * 31 + flowinfo) * 31 + scopeId;
    }
}
