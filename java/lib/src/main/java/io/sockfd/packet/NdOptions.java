package io.sockfd.packet;

import io.sockfd.address.HardwareAddress;
import io.sockfd.raw.Linux;
import java.net.Inet6Address;

/** The options of neighbour discovery: RFC 4861 section 4.6, RFC 8106. Their lengths are multiples of 8 bytes. */
public final class NdOptions extends Options<NdOptions> {
    public static final int SOURCE_LINK_LAYER_ADDRESS = Linux.ND_OPT_SOURCE_LINKADDR;
    public static final int TARGET_LINK_LAYER_ADDRESS = Linux.ND_OPT_TARGET_LINKADDR;
    public static final int PREFIX_INFORMATION = Linux.ND_OPT_PREFIX_INFORMATION;
    public static final int REDIRECTED_HEADER = Linux.ND_OPT_REDIRECTED_HEADER;
    public static final int MTU = Linux.ND_OPT_MTU;
    public static final int RDNSS = 25;

    private static final int UNIT = 8;
    private static final int PREFIX_SIZE = 32;
    private static final int PREFIX = 16;
    private static final int ON_LINK = 0x80;
    private static final int AUTONOMOUS = 0x40;

    private final Icmp6 icmp;

    NdOptions(Icmp6 icmp) {
        super(icmp, 0, 1, 0xffff);
        this.icmp = icmp;
    }

    @Override
    int begin() {
        return icmp.isNeighborDiscovery() ? icmp.optionsBegin() : icmp.length;
    }

    @Override
    boolean isEnd(int kind) {
        return false;
    }

    @Override
    boolean isSingle(int kind) {
        return false;
    }

    @Override
    int measure(int field) {
        return field * UNIT;
    }

    @Override
    int encode(int size) {
        return size / UNIT;
    }

    @Override
    int granularity() {
        return UNIT;
    }

    @Override
    boolean fits(int kind, int size) {
        return switch (kind) {
            case PREFIX_INFORMATION -> size == PREFIX_SIZE;
            case MTU -> size == UNIT;
            case RDNSS -> size >= UNIT + Ip.V6 && (size - UNIT) % Ip.V6 == 0;
            default -> size >= UNIT;
        };
    }

    /** Of the two link-layer addresses: six bytes, as on Ethernet. */
    public HardwareAddress linkLayerAddress() {
        if (kind() != SOURCE_LINK_LAYER_ADDRESS) {
            require(TARGET_LINK_LAYER_ADDRESS);
        }
        byte[] bytes = new byte[Ip.MAC];
        buffer().get(checked(2, Ip.MAC), bytes);
        return HardwareAddress.of(bytes);
    }

    public NdOptions sourceLinkLayerAddress(HardwareAddress address) {
        return append(SOURCE_LINK_LAYER_ADDRESS, Ip.mac(address));
    }

    public NdOptions targetLinkLayerAddress(HardwareAddress address) {
        return append(TARGET_LINK_LAYER_ADDRESS, Ip.mac(address));
    }

    /** {@link #MTU}. */
    public long mtu() {
        require(MTU);
        return u32(4);
    }

    public NdOptions mtu(long mtu) {
        Bytes.fit(mtu, 32, "mtu");
        reserve(MTU, 6);
        Bytes.put32(buffer(), at + 4, (int) mtu);
        return this;
    }

    /** {@link #PREFIX_INFORMATION}: bits, 0 to 128. */
    public int prefixLength() {
        require(PREFIX_INFORMATION);
        return u8(2);
    }

    /** {@link #PREFIX_INFORMATION}: addresses of the prefix are on the link. */
    public boolean onLink() {
        require(PREFIX_INFORMATION);
        return (u8(3) & ON_LINK) != 0;
    }

    /** {@link #PREFIX_INFORMATION}: hosts may make themselves addresses. */
    public boolean autonomous() {
        require(PREFIX_INFORMATION);
        return (u8(3) & AUTONOMOUS) != 0;
    }

    /** {@link #PREFIX_INFORMATION}: seconds, 0xffffffff for ever. */
    public long validLifetime() {
        require(PREFIX_INFORMATION);
        return u32(4);
    }

    /** {@link #PREFIX_INFORMATION}: seconds, 0xffffffff for ever. */
    public long preferredLifetime() {
        require(PREFIX_INFORMATION);
        return u32(8);
    }

    /** {@link #PREFIX_INFORMATION}. */
    public Inet6Address prefix() {
        require(PREFIX_INFORMATION);
        return Ip.v6(buffer(), checked(PREFIX, Ip.V6));
    }

    /** On the link, for hosts to make addresses of. */
    public NdOptions prefix(String prefix, int length, long validLifetime, long preferredLifetime) {
        byte[] address = Ip.v6(prefix);
        Bytes.fit(length, 8, "length");
        int valid = Bytes.fit(validLifetime, 32, "validLifetime");
        int preferred = Bytes.fit(preferredLifetime, 32, "preferredLifetime");
        reserve(PREFIX_INFORMATION, PREFIX_SIZE - 2);
        Bytes.put8(buffer(), at + 2, length);
        Bytes.put8(buffer(), at + 3, ON_LINK | AUTONOMOUS);
        Bytes.put32(buffer(), at + 4, valid);
        Bytes.put32(buffer(), at + 8, preferred);
        buffer().put(at + PREFIX, address);
        return this;
    }

    /** {@link #RDNSS}: seconds for which the servers may be used. */
    public long dnsLifetime() {
        require(RDNSS);
        return u32(4);
    }

    /** {@link #RDNSS}: how many servers there are. */
    public int dnsServers() {
        require(RDNSS);
        return (length - UNIT) / Ip.V6;
    }

    /** {@link #RDNSS}. */
    public Inet6Address dnsServer(int index) {
        require(RDNSS);
        return Ip.v6(buffer(), checked(UNIT + index * Ip.V6, Ip.V6));
    }

    public NdOptions dnsServers(long lifetime, String... addresses) {
        Bytes.fit(lifetime, 32, "lifetime");
        reserve(RDNSS, UNIT - 2 + addresses.length * Ip.V6);
        Bytes.put32(buffer(), at + 4, (int) lifetime);
        for (int i = 0; i < addresses.length; i++) {
            buffer().put(at + UNIT + i * Ip.V6, Ip.v6(addresses[i]));
        }
        return this;
    }
}
