package io.sockfd;

import io.sockfd.Option.Access;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@link java.net.StandardSocketOptions} and {@code jdk.net.ExtendedSocketOptions} with the JDK's types and
 * meanings, which differ from the kernel's in places. Those of jdk.net are found by name: the module may be absent.
 */
final class JdkOptions {
    private static final int MAX_LINGER = 65535;
    private static final int MAX_BYTE = 255;
    /** What the JDK itself raises smaller receive buffers to. */
    private static final int MIN_RCVBUF = 1024;

    private static final Map<String, Option<?>> INET = new HashMap<>();
    private static final Map<String, Option<?>> INET6 = new HashMap<>();

    static {
        // the kernel doubles what is set and returns that; the JDK halves it again
        both(Integer.class, "SO_SNDBUF", Linux.SOL_SOCKET, Linux.SO_SNDBUF, buffer(0));
        both(Integer.class, "SO_RCVBUF", Linux.SOL_SOCKET, Linux.SO_RCVBUF, buffer(MIN_RCVBUF));
        both(Boolean.class, "SO_KEEPALIVE", Linux.SOL_SOCKET, Linux.SO_KEEPALIVE, Codecs.BOOL);
        both(Boolean.class, "SO_BROADCAST", Linux.SOL_SOCKET, Linux.SO_BROADCAST, Codecs.BOOL);
        both(Boolean.class, "SO_REUSEADDR", Linux.SOL_SOCKET, Linux.SO_REUSEADDR, Codecs.BOOL);
        both(Boolean.class, "SO_REUSEPORT", Linux.SOL_SOCKET, Linux.SO_REUSEPORT, Codecs.BOOL);
        both(Boolean.class, "SO_OOBINLINE", Linux.SOL_SOCKET, Linux.SO_OOBINLINE, Codecs.BOOL);
        both(Integer.class, "SO_INCOMING_NAPI_ID", Linux.SOL_SOCKET, Linux.SO_INCOMING_NAPI_ID, Codecs.INT);
        both(Integer.class, "SO_LINGER", Linux.SOL_SOCKET, Linux.SO_LINGER, linger());
        both(Boolean.class, "TCP_NODELAY", Linux.IPPROTO_TCP, Linux.TCP_NODELAY, Codecs.BOOL);
        both(Boolean.class, "TCP_QUICKACK", Linux.IPPROTO_TCP, Linux.TCP_QUICKACK, Codecs.BOOL);
        both(Integer.class, "TCP_KEEPIDLE", Linux.IPPROTO_TCP, Linux.TCP_KEEPIDLE, Codecs.INT);
        both(Integer.class, "TCP_KEEPINTERVAL", Linux.IPPROTO_TCP, Linux.TCP_KEEPINTVL, Codecs.INT);
        both(Integer.class, "TCP_KEEPCOUNT", Linux.IPPROTO_TCP, Linux.TCP_KEEPCNT, Codecs.INT);
        pair("IP_TOS", Linux.IP_TOS, Linux.IPV6_TCLASS, octet(), octet());
        pair("IP_MULTICAST_TTL", Linux.IP_MULTICAST_TTL, Linux.IPV6_MULTICAST_HOPS, octet(), octet());
        pair("IP_MULTICAST_LOOP", Linux.IP_MULTICAST_LOOP, Linux.IPV6_MULTICAST_LOOP, Codecs.BOOL, Codecs.BOOL);
        pair("IP_DONTFRAGMENT", Linux.IP_MTU_DISCOVER, Linux.IPV6_MTU_DISCOVER, dontFragment(), dontFragment());
        pair("IP_MULTICAST_IF", Linux.IP_MULTICAST_IF, Linux.IPV6_MULTICAST_IF, interface4(), interface6());
    }

    private JdkOptions() {}

    @SuppressWarnings("unchecked") // found only with the same type
    static <T> Option<T> find(SocketOption<T> option, int domain) {
        Option<?> found = (domain == Linux.AF_INET6 ? INET6 : INET).get(option.name());
        if (found == null && option.name().equals("SO_PEERCRED")) {
            found = PeerCredentials.OPTION; // its type is a class of jdk.net, hence there whenever somebody asks
        }
        if (found == null || found.type() != option.type()) {
            throw new UnsupportedOperationException(option.name() + " of type "
                    + option.type().getSimpleName() + " is no option of java.net.StandardSocketOptions or "
                    + "jdk.net.ExtendedSocketOptions that Linux has: see io.sockfd.option, or make one with Option.of");
        }
        return (Option<T>) found;
    }

