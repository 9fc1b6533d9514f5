package io.sockfd.netlink;

import io.sockfd.Descriptor;
import io.sockfd.address.HardwareAddress;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Ifinfomsg;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An interface to be made by {@link RtNetlink#create}: what kind, and how it begins. The methods change this object and
 * return it.
 *
 * <pre>{@code
 * rt.create(NewLink.veth("left", "right").up().peerNetns(namespace));
 * rt.create(NewLink.vlan("eth0.7", ifindex, 7).mtu(1400));
 * }</pre>
 */
public final class NewLink {
    /** IFNAMSIZ without the NUL. */
    private static final int LONGEST_NAME = Linux.IFNAMSIZ - 1;

    private static final int VLAN_IDS = 4095;

    private final String name;
    private final String kind;
    private final @Nullable String peer;
    private final int parent;
    private final @Nullable Consumer<NetlinkRequest> data;
    private int mtu;
    private int master;
    private boolean up;
    private @Nullable HardwareAddress address;
    private @Nullable HardwareAddress peerAddress;
    private @Nullable Descriptor netns;
    private @Nullable Descriptor peerNetns;

    private NewLink(
            String name, String kind, @Nullable String peer, int parent, @Nullable Consumer<NetlinkRequest> data) {
        this.name = checkName(name);
        this.kind = kind;
        this.peer = peer == null ? null : checkName(peer);
        this.parent = parent;
        this.data = data;
    }

    static String checkName(String name) {
        int length = name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (length == 0 || length > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name for an interface: it has 1 to " + LONGEST_NAME + " bytes");
        }
        return name;
    }

    /**
     * Two virtual Ethernet interfaces joined by a wire, veth(4).
     *
     * @throws IllegalArgumentException when a name does not have 1 to 15 bytes; so for all kinds
     */
    public static NewLink veth(String name, String peer) {
        return new NewLink(name, "veth", peer, 0, null);
    }

    /**
     * The frames of another interface that have a VLAN tag, IEEE 802.1Q.
     *
     * @param parent the index of the other interface
     * @param id 0 to 4094
     */
    public static NewLink vlan(String name, int parent, int id) {
        if (id < 0 || id >= VLAN_IDS) {
            throw new IllegalArgumentException("a VLAN's id is 0 to " + (VLAN_IDS - 1) + ", not " + id);
        }
        return new NewLink(name, "vlan", null, parent, request -> request.u16(Linux.IFLA_VLAN_ID, id));
    }

    /** A bridge; other interfaces join it by {@link RtNetlink#setMaster}. */
    public static NewLink bridge(String name) {
        return new NewLink(name, "bridge", null, 0, null);
    }

    /** An interface that drops what it is given. */
    public static NewLink dummy(String name) {
        return new NewLink(name, "dummy", null, 0, null);
    }

    /**
     * Any kind that the kernel knows.
     *
     * @param kind for instance {@code vrf}
     * @param data writes the attributes of IFLA_INFO_DATA; null for none
     */
    public static NewLink of(String name, String kind, @Nullable Consumer<NetlinkRequest> data) {
        return new NewLink(name, kind, null, 0, data);
    }

    /** The MTU in bytes; of a veth that of both ends. */
    public NewLink mtu(int bytes) {
        mtu = bytes;
        return this;
    }

    /** The link-layer address. */
    public NewLink address(HardwareAddress hardware) {
        address = hardware;
        return this;
    }

    /** The link-layer address of a veth's other end. */
    public NewLink peerAddress(HardwareAddress hardware) {
        peerAddress = hardware;
        return this;
    }

    /** The index of the bridge, bond or VRF that it joins. */
    public NewLink master(int index) {
        master = index;
        return this;
    }

    /** Switched on from the beginning. Not the other end of a veth: the kernel refuses that until both are there. */
    public NewLink up() {
        up = true;
        return this;
    }

    /** Where it begins: a {@code NetworkNamespace} of {@code io.sockfd.netns}, or another descriptor of one. */
    public NewLink netns(Descriptor namespace) {
        netns = namespace;
        return this;
    }

    /** Where the other end of a veth begins, as {@link #netns}. */
    public NewLink peerNetns(Descriptor namespace) {
        peerNetns = namespace;
        return this;
    }

    String name() {
        return name;
    }

    /** Writes the request and executes it; the namespaces' numbers are theirs until the kernel has answered. */
    void write(NetlinkRequest request, Execution execution) throws IOException {
        try (Descriptor.@Nullable Hold here = netns == null ? null : netns.hold();
                Descriptor.@Nullable Hold there = peerNetns == null ? null : peerNetns.hold()) {
            write(request, here, there);
            execution.execute();
        }
    }

    /** Sends what was written, and hears of it. */
    @FunctionalInterface
    interface Execution {
        void execute() throws IOException;
    }

    private void write(NetlinkRequest request, Descriptor.@Nullable Hold here, Descriptor.@Nullable Hold there) {
        common(request, name, up ? Linux.IFF_UP : 0, address, here);
        if (parent != 0) {
            request.u32(Linux.IFLA_LINK, parent);
        }
        if (master != 0) {
            request.u32(Linux.IFLA_MASTER, master);
        }
        request.begin(Linux.IFLA_LINKINFO).string(Linux.IFLA_INFO_KIND, kind);
        if (peer != null) {
            request.begin(Linux.IFLA_INFO_DATA).begin(Linux.VETH_INFO_PEER);
            common(request, peer, 0, peerAddress, there);
            request.end().end();
        } else if (data != null) {
            request.begin(Linux.IFLA_INFO_DATA);
            data.accept(request);
            request.end();
        }
        request.end();
    }

    private void common(
            NetlinkRequest request,
            String named,
            int flags,
            @Nullable HardwareAddress hardware,
            Descriptor.@Nullable Hold namespace) {
        int at = request.struct(Ifinfomsg.SIZE);
        Ifinfomsg.ifi_flags(request.buffer(), at, flags);
        Ifinfomsg.ifi_change(request.buffer(), at, flags);
        request.string(Linux.IFLA_IFNAME, named);
        if (mtu != 0) {
            request.u32(Linux.IFLA_MTU, mtu);
        }
        if (hardware != null) {
            request.bytes(Linux.IFLA_ADDRESS, hardware.bytes());
        }
        if (namespace != null) {
            request.u32(Linux.IFLA_NET_NS_FD, namespace.fd());
        }
    }
}
