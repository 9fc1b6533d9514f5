package io.sockfd.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** IPv4 and IPv6 addresses with ports as text; IPv6 as RFC 5952 writes it. */
final class InetText {
    static final int MAPPED_PREFIX_BYTES = 12;

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int IPV6_GROUPS = 8;
    private static final String FORM4 = "a.b.c.d:PORT or *:PORT";

    private InetText() {}

    static InetSocketAddress parse4(String text) {
        Notation n = new Notation(text, "", FORM4);
        String host = n.until(':', "an IPv4 address");
        byte[] address = new byte[host.equals("*") ? IPV6_BYTES : IPV4_BYTES];
        if (address.length == IPV4_BYTES) {
            String[] parts = host.split("\\.", -1);
            if (parts.length != IPV4_BYTES) {
                throw n.fail("an IPv4 address (names are looked up by Addresses.resolve)");
            }
            for (int i = 0; i < IPV4_BYTES; i++) {
                // a leading 0 is octal to some and decimal to others
                if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > Notation.U8) {
                    throw n.fail("four numbers of 0 to 255, without leading zeros");
                }
                address[i] = (byte) Integer.parseInt(parts[i]);
            }
        }
        int port = port(n);
        n.finish();
        return new InetSocketAddress(ip(address), port);
    }

    static int port(Notation n) {
        String port = n.rest();
        return port.equals("*") ? 0 : (int) n.number(port, "a port", Notation.U16);
    }

    /** The 16 bytes, or null. */
    static byte @Nullable [] parseIpv6(String text) {
        if (text.indexOf(':') < 0 || !text.chars().allMatch(c -> c == ':' || c == '.' || isHex(c))) {
            return null;
        }
        try {
            byte[] bytes = InetAddress.getByName("[" + text + "]").getAddress(); // in brackets never a look-up
            return bytes.length == IPV4_BYTES ? mapped(bytes) : bytes;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    static String format(InetSocketAddress address, InterfaceText names) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            return address.getHostString() + ":" + address.getPort();
        } else if (ip instanceof Inet6Address six) {
            NetworkInterface scope = six.getScopedInterface();
            String name = scope != null ? scope.getName() : six.getScopeId() == 0 ? "" : names.of(six.getScopeId());
            return format(six.getAddress(), name, address.getPort());
        }
        return ip.getHostAddress() + ":" + address.getPort();
    }

    static String format(byte[] ipv6, String scope, int port) {
        return "[" + ipv6(ipv6) + (scope.isEmpty() ? "" : "%" + scope) + "]:" + port;
    }

    /** RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as {@code ::}. */
    static String ipv6(byte[] b) {
        if (isMapped(b)) {
            return "::ffff:" + (b[12] & 0xff) + "." + (b[13] & 0xff) + "." + (b[14] & 0xff) + "." + (b[15] & 0xff);
        }
        int runAt = -1;
        int runLength = 1;
        for (int i = 0; i < IPV6_GROUPS; i++) {
            int j = i;
            while (j < IPV6_GROUPS && group(b, j) == 0) {
                j++;
            }
            if (j - i > runLength) {
                runAt = i;
                runLength = j - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < IPV6_GROUPS; i++) {
            if (i == runAt) {
                text.append("::");
                i += runLength - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(group(b, i)));
            }
        }
        return text.toString();
    }

    /** Whether the 16 bytes are {@code ::ffff:a.b.c.d}. */
    static boolean isMapped(byte[] b) {
        return Arrays.equals(b, 0, MAPPED_PREFIX_BYTES, mapped(new byte[IPV4_BYTES]), 0, MAPPED_PREFIX_BYTES);
    }

    /** {@code ::ffff:a.b.c.d} of a.b.c.d. */
    static byte[] mapped(byte[] ipv4) {
        byte[] b = new byte[IPV6_BYTES];
        b[10] = (byte) 0xff;
        b[11] = (byte) 0xff;
        System.arraycopy(ipv4, 0, b, MAPPED_PREFIX_BYTES, IPV4_BYTES);
        return b;
    }

    /** 4 or 16 bytes, no look-up. */
    static InetAddress ip(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }

    /** IPv4's address on an IPv6 socket: mapped, but the wildcard, which is that of either family. */
    static byte[] inSix(byte[] ipv4) {
        return isWildcard(ipv4) ? new byte[IPV6_BYTES] : mapped(ipv4);
    }

    /** Whether the 4 or 16 bytes are {@code 0.0.0.0} or {@code ::}. */
    static boolean isWildcard(byte[] b) {
        for (byte part : b) {
            if (part != 0) {
                return false;
            }
        }
        return true;
    }

    private static int group(byte[] b, int i) {
        return (b[2 * i] & 0xff) << 8 | (b[2 * i + 1] & 0xff);
    }

    private static boolean isHex(int c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }
}
