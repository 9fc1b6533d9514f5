package io.sockfd.netlink;

import static io.sockfd.raw.Linux.RTN_ANYCAST;
import static io.sockfd.raw.Linux.RTN_BROADCAST;
import static io.sockfd.raw.Linux.RTN_LOCAL;
import static io.sockfd.raw.Linux.RTN_MULTICAST;
import static io.sockfd.raw.Linux.RTN_UNICAST;
import static io.sockfd.raw.Linux.RT_SCOPE_HOST;
import static io.sockfd.raw.Linux.RT_SCOPE_LINK;
import static io.sockfd.raw.Linux.RT_SCOPE_NOWHERE;
import static io.sockfd.raw.Linux.RT_SCOPE_UNIVERSE;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Rtmsg;
import io.sockfd.raw.struct.Rtnexthop;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** Routes on their way to the kernel. */
final class RouteRequests {
    private static final int SMALL_TABLES = 256;

    private RouteRequests() {}

    static List<Route> list(Netlink netlink, int family) throws IOException {
        Dump.Request request = () -> {
            NetlinkRequest r = netlink.dump(Linux.RTM_GETROUTE, 0).describe("RTM_GETROUTE", "all");
            int at = r.struct(Rtmsg.SIZE);
            Rtmsg.rtm_family(r.buffer(), at, family);
        };
        return Dump.list(netlink, request, message -> {
            int at = message.atLeast(Rtmsg.SIZE);
            // a kernel without IPv6 answers with all that it has
            return Rtmsg.rtm_family(message.buffer(), at) == family ? Route.decode(message) : null;
        });
    }

    static void get(Netlink netlink, InetAddress destination) {
        NetlinkRequest request =
                netlink.request(Linux.RTM_GETROUTE, 0).describe("RTM_GETROUTE", destination.getHostAddress());
        int at = request.struct(Rtmsg.SIZE);
        Rtmsg.rtm_family(request.buffer(), at, Route.family(destination));
        Rtmsg.rtm_dst_len(request.buffer(), at, destination.getAddress().length * Byte.SIZE);
        Rtmsg.rtm_flags(request.buffer(), at, Linux.RTM_F_LOOKUP_TABLE);
        request.inetAddress(Linux.RTA_DST, destination);
    }

    static void write(NetlinkRequest request, String call, Route route) {
        request.describe(call, route.destination().getHostAddress() + "/" + route.prefixLength());
        int at = request.struct(Rtmsg.SIZE);
        ByteBuffer b = request.buffer();
        Rtmsg.rtm_family(b, at, route.family());
        Rtmsg.rtm_dst_len(b, at, route.prefixLength());
        Rtmsg.rtm_tos(b, at, route.tos());
        Rtmsg.rtm_table(b, at, route.table() < SMALL_TABLES ? route.table() : Linux.RT_TABLE_UNSPEC);
        Rtmsg.rtm_protocol(b, at, route.protocol());
        Rtmsg.rtm_type(b, at, route.type());
        Rtmsg.rtm_scope(b, at, scope(route, call.equals("RTM_DELROUTE")));
        Rtmsg.rtm_flags(b, at, route.flags());
        request.u32(Linux.RTA_TABLE, route.table());
        if (route.prefixLength() > 0) {
            request.inetAddress(Linux.RTA_DST, route.destination());
        }
        InetAddress source = route.preferredSource();
        if (source != null) {
            request.inetAddress(Linux.RTA_PREFSRC, source);
        }
        if (route.outputIndex() != 0) {
            request.u32(Linux.RTA_OIF, route.outputIndex());
        }
        if (route.metric() != 0) {
            request.u32(Linux.RTA_PRIORITY, (int) route.metric());
        }
        if (route.mtu() != 0) {
            request.begin(Linux.RTA_METRICS)
                    .u32(Linux.RTAX_MTU, (int) route.mtu())
                    .end();
        }
        gateway(request, route.gateway(), route.family());
        if (!route.hops().isEmpty()) {
            multipath(request, route);
        }
    }

    private static void gateway(
            NetlinkRequest request, @org.jspecify.annotations.Nullable InetAddress gateway, int family) {
        if (gateway == null) {
            return;
        } else if (Route.family(gateway) == family) {
            request.inetAddress(Linux.RTA_GATEWAY, gateway);
            return;
        }
        byte[] address = gateway.getAddress();
        int at = request.attribute(Linux.RTA_VIA, Short.BYTES + address.length); // struct rtvia
        request.buffer().putShort(at, (short) Route.family(gateway));
        request.buffer().put(at + Short.BYTES, address);
    }

    private static void multipath(NetlinkRequest request, Route route) {
        request.beginUnmarked(Linux.RTA_MULTIPATH);
        for (Route.Hop hop : route.hops()) {
            int at = request.struct(Rtnexthop.SIZE);
            gateway(request, hop.gateway(), route.family());
            Rtnexthop.rtnh_len(request.buffer(), at, request.length() - at);
            Rtnexthop.rtnh_flags(request.buffer(), at, hop.flags());
            Rtnexthop.rtnh_hops(request.buffer(), at, hop.weight() - 1);
            Rtnexthop.rtnh_ifindex(request.buffer(), at, hop.outputIndex());
        }
        request.end();
    }

    /** As ip(8) chooses it: how far away the destination is. */
    private static int scope(Route route, boolean delete) {
        if (route.scope() >= 0) {
            return route.scope();
        } else if (route.family() == Linux.AF_INET6) {
            return RT_SCOPE_UNIVERSE;
        } else if (delete) {
            return RT_SCOPE_NOWHERE; // any
        } else if (route.type() == RTN_LOCAL) {
            return RT_SCOPE_HOST;
        }
        boolean direct = route.type() == RTN_UNICAST
                && route.gateway() == null
                && route.hops().isEmpty();
        boolean many = route.type() == RTN_BROADCAST || route.type() == RTN_MULTICAST || route.type() == RTN_ANYCAST;
        return direct || many ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
    }
}
