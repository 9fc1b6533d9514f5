package io.sockfd.netlink;

import static io.sockfd.raw.Linux.AF_INET;
import static io.sockfd.raw.Linux.AF_INET6;
import static io.sockfd.raw.Linux.NLM_F_CREATE;
import static io.sockfd.raw.Linux.NLM_F_EXCL;

import io.sockfd.Descriptor;
import io.sockfd.Socket;
import io.sockfd.address.HardwareAddress;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Ifaddrmsg;
import io.sockfd.raw.struct.Ifinfomsg;
import io.sockfd.raw.struct.Ndmsg;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Links, addresses, routes and neighbours: what ip(8) does, without ip(8).
 *
 * <pre>{@code
 * try (RtNetlink rt = RtNetlink.open()) {
 *     rt.create(NewLink.dummy("dummy0").up());
 *     rt.addAddress(rt.link("dummy0").index(), InetAddress.getByName("192.0.2.1"), 24);
 * }
 * }</pre>
 *
 * <p>It looks at the network namespace of the thread that called {@link #open}. Reading needs no privilege, changing needs
 * CAP_NET_ADMIN in that namespace ({@link NetlinkException}, EPERM). Lists are consistent: a dump during which the table
 * changed is repeated, up to {@value Dump#ATTEMPTS} times, and then fails with EINTR.
 *
 * <p>For one thread at a time.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>
 */
public final class RtNetlink implements AutoCloseable {
    private final Netlink netlink;

    private RtNetlink(Netlink netlink) {
        this.netlink = netlink;
    }

    /** Opens a connection to the calling thread's network namespace. */
    public static RtNetlink open() throws IOException {
        return new RtNetlink(Netlink.open(Linux.NETLINK_ROUTE));
    }

    /** The connection, for requests that have no method here. */
    public Netlink netlink() {
        return netlink;
    }

    // ---- links ---------------------------------------------------------------------------------------------------

    /** All interfaces. */
    public List<Link> links() throws IOException {
        return Dump.list(netlink, () -> linkRequest(netlink.dump(Linux.RTM_GETLINK, 0), 0), Link::decode);
    }

    /**
     * One interface.
     *
     * @throws NetlinkException ENODEV when there is none with this index
     */
    public Link link(int index) throws IOException {
        linkRequest(get(Linux.RTM_GETLINK, "RTM_GETLINK", "interface " + index), index);
        return Dump.one(netlink, Link::decode);
    }

    /**
     * One interface.
     *
     * @param name its name or one of its alternative names
     * @throws NetlinkException ENODEV when there is none with this name
     */
    public Link link(String name) throws IOException {
        NetlinkRequest request = get(Linux.RTM_GETLINK, "RTM_GETLINK", name);
        linkRequest(request, 0);
        boolean alternative = name.getBytes(StandardCharsets.UTF_8).length >= Linux.IFNAMSIZ;
        request.string(alternative ? Linux.IFLA_ALT_IFNAME : Linux.IFLA_IFNAME, name);
        return Dump.one(netlink, Link::decode);
    }

    /**
     * Makes an interface.
     *
     * @throws NetlinkException EEXIST when the name is taken, EOPNOTSUPP when the kernel does not know the kind
     */
    public void create(NewLink link) throws IOException {
        NetlinkRequest request = netlink.request(Linux.RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
        request.describe("RTM_NEWLINK", link.name());
        link.write(request, netlink::execute);
    }

    /** Removes an interface, and of a veth the other end with it. */
    public void deleteLink(int index) throws IOException {
        linkRequest(change(Linux.RTM_DELLINK, 0, "RTM_DELLINK", index), index);
        netlink.execute();
    }

    /** Switches an interface on. */
    public void setUp(int index) throws IOException {
        setFlags(index, Linux.IFF_UP, Linux.IFF_UP);
    }

    /** Switches an interface off. */
    public void setDown(int index) throws IOException {
        setFlags(index, 0, Linux.IFF_UP);
    }

    /**
     * Sets some of an interface's flags.
     *
     * @param flags their new values, {@code IFF_}
     * @param mask which ones change
     */
    public void setFlags(int index, int flags, int mask) throws IOException {
        NetlinkRequest request = change(Linux.RTM_NEWLINK, 0, "RTM_NEWLINK", index);
        int at = linkRequest(request, index);
        Ifinfomsg.ifi_flags(request.buffer(), at, flags);
        Ifinfomsg.ifi_change(request.buffer(), at, mask);
        netlink.execute();
    }

    /** Sets the MTU, in bytes. */
    public void setMtu(int index, int mtu) throws IOException {
        modify(index).u32(Linux.IFLA_MTU, mtu);
        netlink.execute();
    }

    /** Sets the link-layer address. */
    public void setAddress(int index, HardwareAddress address) throws IOException {
        modify(index).bytes(Linux.IFLA_ADDRESS, address.bytes());
        netlink.execute();
    }

    /** Puts an interface into a bridge, bond or VRF; 0 takes it out. */
    public void setMaster(int index, int master) throws IOException {
        modify(index).u32(Linux.IFLA_MASTER, master);
        netlink.execute();
    }

    /** Renames an interface; before Linux 6.2 it must be down. */
    public void setName(int index, String name) throws IOException {
        modify(index).string(Linux.IFLA_IFNAME, NewLink.checkName(name));
        netlink.execute();
    }

    /**
     * Moves an interface into another network namespace, where it may get another index and is down.
     *
     * @param netns that namespace, a {@code NetworkNamespace} of {@code io.sockfd.netns} for instance
     * @throws java.nio.channels.ClosedChannelException when it was closed
     * @throws NetlinkException EINVAL for an interface that cannot leave its namespace, such as {@code lo}; EEXIST when the
     *     name is taken there
     */
    public void setNetns(int index, Descriptor netns) throws IOException {
        try (Descriptor.Hold hold = netns.hold()) {
            modify(index).u32(Linux.IFLA_NET_NS_FD, hold.fd());
            netlink.execute();
        }
    }

    private NetlinkRequest modify(int index) {
        NetlinkRequest request = change(Linux.RTM_NEWLINK, 0, "RTM_NEWLINK", index);
        linkRequest(request, index);
        return request;
    }

    private static int linkRequest(NetlinkRequest request, int index) {
        int at = request.struct(Ifinfomsg.SIZE);
        Ifinfomsg.ifi_index(request.buffer(), at, index);
        return at;
    }

    // ---- addresses -----------------------------------------------------------------------------------------------

    /** All Internet addresses. */
    public List<LinkAddress> addresses() throws IOException {
        return addresses(0);
    }

    /** The Internet addresses of an interface; 0 is all. */
    public List<LinkAddress> addresses(int index) throws IOException {
        Dump.Request request = () -> {
            NetlinkRequest r = netlink.dump(Linux.RTM_GETADDR, 0).describe("RTM_GETADDR", "interface " + index);
            int at = r.struct(Ifaddrmsg.SIZE);
            Ifaddrmsg.ifa_index(r.buffer(), at, index);
        };
        List<LinkAddress> all = Dump.list(
                netlink,
                request,
                message -> Dump.isInternet(message, Ifaddrmsg.SIZE) ? LinkAddress.decode(message) : null);
        // kernels before strict checks list all
        return index == 0 ? all : all.stream().filter(a -> a.index() == index).toList();
    }

    /** As {@link #addAddress(int, InetAddress, int, int)} without flags. */
    public void addAddress(int index, InetAddress address, int prefixLength) throws IOException {
        addAddress(index, address, prefixLength, 0);
    }

    /**
     * Gives an interface an address.
     *
     * @param prefixLength bits of the network, which becomes a route
     * @param flags {@code IFA_F_} flags: with IFA_F_NODAD an IPv6 address can be used at once
     * @throws NetlinkException EEXIST when it is there
     */
    public void addAddress(int index, InetAddress address, int prefixLength, int flags) throws IOException {
        address(Linux.RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, "RTM_NEWADDR", index, address, prefixLength, flags);
    }

    /**
     * Takes an address away.
     *
     * @throws NetlinkException EADDRNOTAVAIL when it is not there
     */
    public void deleteAddress(int index, InetAddress address, int prefixLength) throws IOException {
        address(Linux.RTM_DELADDR, 0, "RTM_DELADDR", index, address, prefixLength, 0);
    }

    private void address(
            int type, int nlmFlags, String call, int index, InetAddress address, int prefixLength, int flags)
            throws IOException {
        NetlinkRequest request = netlink.request(type, nlmFlags)
                .describe(call, address.getHostAddress() + "/" + prefixLength + " on interface " + index);
        int at = request.struct(Ifaddrmsg.SIZE);
        Ifaddrmsg.ifa_family(request.buffer(), at, Route.family(address));
        Ifaddrmsg.ifa_prefixlen(request.buffer(), at, prefixLength);
        Ifaddrmsg.ifa_index(request.buffer(), at, index);
        request.inetAddress(Linux.IFA_LOCAL, address).inetAddress(Linux.IFA_ADDRESS, address);
        if (flags != 0) {
            request.u32(Linux.IFA_FLAGS, flags);
        }
        netlink.execute();
    }

    // ---- routes --------------------------------------------------------------------------------------------------

    /** The routes of IPv4 and IPv6 in all tables. */
    public List<Route> routes() throws IOException {
        List<Route> routes = new ArrayList<>(RouteRequests.list(netlink, AF_INET));
        routes.addAll(RouteRequests.list(netlink, AF_INET6));
        return routes;
    }

    /** The routes of one table, an {@code RT_TABLE_} number or any other. */
    public List<Route> routes(int table) throws IOException {
        return routes().stream().filter(route -> route.table() == table).toList();
    }

    /**
     * Which route a packet to {@code destination} would take.
     *
     * @throws NetlinkException ENETUNREACH, EHOSTUNREACH when there is none
     */
    public Route route(InetAddress destination) throws IOException {
        RouteRequests.get(netlink, destination);
        return Dump.one(netlink, Route::decode);
    }

    /**
     * Adds a route.
     *
     * @throws NetlinkException EEXIST when it is there, ENETUNREACH when the gateway cannot be reached
     */
    public void addRoute(Route route) throws IOException {
        RouteRequests.write(netlink.request(Linux.RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL), "RTM_NEWROUTE", route);
        netlink.execute();
    }

    /**
     * Removes the first route that is like this one; its scope and, where they are given, interface, gateway and metric
     * must agree.
     *
     * @throws NetlinkException ESRCH when there is none
     */
    public void deleteRoute(Route route) throws IOException {
        RouteRequests.write(netlink.request(Linux.RTM_DELROUTE, 0), "RTM_DELROUTE", route);
        netlink.execute();
    }

    // ---- neighbours ----------------------------------------------------------------------------------------------

    /** The neighbours of IPv4 and IPv6; {@code ip neighbour} hides those in state NUD_NOARP and NUD_NONE. */
    public List<Neighbour> neighbours() throws IOException {
        return Dump.list(
                netlink,
                () -> netlink.dump(Linux.RTM_GETNEIGH, 0)
                        .describe("RTM_GETNEIGH", "")
                        .struct(Ndmsg.SIZE),
                message -> Dump.isInternet(message, Ndmsg.SIZE) ? Neighbour.decode(message) : null);
    }

    // ---- the rest ------------------------------------------------------------------------------------------------

    private NetlinkRequest get(int type, String call, String what) {
        return netlink.request(type, 0).describe(call, what);
    }

    private NetlinkRequest change(int type, int flags, String call, int index) {
        return netlink.request(type, flags).describe(call, "interface " + index);
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
