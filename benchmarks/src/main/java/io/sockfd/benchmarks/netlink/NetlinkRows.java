package io.sockfd.benchmarks.netlink;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.List;

/** {@code netlink}. */
public final class NetlinkRows {
    private static final String WHERE = " (" + (Furnished.LINKS + 1) + " interfaces)";

    private NetlinkRows() {}

    public static List<Row> all() {
        return List.of(
                row("links", "Netlink, all interfaces" + WHERE, false, true, false, false),
                row("addresses", "Netlink, all addresses" + WHERE, false, false, true, false),
                row("routes", "Netlink, all routes of IPv4 and IPv6" + WHERE, false, false, false, true),
                row("interfaces", "The machine's own interfaces and addresses", true, true, true, false)
                        .with(Who.JAVA_NET, JavaNetDump.class)
                        .note(Who.JAVA_NET, "NetworkInterface: by ioctl(2) and /proc, only interfaces with addresses"));
    }

    private static Row row(
            String variant, String title, boolean here, boolean links, boolean addresses, boolean routes) {
        return Row.of("netlink", variant, title)
                .with(Who.C, CDump.class, here, links, addresses, routes)
                .note(Who.C, "copies a few fields out; so does raw")
                .with(Who.SOCKFD, SockfdDump.class, here, links, addresses, routes)
                .note(Who.SOCKFD, "makes a list of records with all fields")
                .withRaw(RawDump.class, here, links, addresses, routes);
    }
}
