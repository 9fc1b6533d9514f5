package io.sockfd.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses as text, in the notations that {@link io.sockfd.address} lists. Safe for any thread.
 *
 * <pre>{@code
 * SocketAddress path = Addresses.parse("unix:/run/app.sock");
 * SocketAddress service = Addresses.parse("[::1]:7777");
 * System.out.println(Addresses.format(service)); // [::1]:7777
 * List<InetSocketAddress> found = Addresses.resolve("localhost:7777"); // asks the resolver
 * }</pre>
 */
public final class Addresses {
    private Addresses() {}

    /**
     * Reads any address. IP and UNIX path addresses come as the JDK's classes where those can say them; {@code *:80} is
     * the IPv6 wildcard, which a {@link Sockaddr} for AF_INET makes {@code 0.0.0.0}. Nothing is looked up except an
     * interface name's index.
     *
     * @throws IllegalArgumentException when it is none; the message shows the place and the accepted form
     */
    public static SocketAddress parse(String text) {
        if (UnixText.isPlain(text) || text.startsWith(UnixText.PREFIX)) {
            return UnixAddress.parse(text).simplest();
        } else if (text.startsWith("[")) {
            return Inet6SocketAddress.parse(text).simplest();
        } else if (text.startsWith("*") || startsWithDigit(text)) {
            return InetText.parse4(text);
        } else if (text.startsWith(RawAddress.PREFIX)) {
            return RawAddress.parse(text);
        }
        SocketAddress address = Families.parse(text);
        if (address == null) {
            String forms = "127.0.0.1:80, [::1]:80, [fe80::1%eth0]:80, *:80, /path, @abstract, or one of "
                    + UnixText.PREFIX + Families.prefixes() + " " + RawAddress.PREFIX;
            throw Notation.fail(text, 0, "an address (host names are looked up by Addresses.resolve)", forms);
        }
        return address;
    }

    /** C's name of an address family, for instance {@code AF_INET6}; {@code AF_77} for one that has no name here. */
    public static String familyName(int family) {
        return Families.name(family);
    }

    /**
     * Writes any address so that {@link #parse} reads it. Interfaces are named where they have a name now, which asks the
     * kernel; {@code toString} of the addresses does not and writes the index.
     */
    public static String format(SocketAddress address) {
        return text(address, InterfaceText.NAME);
    }

    /**
     * Looks a host name up, through the JDK ({@link InetAddress#getAllByName}), which may ask the network and wait for it.
     *
     * @param hostAndPort {@code example.org:80}, or anything with a port that {@link #parse} reads
     * @return at least one address, in the resolver's order
     * @throws UnknownHostException when there is none
     * @throws IllegalArgumentException when there is no host or no port of 0 to 65535
     */
    public static List<InetSocketAddress> resolve(String hostAndPort) throws UnknownHostException {
        if (hostAndPort.startsWith("[") || hostAndPort.startsWith("*")) {
            return List.of(literal(hostAndPort));
        }
        Notation n = new Notation(hostAndPort, "", "HOST:PORT");
        String host = n.untilLast(':', "a host");
        if (host.isEmpty()) {
            throw n.fail("a host");
        }
        int port = (int) n.number(n.rest(), "a port", Notation.U16);
        n.finish();
        List<InetSocketAddress> found = new ArrayList<>();
        for (InetAddress address : InetAddress.getAllByName(host)) {
            found.add(new InetSocketAddress(address, port));
        }
        return List.copyOf(found);
    }

    /** Any address in the notation; one of an unknown class as it prints itself. */
    static String text(SocketAddress address, InterfaceText names) {
        if (address instanceof InetSocketAddress inet) {
            return InetText.format(inet, names);
        } else if (address instanceof UnixDomainSocketAddress unix) {
            return UnixAddress.unchecked(unix).text(names);
        } else if (address instanceof LinuxAddress linux) {
            return linux.text(names);
        }
        return address.toString();
    }

    private static InetSocketAddress literal(String text) {
        return text.startsWith("[") ? Inet6SocketAddress.parse(text).toInetSocketAddress() : InetText.parse4(text);
    }

    private static boolean startsWithDigit(String text) {
        return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
    }
}
