package io.sockfd.cli.ss;

import io.sockfd.cli.FailedException;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An address in a filter that is no IP address: {@code link:arp:eth0}, {@code netlink:rtnl:1234}, {@code vsock:2:1024}; each
 * part may be {@code *} or missing.
 *
 * @param first the protocol, or the machine; null for any
 * @param second the interface, or the port; empty for any
 */
record OtherPattern(int family, @Nullable String first, OptionalLong second) {
    /** Null when the text is not of this form. */
    static @Nullable OtherPattern parse(String text, Names names) {
        int colon = text.indexOf(':');
        int family = switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "link" -> Linux.AF_PACKET;
            case "netlink" -> Linux.AF_NETLINK;
            case "vsock" -> Linux.AF_VSOCK;
            case "tipc" -> Linux.AF_TIPC;
            default -> Linux.AF_UNSPEC;
        };
        if (family == Linux.AF_UNSPEC) {
            return null;
        }
        String rest = text.substring(colon + 1);
        int last = rest.indexOf(':');
        String first = last < 0 ? rest : rest.substring(0, last);
        String second = last < 0 ? "" : rest.substring(last + 1);
        try {
            return new OtherPattern(
                    family,
                    first.isEmpty() || first.equals("*") ? null : first(family, first, names),
                    second.isEmpty() || second.equals("*") ? OptionalLong.empty() : second(family, second, names));
        } catch (NumberFormatException e) {
            throw new FailedException("filter: '" + text + "': '" + second + "' is no number");
        }
    }

    private static String first(int family, String text, Names names) {
        return switch (family) {
            case Linux.AF_PACKET -> Integer.toString(names.ethernetNumber(text));
            case Linux.AF_NETLINK -> Integer.toString(names.netlinkNumber(text));
            default -> text;
        };
    }

    private static OptionalLong second(int family, String text, Names names) {
        try {
            return OptionalLong.of(
                    family == Linux.AF_PACKET ? names.linkNumber(text) : Integer.toUnsignedLong(parse(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int parse(String text) {
        return Integer.parseUnsignedInt(text);
    }

    boolean matches(Entry entry, Endpoint end) {
        if (entry.family() != family || end.equals(Endpoint.NONE)) {
            return false;
        }
        boolean named = family == Linux.AF_VSOCK || family == Linux.AF_TIPC;
        String has = named ? String.valueOf(end.name()) : Integer.toString(end.protocol());
        return (first == null || first.equals(has)) && (second.isEmpty() || second.getAsLong() == end.port());
    }
}
