package io.sockfd.bpf;

/**
 * What the kernel knows of a packet besides its bytes, for {@link Interpreter#run}: the values of the extensions. One
 * object may serve for any number of packets. All are zero at first, as for a packet of a UNIX socket.
 */
public final class Ancillary {
    /** The length of a packet is what remains in its buffer. */
    public static final int AS_GIVEN = -1;

    /** There is no such header. */
    public static final int NONE = Integer.MIN_VALUE;

    int length = AS_GIVEN;
    int protocol;
    int packetType;
    int ifindex;
    int hatype;
    int mark;
    int queue;
    int rxhash;
    int cpu;
    int vlanTci;
    int vlanTpid;
    boolean vlan;
    int random;
    int payloadOffset;
    int networkOffset;
    int linkOffset = NONE;

    /** {@code #len}, where less was captured than the packet has; {@link #AS_GIVEN} otherwise. */
    public Ancillary length(int bytes) {
        length = bytes;
        return this;
    }

    /** {@code #proto}, the Ethernet type (ETH_P_…) in host byte order. */
    public Ancillary protocol(int type) {
        protocol = type;
        return this;
    }

    /** {@code #type}, PACKET_HOST to PACKET_OUTGOING. */
    public Ancillary packetType(int type) {
        packetType = type;
        return this;
    }

    /**
     * {@code #ifidx} and {@code #hatype}.
     *
     * @param index of the interface; 0 is a packet without one, where the kernel ends the program with A as its result
     * @param hardware ARPHRD_…
     */
    public Ancillary device(int index, int hardware) {
        ifindex = index;
        hatype = hardware;
        return this;
    }

    /** {@code #mark}, as SO_MARK sets it. */
    public Ancillary mark(int value) {
        mark = value;
        return this;
    }

    /** {@code #queue}, of the interface. */
    public Ancillary queue(int number) {
        queue = number;
        return this;
    }

    /** {@code #rxhash}. */
    public Ancillary rxhash(int hash) {
        rxhash = hash;
        return this;
    }

    /** {@code #cpu}, the processor that the filter runs on. */
    public Ancillary cpu(int number) {
        cpu = number;
        return this;
    }

    /** {@code #vlan_avail} is 1 now, with {@code #vlan_tpid} (0x8100 …) and {@code #vlan_tci}. */
    public Ancillary vlan(int tpid, int tci) {
        vlan = true;
        vlanTpid = tpid;
        vlanTci = tci;
        return this;
    }

    /**
     * {@code #vlan_avail} is 0 now: no tag, one that is still in the packet, or a packet socket of one protocol, for
     * which the kernel clears it.
     */
    public Ancillary noVlan() {
        vlan = false;
        vlanTpid = 0;
        vlanTci = 0;
        return this;
    }

    /** {@code #rand}. */
    public Ancillary random(int value) {
        random = value;
        return this;
    }

    /** {@code #poff}, where the payload of TCP, UDP and so on begins; the kernel dissects the packet for it. */
    public Ancillary payloadOffset(int bytes) {
        payloadOffset = bytes;
        return this;
    }

    /**
     * Where SKF_LL_OFF and SKF_NET_OFF point to, in bytes from the packet's first. Negative is before the buffer's
     * position. At first they are {@link #NONE}, so that a load from there ends the program, and 0.
     */
    public Ancillary headers(int link, int network) {
        linkOffset = link;
        networkOffset = network;
        return this;
    }
}
