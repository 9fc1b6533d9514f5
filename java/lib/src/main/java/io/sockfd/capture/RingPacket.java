package io.sockfd.capture;

import static io.sockfd.raw.struct.Tpacket3Hdr.tp_len;
import static io.sockfd.raw.struct.Tpacket3Hdr.tp_mac;
import static io.sockfd.raw.struct.Tpacket3Hdr.tp_nsec;
import static io.sockfd.raw.struct.Tpacket3Hdr.tp_sec;
import static io.sockfd.raw.struct.Tpacket3Hdr.tp_snaplen;
import static io.sockfd.raw.struct.Tpacket3Hdr.tp_status;
import static io.sockfd.raw.struct.Tpacket3Hdr.tp_vlan_tci;
import static io.sockfd.raw.struct.Tpacket3Hdr.tp_vlan_tpid;

import io.sockfd.address.HardwareAddress;
import io.sockfd.packet.LinkType;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrLl;
import io.sockfd.raw.struct.Tpacket3Hdr;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One packet of a block of version 3: its head, a struct sockaddr_ll behind that, and somewhere behind both the bytes. */
final class RingPacket implements CapturedPacket {
    /** The least that a packet takes. */
    static final int HEAD = Tpacket3Hdr.SIZE + SockaddrLl.SIZE;

    private static final int ADDRESS = Tpacket3Hdr.SIZE;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ByteBuffer block;
    private final ByteBuffer data;
    private final boolean cooked;
    private int head;
    private int captured;
    private int tag;

    /** @param cooked whether the packets come without link headers */
    RingPacket(ByteBuffer block, boolean cooked) {
        this.block = block;
        this.cooked = cooked;
        this.data = block.duplicate().order(ByteOrder.BIG_ENDIAN);
    }

    /**
     * Moves to the packet whose head is there; its {@link #HEAD} lies within the block.
     *
     * @return false when its bytes would not
     */
    boolean moveTo(int head) {
        int mac = tp_mac(block, head);
        int snaplen = tp_snaplen(block, head);
        int begin = head + mac;
        if (mac < HEAD || snaplen < 0 || snaplen > block.capacity() - begin) {
            return false;
        }
        this.head = head;
        tag = 0;
        int status = tp_status(block, head);
        if (!cooked
                && (status & Linux.TP_STATUS_VLAN_VALID) != 0
                && mac >= HEAD + VlanTag.SIZE
                && VlanTag.belongs(status, hardwareType(), snaplen)) {
            VlanTag.insert(data.clear(), begin, vlanTpid(status), tp_vlan_tci(block, head));
            tag = VlanTag.SIZE;
        }
        captured = snaplen + tag;
        data.limit(begin + snaplen).position(begin - tag);
        return true;
    }

    private int vlanTpid(int status) {
        return VlanTag.tpid(status, tp_vlan_tpid(block, head));
    }

    @Override
    public ByteBuffer data() {
        return data;
    }

    @Override
    public int length() {
        return tp_len(block, head) + tag;
    }

    @Override
    public int capturedLength() {
        return captured;
    }

    @Override
    public long timestampNanos() {
        return tp_sec(block, head) * NANOS_PER_SECOND + tp_nsec(block, head);
    }

    @Override
    public int status() {
        return tp_status(block, head);
    }

    @Override
    public int vlanTci() {
        return (status() & Linux.TP_STATUS_VLAN_VALID) == 0 ? ABSENT : tp_vlan_tci(block, head);
    }

    @Override
    public int vlanTpid() {
        int status = status();
        return (status & Linux.TP_STATUS_VLAN_VALID) == 0 ? 0 : vlanTpid(status);
    }

    @Override
    public int ifindex() {
        return SockaddrLl.sll_ifindex(block, head + ADDRESS);
    }

    @Override
    public int protocol() {
        return SockaddrLl.sll_protocol(block, head + ADDRESS);
    }

    @Override
    public int packetType() {
        return SockaddrLl.sll_pkttype(block, head + ADDRESS);
    }

    @Override
    public HardwareAddress sender() {
        return LinkAddresses.sender(block, head + ADDRESS);
    }

    @Override
    public int hardwareType() {
        return SockaddrLl.sll_hatype(block, head + ADDRESS);
    }

    @Override
    public int linkType() {
        return isCooked() ? LinkType.NONE : LinkType.ofHardware(hardwareType());
    }

    @Override
    public boolean isCooked() {
        return cooked;
    }

    @Override
    public String toString() {
        return "packet of " + length() + " bytes, " + captured + " kept";
    }
}
