package io.sockfd.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Errno;
import io.sockfd.address.HardwareAddress;
import io.sockfd.netlink.Namespaces.Namespace;
import io.sockfd.raw.Linux;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links, addresses, routes and neighbours, against ip(8) for the same facts. */
@Timeout(60)
@Tag("once")
class RtNetlinkIT {
    private static final HardwareAddress MAC = HardwareAddress.parse("02:00:00:00:00:07");

    private static InetAddress ip(String text) throws java.io.IOException {
        return InetAddress.getByName(text);
    }

    private static long number(Map<String, Object> object, String name) {
        return (Long) object.getOrDefault(name, 0L);
    }

    private static String text(Map<String, Object> object, String name) {
        return object.getOrDefault(name, "").toString();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(Map<String, Object> object, String name) {
        return (Map<String, Object>) object.getOrDefault(name, Map.of());
    }

    // ---- the same facts ------------------------------------------------------------------------------------------

    private static void compareLinks(RtNetlink rt) throws Exception {
        List<Map<String, Object>> theirs = Tool.ip("link", "show");
        List<Link> ours = rt.links();
        assertEquals(theirs.size(), ours.size());
        for (int i = 0; i < ours.size(); i++) {
            Map<String, Object> expected = theirs.get(i);
            Link link = ours.get(i);
            String name = text(expected, "ifname");
            assertEquals(name, link.name());
            assertEquals(number(expected, "ifindex"), link.index(), name);
            assertEquals(number(expected, "mtu"), link.mtu(), name);
            assertEquals(text(expected, "address"), link.address().toString(), name);
            assertEquals(text(expected, "broadcast"), link.broadcast().toString(), name);
            assertEquals(text(expected, "qdisc"), link.qdisc(), name);
            assertEquals(number(expected, "txqlen"), link.txQueueLength(), name);
            assertEquals(number(expected, "promiscuity"), link.promiscuity(), name);
            assertEquals(number(expected, "min_mtu"), link.minMtu(), name);
            assertEquals(number(expected, "max_mtu"), link.maxMtu(), name);
            List<String> states =
                    List.of("UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP");
            assertEquals(text(expected, "operstate"), states.get(link.operState()), name);
            Object flags = expected.get("flags");
            assertEquals(flags instanceof List<?> list && list.contains("UP"), link.isUp(), name);
            assertEquals(flags instanceof List<?> list && list.contains("LOWER_UP"), link.hasCarrier(), name);
            assertEquals(text(expected, "link_type").equals("loopback"), link.isLoopback(), name);
            Map<String, Object> info = inner(expected, "linkinfo");
            assertEquals(text(info, "info_kind"), link.kind() == null ? "" : link.kind(), name);
            assertEquals(text(info, "info_slave_kind"), link.masterKind() == null ? "" : link.masterKind(), name);
            boolean vlan = "vlan".equals(link.kind());
            assertEquals(vlan ? number(inner(info, "info_data"), "id") : -1, link.vlanId(), name);
            if (expected.containsKey("link_index")) {
                assertEquals(number(expected, "link_index"), link.peer(), name);
                assertEquals(number(expected, "link_netnsid"), link.peerNetnsId(), name);
            } else if (expected.get("link") instanceof String other && !other.equals("null")) {
                assertEquals(rt.link(other).index(), link.peer(), name);
                assertEquals(-1, link.peerNetnsId());
            }
            String master = text(expected, "master");
            assertEquals(master.isEmpty() ? 0 : rt.link(master).index(), link.master(), name);
            assertEquals(link.name(), rt.link(link.index()).name());
        }
    }

    private static void compareAddresses(RtNetlink rt) throws Exception {
        Set<String> theirs = new TreeSet<>();
        for (Map<String, Object> link : Tool.ip("address", "show")) {
            for (Object one : (List<?>) link.getOrDefault("addr_info", List.of())) {
                @SuppressWarnings("unchecked")
                Map<String, Object> a = (Map<String, Object>) one;
                theirs.add(number(link, "ifindex") + " " + ip(text(a, "local")) + "/" + number(a, "prefixlen") + " "
                        + text(a, "label") + " " + (a.containsKey("broadcast") ? ip(text(a, "broadcast")) : null) + " "
                        + number(a, "valid_life_time") + " " + a.containsKey("tentative"));
            }
        }
        Set<String> ours = rt.addresses().stream()
                .map(a -> a.index() + " " + a.address() + "/" + a.prefixLength() + " " + a.label() + " " + a.broadcast()
                        + " " + a.validSeconds() + " " + a.isTentative())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(theirs, ours);
    }

    private static void compareRoutes(RtNetlink rt) throws Exception {
        Set<String> theirs = new TreeSet<>();
        for (String family : List.of("-4", "-6")) {
            for (Map<String, Object> r : Tool.ip(family, "-N", "route", "show", "table", "all")) {
                String to = text(r, "dst");
                String zero = family.equals("-4") ? "0.0.0.0" : "::";
                String[] prefix = (to.equals("default") ? zero + "/0" : to).split("/", 2);
                String bits = prefix.length == 2 ? prefix[1] : family.equals("-4") ? "32" : "128";
                Map<String, Object> via = inner(r, "via");
                String gateway = via.isEmpty() ? text(r, "gateway") : text(via, "host");
                theirs.add(ip(prefix[0]) + "/" + bits + " via " + (gateway.isEmpty() ? null : ip(gateway)) + " "
                        + text(r, "dev") + " " + number(r, "metric") + " "
                        + (r.containsKey("prefsrc") ? ip(text(r, "prefsrc")) : null) + " "
                        + (r.get("nexthops") instanceof List<?> hops ? hops.size() : 0));
            }
        }
        Set<String> ours = new TreeSet<>();
        for (Route r : rt.routes()) {
            ours.add(r.destination() + "/" + r.prefixLength() + " via " + r.gateway() + " "
                    + (r.outputIndex() == 0 ? "" : rt.link(r.outputIndex()).name()) + " " + r.metric() + " "
                    + r.preferredSource() + " " + r.hops().size());
        }
        assertEquals(theirs, ours);
    }

    @Test
    void thisNamespaceIsAsIpSays() throws Exception {
        try (RtNetlink rt = RtNetlink.open()) {
            compareLinks(rt);
            compareAddresses(rt);
            compareRoutes(rt);
            assertTrue(rt.link("lo").isLoopback());
            LinkStats stats = rt.link("lo").stats();
            assertNotNull(stats);
            assertEquals(stats.rxBytes(), stats.txBytes());
            Route loopback = rt.route(ip("127.0.0.1"));
            assertEquals(Linux.RTN_LOCAL, loopback.type());
            assertEquals(rt.link("lo").index(), loopback.outputIndex());
        }
    }

    @Test
    void anOwnNamespaceIsAsIpSays() throws Exception {
        try (Namespaces net = Namespaces.pair()) {
            Namespace here = net.get(0);
            RtNetlink rt = here.rt();
            int wire = rt.link("right").index();
            rt.create(NewLink.veth("a", "b").mtu(1400).peerAddress(MAC).up());
            rt.setUp(rt.link("b").index());
            int dummy = rt.link("a").index();
            int bridge = creates(rt, NewLink.bridge("br0").address(MAC).up())
                    ? rt.link("br0").index()
                    : 0;
            if (bridge != 0) {
                rt.create(NewLink.veth("c", "d").master(bridge));
                assertEquals(bridge, rt.link("c").master());
            }
            if (creates(rt, NewLink.vlan("right.7", wire, 7).up())) {
                assertEquals(7, rt.link("right.7").vlanId());
                assertEquals(wire, rt.link("right.7").peer());
            }
            if (creates(rt, NewLink.of("vrf0", "vrf", r -> r.u32(Linux.IFLA_VRF_TABLE, 100)))) {
                assertEquals("vrf", rt.link("vrf0").kind());
            }
            if (creates(rt, NewLink.dummy("dummy0").mtu(1300).up())) {
                assertEquals(1300, rt.link("dummy0").mtu());
            }
            rt.addAddress(dummy, ip("192.0.2.1"), 24);
            rt.addAddress(dummy, ip("2001:db8::1"), 64, Linux.IFA_F_NODAD);
            InetAddress next = ip("10.99.0.2");
            InetAddress next6 = ip("fd99:0::2");
            rt.addRoute(Route.to(ip("198.51.100.0"), 24).via(next).metric(50).from(ip("192.0.2.1")));
            rt.addRoute(Route.to(ip("198.51.101.0"), 24).table(1000).dev(wire));
            rt.addRoute(Route.to(ip("198.51.102.0"), 24).type(Linux.RTN_BLACKHOLE));
            rt.addRoute(Route.to(ip("198.51.103.0"), 24).via(next6).dev(wire));
            rt.addRoute(Route.to(ip("0.0.0.0"), 0)
                    .hops(List.of(new Route.Hop(next, wire, 3, 0), new Route.Hop(ip("192.0.2.9"), dummy, 1, 0))));
            rt.addRoute(Route.to(ip("2001:db8:1::"), 48).via(next6).metric(7));
            here.run(() -> {
                compareLinks(rt);
                compareAddresses(rt);
                compareRoutes(rt);
            });
            assertEquals(1, rt.routes(1000).size());
            Route byDefault = rt.routes().stream()
                    .filter(r -> !r.hops().isEmpty())
                    .findFirst()
                    .orElseThrow();
            assertEquals(3, byDefault.hops().get(0).weight());
            assertEquals(next, byDefault.hops().get(0).gateway());
            assertEquals(next6, rt.route(ip("198.51.103.9")).gateway());
            assertEquals(2, rt.addresses(dummy).size() - linkLocal(rt, dummy));
            assertEquals(MAC, rt.link("b").address());
            assertEquals(1400, rt.link("b").mtu());
            NetlinkException e = assertThrows(NetlinkException.class, () -> rt.route(ip("198.51.102.1")));
            assertEquals(Errno.EINVAL, e.errno(), "a blackhole");
        }
    }

    /** False where the kernel was built without this kind. */
    private static boolean creates(RtNetlink rt, NewLink link) throws java.io.IOException {
        try {
            rt.create(link);
            return true;
        } catch (NetlinkException e) {
            assertEquals(Errno.EOPNOTSUPP, e.errno(), e.getMessage());
            return false;
        }
    }

    private static long linkLocal(RtNetlink rt, int index) throws java.io.IOException {
        return rt.addresses(index).stream()
                .filter(a -> a.address().isLinkLocalAddress())
                .count();
    }

    // ---- changes -------------------------------------------------------------------------------------------------

    @Test
    void everyChangeAndItsUndoing() throws Exception {
        try (Namespaces net = Namespaces.row(2)) {
            RtNetlink rt = net.get(0).rt();
            rt.create(NewLink.veth("d", "end"));
            rt.setUp(rt.link("end").index());
            int d = rt.link("d").index();
            assertFalse(rt.link(d).isUp());
            rt.setUp(d);
            assertTrue(rt.link(d).isUp());
            rt.setDown(d);
            assertFalse(rt.link(d).isUp());
            rt.setMtu(d, 1234);
            rt.setAddress(d, MAC);
            rt.setName(d, "e");
            assertEquals(1234, rt.link("e").mtu());
            assertEquals(MAC, rt.link("e").address());
            if (creates(rt, NewLink.bridge("br"))) {
                rt.setMaster(d, rt.link("br").index());
                assertEquals("bridge", rt.link(d).masterKind());
                rt.setMaster(d, 0);
            }
            assertEquals(0, rt.link(d).master());
            assertNull(rt.link(d).masterKind());
            rt.setUp(d);
            rt.addAddress(d, ip("192.0.2.1"), 24);
            Route route = Route.to(ip("198.51.100.0"), 24).dev(d);
            rt.addRoute(route);
            assertEquals(d, rt.route(ip("198.51.100.1")).outputIndex());
            rt.deleteRoute(route);
            assertEquals(
                    Errno.ENETUNREACH,
                    assertThrows(NetlinkException.class, () -> rt.route(ip("198.51.100.1")))
                            .errno());
            rt.deleteAddress(d, ip("192.0.2.1"), 24);
            assertEquals(linkLocal(rt, d), rt.addresses(d).size());
            rt.setNetns(d, net.get(1).netns());
            assertEquals(
                    Errno.ENODEV,
                    assertThrows(NetlinkException.class, () -> rt.link("e")).errno());
            RtNetlink other = net.get(1).rt();
            int there = other.link("e").index();
            other.deleteLink(there);
            assertEquals(
                    Errno.ENODEV,
                    assertThrows(NetlinkException.class, () -> other.link(there))
                            .errno());
            // both ends of a veth go together
            rt.deleteLink(rt.link("right").index());
            assertThrows(NetlinkException.class, () -> other.link("left"));
        }
    }

    @Test
    void refusalsSayWhy() throws Exception {
        try (Namespaces net = Namespaces.pair()) {
            RtNetlink rt = net.get(0).rt();
            int wire = rt.link("right").index();
            NetlinkException e = assertThrows(NetlinkException.class, () -> rt.setMtu(wire, 10));
            assertEquals(Errno.EINVAL, e.errno());
            assertTrue(e.extendedAck().text().contains("mtu"), e.getMessage());
            e = assertThrows(NetlinkException.class, () -> rt.create(NewLink.of("x", "no-such-kind", null)));
            assertEquals(Errno.EOPNOTSUPP, e.errno());
            assertEquals("Unknown device type", e.extendedAck().text());
            e = assertThrows(NetlinkException.class, () -> rt.create(NewLink.dummy("right")));
            assertEquals(Errno.EEXIST, e.errno());
            assertEquals("RTM_NEWLINK", e.call());
            e = assertThrows(NetlinkException.class, () -> rt.addAddress(wire, ip("10.99.0.1"), 24));
            assertEquals(Errno.EEXIST, e.errno());
            e = assertThrows(
                    NetlinkException.class,
                    () -> rt.addRoute(Route.to(ip("10.0.0.0"), 8).via(ip("10.1.1.1"))));
            assertEquals(Errno.ENETUNREACH, e.errno());
            assertEquals("Nexthop has invalid gateway", e.extendedAck().text());
            e = assertThrows(NetlinkException.class, () -> rt.deleteRoute(Route.to(ip("10.0.0.0"), 8)));
            assertEquals(Errno.ESRCH, e.errno());
            // the offending attribute: a string where the kernel wants four bytes
            rt.netlink()
                    .request(Linux.RTM_NEWLINK, 0)
                    .describe("RTM_NEWLINK", "wrong")
                    .struct(16);
            NetlinkRequest request = rt.netlink().request(Linux.RTM_NEWLINK, 0).describe("RTM_NEWLINK", "wrong");
            int at = request.struct(io.sockfd.raw.struct.Ifinfomsg.SIZE);
            io.sockfd.raw.struct.Ifinfomsg.ifi_index(request.buffer(), at, wire);
            int offset = request.length();
            request.u8(Linux.IFLA_MTU, 1);
            e = assertThrows(NetlinkException.class, rt.netlink()::execute);
            assertEquals(offset, e.extendedAck().offset(), e.getMessage());
            assertEquals(Linux.IFLA_MTU, e.extendedAck().attributeType());
            assertEquals("right", rt.link(wire).name(), "and the connection goes on");
        }
    }

    @Test
    void neighboursAreAsIpSays() throws Exception {
        try (Namespaces net = Namespaces.pair();
                io.sockfd.Socket socket = net.get(0).call(io.sockfd.Socket::udp);
                io.sockfd.Socket peer =
                        net.get(1).call(io.sockfd.Socket::udp).bind(new java.net.InetSocketAddress(net.left4(1), 0))) {
            int unused = socket.sendTo(java.nio.ByteBuffer.allocate(1), peer.getLocalAddress(), 0);
            java.net.SocketAddress from =
                    peer.timeout(java.time.Duration.ofSeconds(10)).receive(java.nio.ByteBuffer.allocate(1));
            assertNotNull(from);
            RtNetlink rt = net.get(0).rt();
            Neighbour neighbour = rt.neighbours().stream()
                    .filter(n -> n.address().equals(addressOf(peer)))
                    .findFirst()
                    .orElseThrow();
            assertEquals(net.get(1).rt().link("left").address(), neighbour.hardware());
            assertNotEquals(0, neighbour.state() & (Linux.NUD_REACHABLE | Linux.NUD_STALE | Linux.NUD_DELAY));
            net.get(0).run(() -> {
                Map<String, Object> theirs = Tool.ip("neighbour", "show", "dev", "right").stream()
                        .filter(n -> text(n, "dst").equals("10.99.0.2"))
                        .findFirst()
                        .orElseThrow();
                assertEquals(text(theirs, "lladdr"), neighbour.hardware().toString());
            });
        }
    }

    private static InetAddress addressOf(io.sockfd.Socket socket) {
        try {
            return ((java.net.InetSocketAddress) socket.getLocalAddress()).getAddress();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anOrdinaryUserMayLookAndNotTouch() throws Exception {
        try (RtNetlink rt = RtNetlink.open()) {
            org.junit.jupiter.api.Assumptions.assumeFalse(
                    "root".equals(System.getProperty("user.name")), "root may do everything");
            NetlinkException e = assertThrows(NetlinkException.class, () -> rt.create(NewLink.dummy("d")));
            assertEquals(Errno.EPERM, e.errno());
        }
    }
}
