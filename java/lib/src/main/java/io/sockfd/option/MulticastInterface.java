package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.raw.struct.IpMreqn;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;

/**
 * IP_MULTICAST_IF: where multicast leaves, by index or else by address. See
 * <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>.
 *
 * @param address the source address, and with {@code ifindex} 0 the interface that has it; {@code 0.0.0.0} for none
 * @param ifindex the interface's index; 0 when read, since the kernel gives only the address
 */
public record MulticastInterface(InetAddress address, int ifindex) {
    private static final InetAddress ANY = Sockaddrs.inet(new byte[Integer.BYTES], 0);

    static final Codec<MulticastInterface> CODEC = Codecs.of(
            MulticastInterface.class,
            IpMreqn.SIZE,
            (value, b) -> {
                b.put(IpMreqn.IMR_ADDRESS, MulticastCodecs.inet4(value.address));
                IpMreqn.imr_ifindex(b, 0, value.ifindex);
                return IpMreqn.SIZE;
            },
            (b, length) -> new MulticastInterface(Sockaddrs.inet(Sockaddrs.bytes(b, 0, Integer.BYTES), 0), 0));

    /** The interface with this address. */
    public static MulticastInterface of(Inet4Address address) {
        return new MulticastInterface(address, 0);
    }

    /** The interface with this index; 0 leaves it to the routes. */
    public static MulticastInterface of(int ifindex) {
        return new MulticastInterface(ANY, ifindex);
    }

    /** This interface, with its first IPv4 address, if it has one, as the source. */
    public static MulticastInterface of(NetworkInterface networkInterface) {
        return new MulticastInterface(
                networkInterface
                        .inetAddresses()
                        .filter(Inet4Address.class::isInstance)
                        .findFirst()
                        .orElse(ANY),
                networkInterface.getIndex());
    }
}