    /** Apart, so that the class of jdk.net is looked for only when somebody asks. */
    private static final class PeerCredentials {
        static final Option<?> OPTION =
                Option.of("SO_PEERCRED", Linux.SOL_SOCKET, Linux.SO_PEERCRED, Access.READ_ONLY, PeerPrincipal.CODEC);
    }

    private static <T> Option<T> option(String name, int level, int optname, Codec<T> codec) {
        return Option.of(name, level, optname, Access.READ_WRITE, codec);
    }

    private static <T> void both(Class<T> type, String name, int level, int optname, Codec<T> codec) {
        Option<T> option = option(name, level, optname, codec);
        assert option.type() == type;
        INET.put(name, option);
        INET6.put(name, option);
    }

    /** As the JDK does, an IPv6 socket is also set on its IPv4 side where that works; reading asks IPv6. */
    private static <T> void pair(String name, int ip, int ipv6, Codec<T> codec, Codec<T> codec6) {
        Option<T> inet = option(name, Linux.IPPROTO_IP, ip, codec);
        INET.put(name, inet);
        INET6.put(name, option(name, Linux.IPPROTO_IPV6, ipv6, codec6).with(inet));
    }

    private static Codec<Integer> ints(Codec.Encoder<Integer> encode, Codec.Decoder<Integer> decode) {
        return Codecs.of(Integer.class, Integer.BYTES, encode, decode);
    }

    private static Codec<Integer> buffer(int least) {
        return ints(
                (value, b) -> {
                    if (value < 0) {
                        throw new IllegalArgumentException(value + " is no buffer size");
                    }
                    return Codecs.INT.encode(Math.max(value, least), b);
                },
                (b, length) -> Codecs.INT.decode(b, length) / 2);
    }

    private static Codec<Integer> octet() {
        return Codecs.range(0, MAX_BYTE);
    }

    private static Codec<Integer> linger() {
        return Codecs.of(
                Integer.class,
                Codecs.LINGER.size(),
                (value, b) ->
                        Codecs.LINGER.encode(value < 0 ? Linger.OFF : Linger.ofSeconds(Math.min(value, MAX_LINGER)), b),
                (b, length) -> {
                    Linger linger = Codecs.LINGER.decode(b, length);
                    return linger.onoff() ? linger.seconds() : -1;
                });
    }

    private static Codec<Boolean> dontFragment() {
        return Codecs.of(
                Boolean.class,
                Integer.BYTES,
                (value, b) -> Codecs.INT.encode(value ? Linux.IP_PMTUDISC_DO : Linux.IP_PMTUDISC_DONT, b),
                (b, length) -> Codecs.INT.decode(b, length) == Linux.IP_PMTUDISC_DO);
    }

    /** struct ip_mreqn in, struct in_addr out: the interface is found again by its address. */
    @SuppressWarnings("NullAway") // null where none is set, as in the JDK
    private static Codec<NetworkInterface> interface4() {
        return Codecs.of(
                NetworkInterface.class,
                io.sockfd.raw.struct.IpMreqn.SIZE,
                (value, b) -> {
                    b.put(io.sockfd.raw.struct.IpMreqn.IMR_ADDRESS, inet4(value));
                    io.sockfd.raw.struct.IpMreqn.imr_ifindex(b, 0, value.getIndex());
                    return io.sockfd.raw.struct.IpMreqn.SIZE;
                },
                (b, length) -> b.getInt(0) == 0 ? null : byAddress(b));
    }

    private static byte[] inet4(NetworkInterface value) {
        return value.inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .map(InetAddress::getAddress)
                .orElse(new byte[Integer.BYTES]);
    }

    private static @Nullable NetworkInterface byAddress(ByteBuffer b) {
        byte[] address = new byte[Integer.BYTES];
        b.get(0, address);
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getByAddress(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("NullAway") // null where none is set, as in the JDK
    private static Codec<NetworkInterface> interface6() {
        return Codecs.of(
                NetworkInterface.class,
                Integer.BYTES,
                (value, b) -> Codecs.INT.encode(value.getIndex(), b),
                (b, length) -> b.getInt(0) == 0 ? null : byIndex(b.getInt(0)));
    }

    private static @Nullable NetworkInterface byIndex(int index) {
        try {
            return NetworkInterface.getByIndex(index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
