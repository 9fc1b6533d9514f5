package io.sockfd.netlink;

import io.sockfd.address.HardwareAddress;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Ifinfomsg;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network interface as RTM_NEWLINK tells it.
 *
 * @param index the interface index
 * @param name for instance {@code eth0}; one of {@code altNames} is as good
 * @param type the kind of hardware, an {@code ARPHRD_} number
 * @param flags {@code IFF_} flags
 * @param mtu in bytes
 * @param operState RFC 2863, an {@code IF_OPER_} number
 * @param address of the link layer; empty where there is none
 * @param broadcast of the link layer; empty where there is none
 * @param kind the driver's name of virtual interfaces, for instance {@code veth}; null for others
 * @param masterKind the kind of the master, for instance {@code bridge}; null without one
 * @param master the index of the bridge, bond or VRF that it is in; 0 for none
 * @param peer the index of what it is linked to (IFLA_LINK): a veth's other end, a VLAN's parent; 0 for nothing
 * @param peerNetnsId in which namespace {@code peer} counts, by this namespace's ids; -1 for this one
 * @param vlanId of a VLAN; -1 for others
 * @param qdisc the queueing discipline; empty when not told
 * @param txQueueLength in packets
 * @param group the interface group
 * @param promiscuity how many want it promiscuous
 * @param minMtu the least MTU; 0 when not told
 * @param maxMtu the largest MTU; 0 for no limit or when not told
 * @param alias SNMP's description; empty for none
 * @param altNames further names, which may be longer
 * @param stats counters; null when not told
 */
public record Link(
        int index,
        String name,
        int type,
        int flags,
        long mtu,
        int operState,
        HardwareAddress address,
        HardwareAddress broadcast,
        @Nullable String kind,
        @Nullable String masterKind,
        int master,
        int peer,
        int peerNetnsId,
        int vlanId,
        String qdisc,
        long txQueueLength,
        long group,
        long promiscuity,
        long minMtu,
        long maxMtu,
        String alias,
        List<String> altNames,
        @Nullable LinkStats stats) {

    /** Takes a copy of the list. */
    public Link {
        altNames = List.copyOf(altNames);
    }

    /** IFF_UP: switched on by an administrator. */
    public boolean isUp() {
        return (flags & Linux.IFF_UP) != 0;
    }

    /** IFF_LOWER_UP: there is a carrier. */
    public boolean hasCarrier() {
        return (flags & Linux.IFF_LOWER_UP) != 0;
    }

    /** IFF_LOOPBACK. */
    public boolean isLoopback() {
        return (flags & Linux.IFF_LOOPBACK) != 0;
    }

    static Link decode(NetlinkMessage message) throws MalformedMessageException {
        return new Decoder().decode(message);
    }

    private static HardwareAddress hardware(Attributes a) throws MalformedMessageException {
        if (a.length() > HardwareAddress.MAX_BYTES) {
            throw new MalformedMessageException("a hardware address of " + a.length() + " bytes");
        }
        return HardwareAddress.of(a.bytes());
    }

    /** The attributes in whatever order they come. */
    private static final class Decoder {
        private String name = "";
        private long mtu;
        private int operState;
        private HardwareAddress address = HardwareAddress.NONE;
        private HardwareAddress broadcast = HardwareAddress.NONE;
        private @Nullable String kind;
        private @Nullable String masterKind;
        private int master;
        private int peer;
        private int peerNetnsId = -1;
        private int vlanId = -1;
        private String qdisc = "";
        private long txQueueLength;
        private long group;
        private long promiscuity;
        private long minMtu;
        private long maxMtu;
        private String alias = "";
        private final List<String> altNames = new ArrayList<>();
        private @Nullable LinkStats stats;

        Link decode(NetlinkMessage message) throws MalformedMessageException {
            Attributes a = message.attributes(Ifinfomsg.SIZE);
            while (a.next()) {
                attribute(a);
            }
            ByteBuffer b = message.buffer();
            int at = message.payloadOffset();
            return new Link(
                    Ifinfomsg.ifi_index(b, at),
                    name,
                    Ifinfomsg.ifi_type(b, at),
                    Ifinfomsg.ifi_flags(b, at),
                    mtu,
                    operState,
                    address,
                    broadcast,
                    kind,
                    masterKind,
                    master,
                    peer,
                    peerNetnsId,
                    vlanId,
                    qdisc,
                    txQueueLength,
                    group,
                    promiscuity,
                    minMtu,
                    maxMtu,
                    alias,
                    altNames,
                    stats);
        }

        private void attribute(Attributes a) throws MalformedMessageException {
            switch (a.type()) {
                case Linux.IFLA_IFNAME -> name = a.string();
                case Linux.IFLA_MTU -> mtu = a.u32();
                case Linux.IFLA_OPERSTATE -> operState = a.u8();
                case Linux.IFLA_ADDRESS -> address = hardware(a);
                case Linux.IFLA_BROADCAST -> broadcast = hardware(a);
                case Linux.IFLA_MASTER -> master = a.s32();
                case Linux.IFLA_LINK -> peer = a.s32();
                case Linux.IFLA_LINK_NETNSID -> peerNetnsId = a.s32();
                case Linux.IFLA_QDISC -> qdisc = a.string();
                case Linux.IFLA_TXQLEN -> txQueueLength = a.u32();
                case Linux.IFLA_GROUP -> group = a.u32();
                case Linux.IFLA_PROMISCUITY -> promiscuity = a.u32();
                case Linux.IFLA_MIN_MTU -> minMtu = a.u32();
                case Linux.IFLA_MAX_MTU -> maxMtu = a.u32();
                case Linux.IFLA_IFALIAS -> alias = a.string();
                case Linux.IFLA_STATS64 -> stats = new LinkStats(a);
                case Linux.IFLA_PROP_LIST -> properties(a.nested());
                case Linux.IFLA_LINKINFO -> info(a.nested());
                default -> {}
            }
        }

        private void properties(Attributes a) throws MalformedMessageException {
            while (a.next()) {
                if (a.type() == Linux.IFLA_ALT_IFNAME) {
                    altNames.add(a.string());
                }
            }
        }

        private void info(Attributes a) throws MalformedMessageException {
            while (a.next()) {
                switch (a.type()) {
                    case Linux.IFLA_INFO_KIND -> kind = a.string();
                    case Linux.IFLA_INFO_SLAVE_KIND -> masterKind = a.string();
                    case Linux.IFLA_INFO_DATA -> data(a.nested());
                    default -> {}
                }
            }
        }

        private void data(Attributes a) throws MalformedMessageException {
            while ("vlan".equals(kind) && a.next()) {
                if (a.type() == Linux.IFLA_VLAN_ID) {
                    vlanId = a.u16();
                }
            }
        }
    }
}
