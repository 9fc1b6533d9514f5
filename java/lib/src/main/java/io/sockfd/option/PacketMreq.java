package io.sockfd.option;

import static io.sockfd.raw.struct.PacketMreq.SIZE;
import static io.sockfd.raw.struct.PacketMreq.mr_address;
import static io.sockfd.raw.struct.PacketMreq.mr_alen;
import static io.sockfd.raw.struct.PacketMreq.mr_ifindex;
import static io.sockfd.raw.struct.PacketMreq.mr_type;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.raw.Linux;

/**
 * PACKET_ADD_MEMBERSHIP and PACKET_DROP_MEMBERSHIP: what a device shall take beside its own address. See
 * <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>. Immutable.
 */
public final class PacketMreq {
    private static final int MAX_ADDRESS = 8;

    static final Codec<PacketMreq> CODEC = Codecs.encoding(PacketMreq.class, SIZE, (value, b) -> {
        mr_ifindex(b, 0, value.ifindex);
        mr_type(b, 0, value.type);
        mr_alen(b, 0, value.address.length);
        mr_address(b, 0, value.address);
        return SIZE;
    });

    private final int ifindex;
    private final int type;
    private final byte[] address;

    /**
     * Any type.
     *
     * @param ifindex the interface's index
     * @param type PACKET_MR_MULTICAST, PROMISC, ALLMULTI or UNICAST
     * @param address the link-layer address, where the type has one, at most 8 bytes
     */
    public PacketMreq(int ifindex, int type, byte... address) {
        if (address.length > MAX_ADDRESS) {
            throw new IllegalArgumentException(address.length + " bytes: a link-layer address has at most 8 here");
        }
        this.ifindex = ifindex;
        this.type = type;
        this.address = address.clone();
    }

    /** Take everything. */
    public static PacketMreq promiscuous(int ifindex) {
        return new PacketMreq(ifindex, Linux.PACKET_MR_PROMISC);
    }

    /** Take all multicast. */
    public static PacketMreq allMulticast(int ifindex) {
        return new PacketMreq(ifindex, Linux.PACKET_MR_ALLMULTI);
    }

    /** Take one multicast address. */
    public static PacketMreq multicast(int ifindex, byte[] address) {
        return new PacketMreq(ifindex, Linux.PACKET_MR_MULTICAST, address);
    }

    @Override
    public String toString() {
        return "ifindex=" + ifindex + ", type=" + type;
    }
}
