package io.sockfd.capture;

import io.sockfd.Descriptor;
import io.sockfd.Domain;
import io.sockfd.Errors;
import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.HardwareAddress;
import io.sockfd.address.PacketAddress;
import io.sockfd.internal.jmx.Shown;
import io.sockfd.internal.memory.Mapping;
import io.sockfd.internal.wait.Life;
import io.sockfd.internal.wait.Meanwhile;
import io.sockfd.option.FanoutArgs;
import io.sockfd.option.FilterProgram;
import io.sockfd.option.PacketMreq;
import io.sockfd.option.PacketOptions;
import io.sockfd.option.SocketOptions;
import io.sockfd.option.TpacketStats;
import io.sockfd.raw.Linux;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A packet socket made for capturing and injecting: whole frames of one interface or of all.
 *
 * <pre>{@code
 * try (PacketSocket eth0 = PacketSocket.on("eth0").promiscuous(true)) {
 *     CapturedPacket packet = eth0.next();
 *     eth0.send(frame);
 * }
 * }</pre>
 *
 * <p>Everything else that a packet socket can do is on {@link #socket}. For a filter without a gap open the socket first,
 * attach, then bind: {@code PacketSocket.open().filter(program).bind("eth0", ETH_P_ALL)}. Needs CAP_NET_RAW.
 *
 * <p>One thread receives at a time; all other methods may be called from any thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>
 */
public final class PacketSocket implements Closeable {
    /** As many bytes of a packet as {@link #next} keeps: the longest that IP has, with room for link headers. */
    public static final int SNAPLEN = 65_536 + 64;

    private final Socket socket;
    private final PacketCounters counters;
    private volatile int ifindex;
    private @Nullable SocketPacket packet;
    private volatile @Nullable Mapping mapping;

    private PacketSocket(Socket socket) {
        this.socket = socket;
        counters = new PacketCounters(Life.of(socket));
    }

    /** A socket that sees link headers, and nothing until it is bound. */
    public static PacketSocket open() throws IOException {
        return open(SocketType.RAW);
    }

    /**
     * A socket that sees nothing until it is bound.
     *
     * @param type {@link SocketType#RAW} with link headers, {@link SocketType#DGRAM} without
     * @throws IOException EPERM without CAP_NET_RAW
     */
    public static PacketSocket open(SocketType type) throws IOException {
        Socket socket = Socket.open(Domain.PACKET, type, Protocol.DEFAULT);
        try {
            socket.setOption(PacketOptions.PACKET_AUXDATA, true).setOption(SocketOptions.SO_TIMESTAMPNS, true);
            return new PacketSocket(socket);
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }

    /** All frames of an interface, with link headers. */
    public static PacketSocket on(String interfaceName) throws IOException {
        return on(interfaceName, Linux.ETH_P_ALL);
    }

    /**
     * The frames of one protocol, with link headers.
     *
     * @param protocol an {@code ETH_P_} number in host order; 0 receives none, for a socket that only sends
     * @throws IOException ENODEV when there is no such interface, EPERM
     */
    public static PacketSocket on(String interfaceName, int protocol) throws IOException {
        PacketSocket opened = open();
        try {
            return opened.bind(interfaceName, protocol);
        } catch (Throwable e) {
            opened.close();
            throw e;
        }
    }

    /** Begins to receive; an interface's name in the socket's network namespace, and {@code protocol} as {@link #on(String, int)}. */
    public PacketSocket bind(String interfaceName, int protocol) throws IOException {
        return bind(InterfaceOf.index(socket, interfaceName), protocol);
    }

    /**
     * Begins to receive. It may be called again.
     *
     * @param ifindex an interface's index, 0 for all
     * @param protocol as {@link #on(String, int)}
     * @throws IOException ENODEV, ENETDOWN
     */
    public PacketSocket bind(int ifindex, int protocol) throws IOException {
        socket.bind(new PacketAddress(protocol, ifindex));
        this.ifindex = ifindex;
        return this;
    }

    /**
     * Only packets that the program lets pass. What was queued before is still received: attach before bind.
     *
     * @throws IOException EINVAL for a program that the kernel refuses
     */
    public PacketSocket filter(FilterProgram program) throws IOException {
        socket.setOption(SocketOptions.SO_ATTACH_FILTER, program);
        return this;
    }

    /**
     * Also what is addressed to others; ends with the socket at the latest.
     *
     * @throws IllegalStateException when the socket is not bound to an interface
     */
    public PacketSocket promiscuous(boolean on) throws IOException {
        return member(on, PacketMreq.promiscuous(boundTo()));
    }

    /** All multicast; otherwise as {@link #promiscuous}. */
    public PacketSocket allMulticast(boolean on) throws IOException {
        return member(on, PacketMreq.allMulticast(boundTo()));
    }

    /** One link-layer multicast address, {@code 01:00:5e:00:00:fb}; otherwise as {@link #promiscuous}. */
    public PacketSocket join(HardwareAddress group) throws IOException {
        return member(true, PacketMreq.multicast(boundTo(), group.bytes()));
    }

    /** Takes {@link #join} back. */
    public PacketSocket leave(HardwareAddress group) throws IOException {
        return member(false, PacketMreq.multicast(boundTo(), group.bytes()));
    }

    private PacketSocket member(boolean on, PacketMreq what) throws IOException {
        socket.setOption(on ? PacketOptions.PACKET_ADD_MEMBERSHIP : PacketOptions.PACKET_DROP_MEMBERSHIP, what);
        return this;
    }

    int boundTo() {
        int bound = ifindex;
        if (bound == 0) {
            throw new IllegalStateException("bind to an interface first: this is a setting of one");
        }
        return bound;
    }

    /** Whether to leave out what this host sends, Linux 4.20; otherwise it comes as {@code PACKET_OUTGOING}. */
    public PacketSocket ignoreOutgoing(boolean on) throws IOException {
        socket.setOption(PacketOptions.PACKET_IGNORE_OUTGOING, on);
        return this;
    }

    /**
     * Joins a group of sockets that share the packets, each packet to one of them. Bind first; all of a group have the same
     * interface, protocol and type.
     *
     * @param id the group's number, 0 to 65535
     * @param type {@code PACKET_FANOUT_HASH}, {@code LB}, {@code CPU}, {@code ROLLOVER}, {@code RND} or {@code QM}, and
     *     flags such as {@code PACKET_FANOUT_FLAG_DEFRAG}, {@code FLAG_ROLLOVER}; with {@code FLAG_UNIQUEID} the kernel
     *     chooses the number, and {@code id} is 0
     * @return the group's number
     * @throws IOException EINVAL before bind or when it does not agree with the group, EALREADY when in a group, ENOSPC
     */
    public int fanout(int id, int type) throws IOException {
        socket.setOption(PacketOptions.PACKET_FANOUT, new FanoutArgs(id, type));
        return socket.getOption(PacketOptions.PACKET_FANOUT).id();
    }

    /**
     * Packets get the time at which the network card saw them, on the card's clock. This changes a setting of the card
     * (SIOCSHWTSTAMP), which stays. Call it before making a ring.
     *
     * @throws IOException EOPNOTSUPP or ERANGE when the card cannot, EPERM without CAP_NET_ADMIN
     * @throws IllegalStateException when the socket is not bound to an interface
     * @see <a href="https://docs.kernel.org/networking/timestamping.html">timestamping, in the kernel's documentation</a>
     */
    public PacketSocket hardwareTimestamps() throws IOException {
        HardwareTimestamps.enable(socket, boundTo());
        return this;
    }

    /** Whether sending goes straight to the driver: faster, and dropped with ENOBUFS when its queue is full. Linux 3.14. */
    public PacketSocket qdiscBypass(boolean on) throws IOException {
        socket.setOption(PacketOptions.PACKET_QDISC_BYPASS, on);
        return this;
    }

    /**
     * The packets seen and dropped since the last call of this, or the socket's birth: <b>reading sets both to 0</b>, though not
     * those that JMX shows of a {@link ReceiveRing}. The dropped ones are among those seen.
     */
    public TpacketStats statistics() throws IOException {
        return counters.sinceLast();
    }

    /**
     * The next packet through recvmsg(2); waits for it.
     *
     * @return the same object each time
     * @throws IOException ENETDOWN when the interface went down; receiving may go on
     */
    public CapturedPacket next() throws IOException {
        CapturedPacket next;
        do {
            next = next(null);
        } while (next == null);
        return next;
    }

    /**
     * As {@link #next()}, for so long.
     *
     * @param timeout zero does not wait, null waits for ever
     * @return null when the time was over first
     */
    public @Nullable CapturedPacket next(@Nullable Duration timeout) throws IOException {
        SocketPacket view = packet;
        if (view == null) {
            view = new SocketPacket(socket.type(), SNAPLEN);
            packet = view;
        }
        Deadline deadline = null;
        try {
            while (!view.receive(socket)) {
                deadline = deadline == null ? new Deadline(socket, timeout) : deadline;
                if (deadline.over() || !deadline.await(Linux.POLLIN)) {
                    return null;
                }
            }
            return view;
        } catch (ClosedChannelException e) {
            throw deadline == null ? e : Meanwhile.closed(socket, e);
        }
    }

    /**
     * Sends a whole frame, link header included. For {@link SocketType#DGRAM} name the station: {@code
     * socket().sendTo(payload, new PacketAddress(protocol, ifindex, station), 0)}.
     *
     * @param frame between position and limit; the position moves over it
     * @throws IOException EMSGSIZE when longer than the interface's MTU, ENETDOWN, ENXIO when not bound, ENOBUFS
     */
    public void send(ByteBuffer frame) throws IOException {
        int ignored = socket.send(frame, 0);
    }

    /**
     * A socket has one ring. Under this object's monitor, until {@link #map}.
     *
     * @throws IllegalStateException when there is a ring
     */
    void checkNoRing() {
        if (mapping != null) {
            throw new IllegalStateException("this socket has a ring already: open another socket for another ring");
        }
    }

    /** Maps what PACKET_RX_RING or PACKET_TX_RING made. */
    Mapping map(RingSize size) throws IOException {
        Mapping mapped;
        try (Descriptor.Hold hold = socket.hold()) {
            long address = Mapping.map(hold.fd(), 0, size.bytes(), 0);
            if (address < 0) {
                throw Errors.exception(address, "mmap", size.bytes() + " bytes of " + socket);
            }
            mapped = new Mapping(address, size.bytes());
        }
        mapping = mapped;
        if (!socket.isOpen()) {
            mapped.close();
        }
        return mapped;
    }

    /** Shows the counters of its ring until it is closed. */
    void showCounters() {
        Shown.open(Life.of(socket), "ReceiveRing", counters);
    }

    /** The socket, for everything else. */
    public Socket socket() {
        return socket;
    }

    /** Whether the socket is open. */
    public boolean isOpen() {
        return socket.isOpen();
    }

    /** Closes the socket and its ring, and ends waits of other threads. */
    @Override
    public void close() throws IOException {
        Mapping mapped = mapping;
        if (mapped != null) {
            mapped.close();
        }
        socket.close();
    }

    @Override
    public String toString() {
        return "PacketSocket(" + socket + ", ifindex " + ifindex + ")";
    }
}
