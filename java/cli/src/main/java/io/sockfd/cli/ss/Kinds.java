package io.sockfd.cli.ss;

import io.sockfd.cli.FailedException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options of ss that choose kinds of sockets. */
final class Kinds {
    @Option(
            names = {"-t", "--tcp"},
            description = "Show TCP sockets.")
    private boolean tcp;

    @Option(
            names = {"-M", "--mptcp"},
            description = "Show Multipath TCP sockets.")
    private boolean mptcp;

    @Option(
            names = {"-S", "--sctp"},
            description = "Show SCTP sockets.")
    private boolean sctp;

    @Option(
            names = {"-d", "--dccp"},
            description = "Show DCCP sockets, which Linux 6.16 removed.")
    private boolean dccp;

    @Option(
            names = {"-u", "--udp"},
            description = "Show UDP sockets.")
    private boolean udp;

    @Option(
            names = {"-w", "--raw"},
            description = "Show raw sockets.")
    private boolean raw;

    @Option(
            names = {"-x", "--unix"},
            description = "Show UNIX sockets.")
    private boolean unix;

    @Option(
            names = {"-0", "--packet"},
            description = "Show packet sockets.")
    private boolean packet;

    @Option(names = "--netlink", description = "Show netlink sockets.")
    private boolean netlink;

    @Option(names = "--vsock", description = "Show sockets between a virtual machine and its host.")
    private boolean vsock;

    @Option(names = "--tipc", description = "Show TIPC sockets.")
    private boolean tipc;

    @Option(names = "--xdp", description = "Show XDP sockets.")
    private boolean xdp;

    @Option(
            names = {"-4", "--ipv4"},
            description = "Show only those over IPv4.")
    private boolean ipv4;

    @Option(
            names = {"-6", "--ipv6"},
            description = "Show only those over IPv6.")
    private boolean ipv6;

    @Option(
            names = {"-f", "--family"},
            paramLabel = "FAMILY",
            description = "Show a family: inet, inet6, unix, link, netlink, vsock, tipc or xdp.")
    private List<String> families = List.of();

    @Option(
            names = {"-A", "--query", "--socket"},
            paramLabel = "QUERY",
            split = ",",
            description = "Show these tables, or with ! before one all but it: all, inet, tcp, mptcp, udp, raw, sctp, "
                    + "dccp, unix, unix_stream, unix_dgram, unix_seqpacket, packet, packet_raw, packet_dgram, netlink, "
                    + "vsock, vsock_stream, vsock_dgram, tipc, xdp.")
    private List<String> queries = List.of();

    boolean ipv4() {
        return ipv4 || families.contains("inet");
    }

    boolean ipv6() {
        return ipv6 || families.contains("inet6");
    }

    /** Whether any was chosen. */
    boolean none() {
        return tables().isEmpty() && !ipv4() && !ipv6();
    }

    /** The tables that were named; empty for none. */
    Set<SocketTable> tables() {
        Set<SocketTable> tables = EnumSet.noneOf(SocketTable.class);
        query(tables);
        add(tables, netlink, EnumSet.of(SocketTable.NETLINK));
        add(tables, packet, SocketTable.PACKET);
        add(tables, unix, SocketTable.UNIX);
        add(tables, raw, EnumSet.of(SocketTable.RAW));
        add(tables, udp, EnumSet.of(SocketTable.UDP));
        add(tables, tcp, EnumSet.of(SocketTable.TCP));
        add(tables, mptcp, EnumSet.of(SocketTable.MPTCP));
        add(tables, dccp, EnumSet.of(SocketTable.DCCP));
        add(tables, sctp, EnumSet.of(SocketTable.SCTP));
        add(tables, vsock, SocketTable.VSOCK);
        add(tables, tipc, EnumSet.of(SocketTable.TIPC));
        add(tables, xdp, EnumSet.of(SocketTable.XDP));
        for (String family : families) {
            tables.addAll(family(family));
        }
        return tables;
    }

    private void query(Set<SocketTable> tables) {
        if (!queries.isEmpty() && queries.get(0).startsWith("!")) {
            tables.addAll(SocketTable.named("all"));
        }
        for (String query : queries) {
            boolean exclude = query.startsWith("!");
            Set<SocketTable> named = SocketTable.named(exclude ? query.substring(1) : query);
            if (named.isEmpty()) {
                throw new FailedException("-A " + query + ": no such table: " + SocketTable.names());
            } else if (exclude) {
                tables.removeAll(named);
            } else {
                tables.addAll(named);
            }
        }
        if (!queries.isEmpty() && tables.isEmpty()) {
            throw new FailedException("-A " + String.join(",", queries) + ": no table is left to show");
        }
    }

    private static Set<SocketTable> family(String name) {
        return switch (name) {
            case "inet", "inet6" -> EnumSet.noneOf(SocketTable.class);
            case "unix" -> SocketTable.UNIX;
            case "link" -> SocketTable.PACKET;
            case "netlink" -> EnumSet.of(SocketTable.NETLINK);
            case "vsock" -> SocketTable.VSOCK;
            case "tipc" -> EnumSet.of(SocketTable.TIPC);
            case "xdp" -> EnumSet.of(SocketTable.XDP);
            default ->
                throw new FailedException(
                        "-f " + name + ": no such family: inet, inet6, unix, link, netlink, vsock, tipc or xdp");
        };
    }

    private static void add(Set<SocketTable> tables, boolean wanted, Set<SocketTable> those) {
        if (wanted) {
            tables.addAll(those);
        }
    }
}
