package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Always;
import io.sockfd.bpf.Condition.Set;
import io.sockfd.bpf.Condition.Value;
import io.sockfd.bpf.Condition.Value.Constant;
import io.sockfd.bpf.Condition.Value.Extended;
import io.sockfd.bpf.Condition.Value.HeaderLength;
import io.sockfd.bpf.Condition.Value.Load;
import io.sockfd.bpf.Condition.Value.Variable;
import io.sockfd.bpf.Framing.Types;

/** Where the headers of a packet are. What encapsulates others moves them on for what comes after it in the text. */
final class Link {
    private static final int PPP_BYTES = 2;
    private static final int MAC_BYTES = 12;
    private static final int LABEL_BYTES = 4;
    private static final int TAG_BYTES = 4;

    /** A place in the packet: fixed, or the content of a variable and so many bytes more. */
    record Place(Value from, int constant) {
        Value load(int offset, int size) {
            return new Load(from, constant + offset, size);
        }

        Place plus(int bytes) {
            return new Place(from, constant + bytes);
        }
    }

    private final Framing framing;
    private Types types;
    private Place header = new Place(new Constant(0), 0);
    private Place type;
    private Place payload;
    /** Bytes of tags and labels between the payload of the link and the network header. */
    private int tags;

    private int labels;
    private boolean session;
    private boolean tunnel;
    private int variables;
    /** The kernel has taken the next tag out of the packet. */
    private boolean tagOutside;

    Link(Framing framing, boolean tagOutside) {
        this.framing = framing;
        this.tagOutside = tagOutside;
        types = framing.types;
        type = header.plus(framing.type);
        payload = header.plus(framing.network);
    }

    Framing framing() {
        return framing;
    }

    Types types() {
        return labels > 0 ? Types.LABEL : types;
    }

    /** Whether it is PPP as PPPoE and LINKTYPE_PPP have it, where MPLS may follow. */
    boolean isPlainPpp() {
        return types == Types.PPP && (session || framing == Framing.PPP);
    }

    /** Whether an MPLS label has been asked for. */
    boolean isLabelled() {
        return labels > 0;
    }

    boolean isEthernet() {
        return types == Types.ETHERNET;
    }

    /** Bytes of the link header. */
    Value linkHeader(int offset, int size) {
        return header.load(offset, size);
    }

    Place header() {
        return header;
    }

    Place network() {
        return payload.plus(tags);
    }

    /** The type of what the link carries. */
    Value type() {
        return type.load(0, BPF_H);
    }

    /** Bytes behind the link header: LLC, or what the link carries. */
    Value payload(int offset, int size) {
        return payload.load(offset, size);
    }

    /** Bytes of the network header. */
    Value network(int offset, int size) {
        return network().load(offset, size);
    }

    /** Bytes behind the IPv4 header, however long that is. */
    Value transport(int offset, int size) {
        Place network = network();
        return new Load(transport(new Constant(0)), offset + network.constant, size);
    }

    /** An index that, with the constant of the network header, is behind the IPv4 header and so many bytes more. */
    Value transport(Value more) {
        Place network = network();
        if (network.from instanceof Constant) {
            return more.plus(new HeaderLength(network.constant));
        }
        Value length = network(0, BPF_B).masked(0xf).with(BPF_LSH, 2);
        return more.plus(length.plus(network.from));
    }

    private int variable() {
        return variables++;
    }

    /** A variable of its own, set to this. */
    Set set(Value value) {
        return new Set(variable(), value);
    }

    /** A tag was there. */
    void skipTag() {
        type = type.plus(TAG_BYTES);
        payload = payload.plus(TAG_BYTES);
    }

    /** Whether the kernel has the next tag beside the packet; only for the first one. */
    boolean takeTagOutside() {
        boolean outside = tagOutside;
        tagOutside = false;
        return outside;
    }

    /** A label of MPLS was there. */
    void skipLabel() {
        tags += LABEL_BYTES;
        labels++;
    }

    /** PPP begins behind so many bytes of the network header. */
    void enterPpp(int bytes) {
        header = network().plus(bytes);
        type = header;
        payload = header.plus(PPP_BYTES);
        tags = 0;
        labels = 0;
        types = Types.PPP;
        session = true;
    }

    /** What is inside of a tunnel: an Ethernet frame or a packet; the variables say where. */
    void enterTunnel(Variable type, Variable header, Variable payload) {
        this.header = new Place(header, 0);
        this.type = new Place(type, 0);
        this.payload = new Place(payload, 0);
        tags = 0;
        labels = 0;
        types = Types.ETHERNET;
        tunnel = true;
    }

    /** Always inside of a tunnel: an Ethernet frame. */
    void enterFrame(Variable header) {
        enterTunnel(header, header, header);
        this.type = this.header.plus(MAC_BYTES);
        this.payload = this.header.plus(MAC_BYTES + 2);
        tunnel = false;
    }

    /** Inside of a tunnel that carries packets too: that it is a frame. */
    Condition hasFrame() {
        return tunnel && types == Types.ETHERNET
                ? new Condition.Compare(header.from, BPF_JEQ, payload.from).not()
                : new Always(true);
    }

    /** A packet that this machine sent, or the one that wrote the file. */
    Condition outgoing() {
        if (framing.isSocket()) {
            return new Extended(Extension.TYPE).is(PACKET_OUTGOING);
        }
        return switch (framing) {
            case LINUX_SLL -> Value.at(0, BPF_H).is(PACKET_OUTGOING);
            case LINUX_SLL2 -> Value.at(10, BPF_B).is(PACKET_OUTGOING);
            default ->
                throw new BpfException("packets of " + framing + " do not say which way they went: inbound and"
                        + " outbound are for live captures and for files of LINUX_SLL and LINUX_SLL2");
        };
    }

    /** By which interface it came or went. */
    Condition interfaceIndex(int index) {
        if (framing.isSocket()) {
            return new Extended(Extension.IFIDX).is(index);
        } else if (framing == Framing.LINUX_SLL2) {
            return Value.at(4, BPF_W).is(index);
        }
        throw new BpfException("packets of " + framing + " do not say by which interface they came: ifindex is for"
                + " live captures and for files of LINUX_SLL2");
    }
}
