package io.sockfd.netlink;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Rtmsg;
import io.sockfd.raw.struct.Rtnexthop;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A route as RTM_NEWROUTE tells it, and as it is added: {@code Route.to(network, 24).via(gateway).dev(index)}.
 *
 * @param destination the network; {@code 0.0.0.0} or {@code ::} with length 0 for the default
 * @param prefixLength bits of the network
 * @param gateway the next hop, which may be of IPv6 for a route of IPv4; null for a direct route
 * @param outputIndex the interface; 0 when not told
 * @param preferredSource the source address that is chosen; null when not told
 * @param metric the priority, lower is better; 0 when not told, and when adding for the kernel's own
 * @param table an {@code RT_TABLE_} number
 * @param protocol who added it, an {@code RTPROT_} number
 * @param scope an {@code RT_SCOPE_} number; -1 when adding for what fits
 * @param type an {@code RTN_} number
 * @param tos type of service
 * @param flags {@code RTNH_F_} and {@code RTM_F_} flags
 * @param mtu its MTU (RTAX_MTU); 0 when not told
 * @param uid for whom it was looked up; -1 when not told
 * @param hops the ways of a route of several; empty for others
 */
public record Route(
        InetAddress destination,
        int prefixLength,
        @Nullable InetAddress gateway,
        int outputIndex,
        @Nullable InetAddress preferredSource,
        long metric,
        int table,
        int protocol,
        int scope,
        int type,
        int tos,
        int flags,
        long mtu,
        int uid,
        List<Hop> hops) {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BYTES = 16;

    /** Takes a copy of the list, and checks the prefix. */
    public Route {
        hops = List.copyOf(hops);
        if (prefixLength < 0 || prefixLength > destination.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("a prefix of " + prefixLength + " bits of " + destination);
        }
    }

    /**
     * One of several ways.
     *
     * @param gateway the next hop; null for a direct one
     * @param outputIndex the interface
     * @param weight how much of the traffic it gets, from 1
     * @param flags {@code RTNH_F_} flags
     */
    public record Hop(@Nullable InetAddress gateway, int outputIndex, int weight, int flags) {}

    /** A route in the main table to a network, to be added: RTPROT_BOOT, as ip(8) does. */
    public static Route to(InetAddress destination, int prefixLength) {
        Builder builder = new Builder(destination);
        builder.prefixLength = prefixLength;
        builder.table = Linux.RT_TABLE_MAIN;
        builder.protocol = Linux.RTPROT_BOOT;
        builder.scope = -1;
        builder.type = Linux.RTN_UNICAST;
        return builder.build();
    }

    /** The same through a gateway. */
    public Route via(InetAddress next) {
        return but(builder -> builder.gateway = next);
    }

    /** The same through an interface. */
    public Route dev(int index) {
        return but(builder -> builder.outputIndex = index);
    }

    /** The same from a source address. */
    public Route from(InetAddress source) {
        return but(builder -> builder.preferredSource = source);
    }

    /** The same with a metric. */
    public Route metric(long priority) {
        return but(builder -> builder.metric = priority);
    }

    /** The same in another table, an {@code RT_TABLE_} number or any other. */
    public Route table(int number) {
        return but(builder -> builder.table = number);
    }

    /** The same of another type: RTN_BLACKHOLE, RTN_UNREACHABLE … */
    public Route type(int number) {
        return but(builder -> builder.type = number);
    }

    /** The same by several ways. */
    public Route hops(List<Hop> ways) {
        return but(builder -> builder.hops = ways);
    }

    private Route but(Consumer<Builder> change) {
        Builder builder = new Builder(this);
        change.accept(builder);
        return builder.build();
    }

    /** AF_INET or AF_INET6. */
    public int family() {
        return family(destination);
    }

    static int family(InetAddress address) {
        return address instanceof Inet4Address ? Linux.AF_INET : Linux.AF_INET6;
    }

    static Route decode(NetlinkMessage message) throws MalformedMessageException {
        return new Decoder(message).decode();
    }

    /** A route that is not whole yet. The defaults are what is not told. */
    private static final class Builder {
        InetAddress destination;
        int prefixLength;

        @Nullable
        InetAddress gateway;

        int outputIndex;

        @Nullable
        InetAddress preferredSource;

        long metric;
        int table;
        int protocol;
        int scope;
        int type;
        int tos;
        int flags;
        long mtu;
        int uid = -1;
        List<Hop> hops = List.of();

        Builder(InetAddress destination) {
            this.destination = destination;
        }

        Builder(Route route) {
            destination = route.destination;
            prefixLength = route.prefixLength;
            gateway = route.gateway;
            outputIndex = route.outputIndex;
            preferredSource = route.preferredSource;
            metric = route.metric;
            table = route.table;
            protocol = route.protocol;
            scope = route.scope;
            type = route.type;
            tos = route.tos;
            flags = route.flags;
            mtu = route.mtu;
            uid = route.uid;
            hops = route.hops;
        }

        Route build() {
            return new Route(
                    destination,
                    prefixLength,
                    gateway,
                    outputIndex,
                    preferredSource,
                    metric,
                    table,
                    protocol,
                    scope,
                    type,
                    tos,
                    flags,
                    mtu,
                    uid,
                    hops);
        }
    }

    /** The attributes in whatever order they come. */
    private static final class Decoder {
        private final NetlinkMessage message;
        private final int bits;
        private final Builder route;

        Decoder(NetlinkMessage message) throws MalformedMessageException {
            this.message = message;
            int at = message.atLeast(Rtmsg.SIZE);
            int family = Rtmsg.rtm_family(message.buffer(), at);
            if (family != Linux.AF_INET && family != Linux.AF_INET6) {
                throw new MalformedMessageException("a route of address family " + family);
            }
            bits = family == Linux.AF_INET ? IPV4_BITS : IPV6_BYTES * Byte.SIZE;
            route = new Builder(Attributes.inetAddress(new byte[bits / Byte.SIZE]));
            route.table = Rtmsg.rtm_table(message.buffer(), at);
        }

        Route decode() throws MalformedMessageException {
            Attributes a = message.attributes(Rtmsg.SIZE);
            while (a.next()) {
                attribute(a);
            }
            ByteBuffer b = message.buffer();
            int at = message.payloadOffset();
            int length = Rtmsg.rtm_dst_len(b, at);
            if (length > bits || route.destination.getAddress().length != bits / Byte.SIZE) {
                throw new MalformedMessageException("a route to " + length + " bits of " + route.destination);
            }
            route.prefixLength = length;
            route.protocol = Rtmsg.rtm_protocol(b, at);
            route.scope = Rtmsg.rtm_scope(b, at);
            route.type = Rtmsg.rtm_type(b, at);
            route.tos = Rtmsg.rtm_tos(b, at);
            route.flags = Rtmsg.rtm_flags(b, at);
            return route.build();
        }

        private void attribute(Attributes a) throws MalformedMessageException {
            switch (a.type()) {
                case Linux.RTA_DST -> route.destination = a.inetAddress();
                case Linux.RTA_GATEWAY -> route.gateway = a.inetAddress();
                case Linux.RTA_VIA -> route.gateway = via(a);
                case Linux.RTA_PREFSRC -> route.preferredSource = a.inetAddress();
                case Linux.RTA_OIF -> route.outputIndex = a.s32();
                case Linux.RTA_PRIORITY -> route.metric = a.u32();
                case Linux.RTA_TABLE -> route.table = a.s32();
                case Linux.RTA_UID -> route.uid = a.s32();
                case Linux.RTA_METRICS -> metrics(a.nested());
                case Linux.RTA_MULTIPATH -> multipath(a);
                default -> {}
            }
        }

        private void metrics(Attributes a) throws MalformedMessageException {
            while (a.next()) {
                if (a.type() == Linux.RTAX_MTU) {
                    route.mtu = a.u32();
                }
            }
        }

        /** struct rtvia: a family of 2 bytes, then the address. */
        private static InetAddress via(Attributes a) throws MalformedMessageException {
            int unused = a.atLeast(Short.BYTES);
            byte[] address = Arrays.copyOfRange(a.bytes(), Short.BYTES, a.length());
            if (address.length != IPV4_BITS / Byte.SIZE && address.length != IPV6_BYTES) {
                throw new MalformedMessageException("RTA_VIA has an address of " + address.length + " bytes");
            }
            return Attributes.inetAddress(address);
        }

        /** An array of struct rtnexthop, each with attributes of its own. */
        private void multipath(Attributes a) throws MalformedMessageException {
            ByteBuffer b = a.buffer();
            int end = a.offset() + a.length();
            List<Hop> hops = new ArrayList<>(route.hops);
            Attributes inner = new Attributes();
            int at = a.offset();
            while (at < end) {
                int size = end - at < Rtnexthop.SIZE ? 0 : Rtnexthop.rtnh_len(b, at);
                if (size < Rtnexthop.SIZE || size > end - at) {
                    throw new MalformedMessageException(
                            "a next hop says that it has " + size + " bytes and " + (end - at) + " are left");
                }
                InetAddress next = null;
                inner.set(b, at + Rtnexthop.SIZE, at + size);
                while (inner.next()) {
                    if (inner.type() == Linux.RTA_GATEWAY) {
                        next = inner.inetAddress();
                    } else if (inner.type() == Linux.RTA_VIA) {
                        next = via(inner);
                    }
                }
                int weight = Rtnexthop.rtnh_hops(b, at) + 1;
                hops.add(new Hop(next, Rtnexthop.rtnh_ifindex(b, at), weight, Rtnexthop.rtnh_flags(b, at)));
                at += Attributes.align(size);
            }
            route.hops = hops;
        }
    }
}
