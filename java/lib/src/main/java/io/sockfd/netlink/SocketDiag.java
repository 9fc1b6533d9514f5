package io.sockfd.netlink;

import static io.sockfd.raw.Linux.AF_INET;
import static io.sockfd.raw.Linux.AF_INET6;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.InetDiagMsg;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a network namespace, of all processes: what {@code ss} shows.
 *
 * <pre>{@code
 * try (SocketDiag diag = SocketDiag.open()) {
 *     for (InetSocketView socket : diag.tcp()) {
 *         System.out.println(socket + " " + socket.tcpInfo());
 *     }
 * }
 * }</pre>
 *
 * <p>To look again and again without garbage, start a dump and go through it with one view:
 *
 * <pre>{@code
 * InetSocketView socket = new InetSocketView();
 * long queued = 0;
 * diag.dump(InetQuery.of(AF_INET, IPPROTO_TCP).extensions(0));
 * while (diag.next(socket)) {
 *     queued += socket.receiveQueue();
 * }
 * }</pre>
 *
 * <p>It looks at the network namespace of the thread that called {@link #open}, and needs no privilege, but for {@link
 * InetSocketView#mark}, packet sockets' filters and {@link #destroy}. A dump is no snapshot: sockets come and go meanwhile.
 * ENOENT means that the kernel does not have the part (udp_diag, unix_diag …) or may not load it. For one thread at a time.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>
 */
public final class SocketDiag implements AutoCloseable {
    private final Netlink netlink;
    private InetQuery query = InetQuery.of(AF_INET, Linux.IPPROTO_TCP);
    private int dumping;

    private SocketDiag(Netlink netlink) {
        this.netlink = netlink;
    }

    /** Opens a connection to the calling thread's network namespace. */
    public static SocketDiag open() throws IOException {
        return new SocketDiag(Netlink.open(Linux.NETLINK_SOCK_DIAG));
    }

    /** The connection, for families that have no method here. */
    public Netlink netlink() {
        return netlink;
    }

    // ---- lists ---------------------------------------------------------------------------------------------------

    /** The TCP sockets over IPv4 and IPv6. */
    public List<InetSocketView> tcp() throws IOException {
        return inet(Linux.IPPROTO_TCP);
    }

    /** The UDP sockets over IPv4 and IPv6. */
    public List<InetSocketView> udp() throws IOException {
        return inet(Linux.IPPROTO_UDP);
    }

    /** The UDP-Lite sockets over IPv4 and IPv6. */
    public List<InetSocketView> udpLite() throws IOException {
        return inet(Linux.IPPROTO_UDPLITE);
    }

    /** The raw sockets over IPv4 and IPv6. */
    public List<InetSocketView> raw() throws IOException {
        return inet(Linux.IPPROTO_RAW);
    }

    private List<InetSocketView> inet(int protocol) throws IOException {
        List<InetSocketView> all = list(InetQuery.of(AF_INET, protocol));
        all.addAll(list(InetQuery.of(AF_INET6, protocol)));
        return all;
    }

    /** The Internet sockets that a query asks for. */
    public List<InetSocketView> list(InetQuery wanted) throws IOException {
        List<InetSocketView> all = new ArrayList<>();
        InetSocketView view = new InetSocketView();
        dump(wanted);
        while (next(view)) {
            all.add(view.copy());
        }
        return all;
    }

    /** The UNIX sockets. */
    public List<UnixSocketView> unix() throws IOException {
        List<UnixSocketView> all = new ArrayList<>();
        UnixSocketView view = new UnixSocketView();
        dumpUnix(InetQuery.ALL_STATES);
        while (next(view)) {
            all.add(view.copy());
        }
        return all;
    }

    /** The packet sockets. */
    public List<PacketSocketView> packet() throws IOException {
        List<PacketSocketView> all = new ArrayList<>();
        PacketSocketView view = new PacketSocketView();
        dumpPacket();
        while (next(view)) {
            all.add(view.copy());
        }
        return all;
    }

    /** The netlink sockets. */
    public List<NetlinkSocketView> netlinkSockets() throws IOException {
        List<NetlinkSocketView> all = new ArrayList<>();
        NetlinkSocketView view = new NetlinkSocketView();
        Set<Long> seen = new HashSet<>();
        dumpNetlink(Linux.NDIAG_PROTO_ALL);
        while (next(view)) {
            if (seen.add(view.cookie())) {
                all.add(view.copy());
            }
        }
        return all;
    }

    // ---- dumps ---------------------------------------------------------------------------------------------------

    /** Starts to list Internet sockets: {@link #next(InetSocketView)}. */
    public void dump(InetQuery wanted) throws IOException {
        query = wanted;
        DiagRequests.inet(netlink.dump(Linux.SOCK_DIAG_BY_FAMILY, 0), wanted);
        start(wanted.family());
    }

    /**
     * Starts to list UNIX sockets: {@link #next(UnixSocketView)}.
     *
     * @param states a mask of {@code 1 << TCP_LISTEN} …, for instance {@link InetQuery#ALL_STATES}
     */
    public void dumpUnix(int states) throws IOException {
        DiagRequests.unix(netlink.dump(Linux.SOCK_DIAG_BY_FAMILY, 0), states);
        start(Linux.AF_UNIX);
    }

    /** Starts to list packet sockets: {@link #next(PacketSocketView)}. */
    public void dumpPacket() throws IOException {
        DiagRequests.packet(netlink.dump(Linux.SOCK_DIAG_BY_FAMILY, 0));
        start(Linux.AF_PACKET);
    }

    /**
     * Starts to list netlink sockets: {@link #next(NetlinkSocketView)}. The kernel tells those in a multicast group twice
     * (Linux 6.18), with the same cookie; {@link #netlinkSockets} leaves the second out.
     *
     * @param protocol NETLINK_ROUTE …, NDIAG_PROTO_ALL for all
     */
    public void dumpNetlink(int protocol) throws IOException {
        DiagRequests.netlink(netlink.dump(Linux.SOCK_DIAG_BY_FAMILY, 0), protocol);
        start(Linux.AF_NETLINK);
    }

    private void start(int family) throws IOException {
        dumping = 0;
        netlink.send();
        dumping = family;
    }

    /**
     * Points the view at the next socket.
     *
     * @return false at the end
     * @throws IllegalStateException when it was not {@link #dump} that was started last
     */
    public boolean next(InetSocketView view) throws IOException {
        if (dumping != AF_INET && dumping != AF_INET6) {
            throw new IllegalStateException("no dump of Internet sockets was started: dump(query)");
        }
        while (netlink.next()) {
            view.set(netlink.message(), query.protocol());
            if (query.matches(view)) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #next(InetSocketView)} after {@link #dumpUnix}. */
    public boolean next(UnixSocketView view) throws IOException {
        return next(view, Linux.AF_UNIX, "dumpUnix");
    }

    /** As {@link #next(InetSocketView)} after {@link #dumpPacket}. */
    public boolean next(PacketSocketView view) throws IOException {
        return next(view, Linux.AF_PACKET, "dumpPacket");
    }

    /** As {@link #next(InetSocketView)} after {@link #dumpNetlink}. */
    public boolean next(NetlinkSocketView view) throws IOException {
        return next(view, Linux.AF_NETLINK, "dumpNetlink");
    }

    private boolean next(SocketView view, int family, String method) throws IOException {
        if (dumping != family) {
            throw new IllegalStateException("no dump of such sockets was started: " + method);
        }
        if (!netlink.next()) {
            return false;
        }
        view.set(netlink.message());
        return true;
    }

    // ---- one socket ----------------------------------------------------------------------------------------------

    /**
     * The one socket with these addresses, looked up as the kernel does for a packet: without an established one it may be
     * a listener.
     *
     * @param protocol IPPROTO_TCP, IPPROTO_UDP …
     * @param local of the socket
     * @param remote of the socket, of the same family
     * @return null when there is none
     */
    public @Nullable InetSocketView find(int protocol, InetSocketAddress local, InetSocketAddress remote)
            throws IOException {
        InetQuery wanted = InetQuery.of(Route.family(local.getAddress()), protocol);
        DiagRequests.exact(netlink.request(Linux.SOCK_DIAG_BY_FAMILY, 0), wanted, local, remote);
        return one(protocol);
    }

    /**
     * The MPTCP connection with this token: all of it, where a look for its addresses finds one of its subflows.
     *
     * @param token of {@link io.sockfd.option.MptcpOptions#MPTCP_INFO}, unsigned
     * @return null when there is none
     * @throws IllegalArgumentException when it is no unsigned number of 32 bits
     */
    public @Nullable InetSocketView mptcp(long token) throws IOException {
        if (token >>> Integer.SIZE != 0) {
            throw new IllegalArgumentException("a token has 32 bits: " + token);
        }
        DiagRequests.mptcp(netlink.request(Linux.SOCK_DIAG_BY_FAMILY, 0), (int) token);
        return one(Linux.IPPROTO_MPTCP);
    }

    private @Nullable InetSocketView one(int protocol) throws IOException {
        dumping = 0;
        try {
            return Dump.one(netlink, message -> {
                InetSocketView view = new InetSocketView();
                view.set(message, protocol);
                return view.copy();
            });
        } catch (NetlinkException e) {
            if (e.errno().value() == Linux.ENOENT) {
                return null;
            }
            throw e;
        }
    }

    /**
     * Ends a socket whoever has it, as {@code ss -K}: its owner's calls fail with ECONNABORTED, and TCP's peer gets a
     * reset. The cookie makes sure that it is this one and no later one with the same addresses.
     *
     * @param socket a TCP, UDP or raw socket; others give EOPNOTSUPP, as does a kernel without CONFIG_INET_DIAG_DESTROY
     * @throws NetlinkException EPERM without CAP_NET_ADMIN, ENOENT when it is gone
     */
    public void destroy(InetSocketView socket) throws IOException {
        NetlinkRequest request = netlink.request(Linux.SOCK_DESTROY, 0).describe("SOCK_DESTROY", socket.toString());
        InetQuery wanted = new InetQuery(socket.family(), socket.protocol(), 1 << socket.state(), 0, 0, 0);
        int id = DiagRequests.inet(request, wanted);
        request.buffer().put(id, socket.buffer(), socket.at + InetDiagMsg.ID, DiagRequests.ID_SIZE);
        dumping = 0;
        netlink.execute();
    }

    /** The socket: its options and its descriptor. */
    public Socket socket() {
        return netlink.socket();
    }

    @Override
    public void close() throws IOException {
        netlink.close();
    }
}
