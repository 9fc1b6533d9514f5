package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.raw.struct.GroupReq;
import io.sockfd.raw.struct.GroupSourceReq;
import io.sockfd.raw.struct.IpMreqSource;
import io.sockfd.raw.struct.IpMreqn;
import io.sockfd.raw.struct.Ipv6Mreq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;

/** The structs that a {@link MulticastGroup} becomes. */
final class MulticastCodecs {
    private static final byte[] NO_ADDRESS = new byte[Integer.BYTES];

    static final Codec<MulticastGroup> MREQN = Codecs.encoding(MulticastGroup.class, IpMreqn.SIZE, (value, b) -> {
        b.put(IpMreqn.IMR_MULTIADDR, inet4(value.group()));
        IpMreqn.imr_ifindex(b, 0, value.ifindex());
        return IpMreqn.SIZE;
    });

    static final Codec<MulticastGroup> MREQ_SOURCE =
            Codecs.encoding(MulticastGroup.class, IpMreqSource.SIZE, (value, b) -> {
                b.put(IpMreqSource.IMR_MULTIADDR, inet4(value.group()));
                b.put(IpMreqSource.IMR_INTERFACE, addressOf(value.ifindex()));
                b.put(IpMreqSource.IMR_SOURCEADDR, inet4(source(value)));
                return IpMreqSource.SIZE;
            });

    static final Codec<MulticastGroup> MREQ6 = Codecs.encoding(MulticastGroup.class, Ipv6Mreq.SIZE, (value, b) -> {
        if (!(value.group() instanceof Inet6Address)) {
            throw new IllegalArgumentException(value.group().getHostAddress() + " is not an IPv6 address");
        }
        Ipv6Mreq.ipv6mr_multiaddr(b, 0, value.group().getAddress());
        Ipv6Mreq.ipv6mr_interface(b, 0, value.ifindex());
        return Ipv6Mreq.SIZE;
    });

    static final Codec<MulticastGroup> GROUP_REQ = Codecs.encoding(MulticastGroup.class, GroupReq.SIZE, (value, b) -> {
        GroupReq.gr_interface(b, 0, value.ifindex());
        Sockaddrs.put(b, GroupReq.GR_GROUP, value.group());
        return GroupReq.SIZE;
    });

    static final Codec<MulticastGroup> GROUP_SOURCE_REQ =
            Codecs.encoding(MulticastGroup.class, GroupSourceReq.SIZE, (value, b) -> {
                GroupSourceReq.gsr_interface(b, 0, value.ifindex());
                Sockaddrs.put(b, GroupSourceReq.GSR_GROUP, value.group());
                Sockaddrs.put(b, GroupSourceReq.GSR_SOURCE, source(value));
                return GroupSourceReq.SIZE;
            });

    static final Codec<SourceFilter> IP_MSFILTER = new IpMsfilterCodec();
    static final Codec<SourceFilter> GROUP_FILTER = new GroupFilterCodec();

    private MulticastCodecs() {}

    static byte[] inet4(InetAddress address) {
        if (!(address instanceof Inet4Address)) {
            throw new IllegalArgumentException(address.getHostAddress() + " is not an IPv4 address");
        }
        return address.getAddress();
    }

    private static InetAddress source(MulticastGroup value) {
        InetAddress source = value.source();
        if (source == null) {
            throw new IllegalArgumentException("the option is about one source: give group.from(source)");
        }
        return source;
    }

    /** ip_mreq_source and ip_msfilter know an interface only by its address. */
    static byte[] addressOf(int ifindex) {
        if (ifindex == 0) {
            return NO_ADDRESS.clone();
        }
        try {
            NetworkInterface found = NetworkInterface.getByIndex(ifindex);
            if (found == null) {
                throw new IllegalArgumentException("no interface has the index " + ifindex);
            }
            return found.inetAddresses()
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .map(InetAddress::getAddress)
                    .orElseThrow(() -> new IllegalArgumentException("interface " + found.getName()
                            + " has no IPv4 address, by which this option knows it: use the MCAST_ one"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The index of the interface with this address; 0 for none. */
    static int indexOf(ByteBuffer b, int at) {
        byte[] address = Sockaddrs.bytes(b, at, Integer.BYTES);
        try {
            NetworkInterface found = NetworkInterface.getByInetAddress(Sockaddrs.inet(address, 0));
            return found == null ? 0 : found.getIndex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
