package io.sockfd.cli.ss;

import io.sockfd.cli.FailedException;
import io.sockfd.raw.Linux;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address in a filter: {@code 10.0.0.0/8}, {@code 127.0.0.1:80}, {@code [::1]:http}, {@code ::1}, {@code *:53},
 * {@code :53}, a host's name, or {@code unix:/run/*} for a UNIX path or {@code @name}; {@code inet:} and
 * {@code inet6:} before it leave the other family's sockets out.
 */
final class HostPattern {
    private static final int MAPPED_PREFIX = 12;
    private static final int ANY_PORT = -1;

    private final List<InetAddress> addresses;
    private final int prefix;
    private final int port;
    private final @Nullable Pattern unix;
    private final int family;

    private HostPattern(int family, List<InetAddress> addresses, int prefix, int port, @Nullable Pattern unix) {
        this.family = family;
        this.addresses = addresses;
        this.prefix = prefix;
        this.port = port;
        this.unix = unix;
    }

    /** As {@link #parse(String, Names)}; of UNIX sockets alone, every text is a name. */
    static HostPattern parse(String text, Names names, boolean onlyUnix) {
        return onlyUnix && !text.startsWith("unix:") && !text.startsWith("inet")
                ? parse("unix:" + text, names)
                : parse(text, names);
    }

    static HostPattern parse(String text, Names names) {
        if (text.startsWith("unix:") || text.startsWith("/") || text.startsWith("@")) {
            return new HostPattern(
                    Linux.AF_UNIX, List.of(), 0, ANY_PORT, glob(text.startsWith("unix:") ? text.substring(5) : text));
        }
        int family =
                text.startsWith("inet:") ? Linux.AF_INET : text.startsWith("inet6:") ? Linux.AF_INET6 : Linux.AF_UNSPEC;
        String rest = text.replaceFirst("^inet6?:", "");
        String host;
        String port = "";
        int bracket = rest.indexOf(']');
        int slash = rest.indexOf('/');
        int colon = rest.lastIndexOf(':');
        if (rest.startsWith("[") && bracket > 0) {
            host = rest.substring(1, bracket);
            String behind = rest.substring(bracket + 1);
            int at = behind.indexOf(':');
            host += at < 0 ? behind : behind.substring(0, at);
            port = at < 0 ? "" : behind.substring(at + 1);
        } else if (colon >= 0 && (rest.indexOf(':') == colon || (slash >= 0 && colon > slash))) {
            host = rest.substring(0, colon);
            port = rest.substring(colon + 1);
        } else {
            host = rest; // several colons: an IPv6 address
        }
        int number = port.isEmpty() || port.equals("*") ? ANY_PORT : port(port, names);
        if (host.isEmpty() || host.equals("*")) {
            return new HostPattern(family, List.of(), 0, number, null);
        }
        int cut = host.indexOf('/');
        List<InetAddress> addresses = resolve(cut < 0 ? host : host.substring(0, cut));
        int bits = addresses.get(0).getAddress().length * Byte.SIZE;
        return new HostPattern(
                family,
                addresses,
                cut < 0 ? Integer.MAX_VALUE : prefix(host.substring(cut + 1), bits, text),
                number,
                null);
    }

    /** The number of a port or a service. */
    static int port(String text, Names names) {
        return names.portNumber(text)
                .orElseThrow(() -> new FailedException(
                        "filter: '" + text + "' is no port (0 to 65535) and no name in /etc/services"));
    }

    private static int prefix(String text, int bits, String whole) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > bits) {
            throw new FailedException("filter: the prefix of '" + whole + "' is a number of 0 to " + bits);
        }
        return Integer.parseInt(text);
    }

    private static List<InetAddress> resolve(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw new FailedException("filter: '" + host + "' is no address, and no host of this name is known");
        }
    }

    /** As fnmatch(3), without regard to case. */
    private static Pattern glob(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    boolean matches(Entry entry, Endpoint end) {
        if (unix != null) {
            return entry.netid().startsWith("u_")
                    && unix.matcher(end.name() == null ? "" : end.name()).matches();
        }
        InetAddress address = end.address();
        if (address == null
                || (family != Linux.AF_UNSPEC && family != entry.family())
                || (port != ANY_PORT && port != end.port())) {
            return false;
        }
        return addresses.isEmpty() || addresses.stream().anyMatch(a -> covers(a.getAddress(), address.getAddress()));
    }

    /** A pattern of IPv4 covers IPv4-mapped addresses too. */
    private boolean covers(byte[] pattern, byte[] address) {
        int skip = address.length - pattern.length;
        if (skip < 0 || (skip > 0 && !isMapped(address))) {
            return false;
        }
        int bits = Math.min(prefix, pattern.length * Byte.SIZE);
        for (int i = 0; i < bits; i++) {
            int mask = 1 << (Byte.SIZE - 1 - i % Byte.SIZE);
            if (((pattern[i / Byte.SIZE] ^ address[skip + i / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < MAPPED_PREFIX; i++) {
            if (address[i] != (i < MAPPED_PREFIX - 2 ? 0 : (byte) 0xff)) {
                return false;
            }
        }
        return true;
    }
}
