package io.sockfd.cli.ss;

import io.sockfd.cli.FailedException;
import io.sockfd.netlink.InetSocketView;
import io.sockfd.netlink.Link;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The conditions of a filter. One about addresses or ports holds for no socket that has none. */
final class Conditions {
    private static final int OWN_NAME_DIGITS = 5;
    private static final long U32 = 0xffffffffL;

    private final Names names;
    private final boolean onlyUnix;

    Conditions(Names names, boolean onlyUnix) {
        this.names = names;
        this.onlyUnix = onlyUnix;
    }

    /** Bound by the kernel: to an ephemeral port, a name of its own making, or not at all. */
    Filter autobound() {
        Pattern own = Pattern.compile("@[0-9a-f]{" + OWN_NAME_DIGITS + "}");
        return entry -> switch (entry.family()) {
            case Linux.AF_UNIX ->
                entry.local().name() == null
                        || own.matcher(entry.local().name()).matches();
            case Linux.AF_PACKET -> entry.local().port() == 0 && entry.local().protocol() == 0;
            case Linux.AF_NETLINK -> entry.local().port() < 0;
            default -> names.isEphemeral(entry.local().port());
        };
    }

    Filter host(boolean source, Comparison comparison, String text) {
        OtherPattern other = OtherPattern.parse(text, names);
        Filter filter;
        if (other != null) {
            filter = entry -> other.matches(entry, source ? entry.local() : entry.peer());
        } else {
            HostPattern pattern = HostPattern.parse(text, names, onlyUnix);
            filter = entry -> pattern.matches(entry, source ? entry.local() : entry.peer());
        }
        return comparison == Comparison.UNEQUAL ? filter.not() : filter;
    }

    Filter port(boolean source, Comparison comparison, String text) {
        int port = HostPattern.port(text.startsWith(":") ? text.substring(1) : text, names);
        return entry -> entry.isInternet() && comparison.holds((source ? entry.local() : entry.peer()).port(), port);
    }

    Filter device(Comparison comparison, String name) {
        int index = index(name);
        return entry -> comparison.holds(entry.interfaceIndex(), index);
    }

    private static int index(String name) {
        try (RtNetlink netlink = RtNetlink.open()) {
            for (Link link : netlink.links()) {
                if (link.name().equals(name)) {
                    return link.index();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (name.matches("[0-9]{1,9}")) {
            return Integer.parseInt(name);
        }
        throw new FailedException("filter: there is no interface '" + name + "'");
    }

    /** Made in this control group of cgroup2 (Linux 5.7). */
    Filter controlGroup(Comparison comparison, String path) {
        long id = ControlGroups.id(path)
                .orElseThrow(() -> new FailedException("filter: there is no control group '" + path
                        + "' of cgroup2: give its path below where that is mounted, or the whole path"));
        Filter filter = entry -> entry.view() instanceof InetSocketView socket && socket.cgroupId() == id;
        return comparison == Comparison.UNEQUAL ? filter.not() : filter;
    }

    /** SO_MARK, which the kernel tells to those with CAP_NET_ADMIN. */
    Filter mark(Comparison comparison, String text) {
        int slash = text.indexOf('/');
        Long mark = number(slash < 0 ? text : text.substring(0, slash));
        Long mask = slash < 0 ? Long.valueOf(U32) : number(text.substring(slash + 1));
        if (mark == null || mask == null) {
            throw new FailedException("filter: fwmark is MARK or MARK/MASK in decimal or 0x… form, not '" + text + "'");
        }
        Filter filter =
                entry -> entry.view() instanceof InetSocketView socket && (Math.max(0, socket.mark()) & mask) == mark;
        return comparison == Comparison.UNEQUAL ? filter.not() : filter;
    }

    private static @Nullable Long number(String text) {
        try {
            long number = Long.decode(text);
            return number < 0 || number > U32 ? null : Long.valueOf(number);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
