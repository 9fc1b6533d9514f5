package io.sockfd.cli.ss;

import io.sockfd.cli.Printable;
import io.sockfd.netlink.InetSocketView;
import io.sockfd.netlink.PacketSocketView;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sockets as lines, in columns as wide as their widest cell; addresses meet at their colons. */
final class TextListing {
    private static final String REST = "Process";
    private static final long NO_PORT = 0xffffffffL;

    private final Selection selection;
    private final Show show;
    private final Names names;
    private final List<Row> rows = new ArrayList<>();

    /** An address, what separates, and a port. */
    private record Place(String address, String separator, String port) {
        static final Place NONE = new Place("", "*", "");
    }

    private record Row(
            String netid,
            String state,
            String receive,
            String send,
            Place local,
            Place peer,
            String rest,
            List<String> more) {}

    TextListing(Selection selection, Show show, Names names) {
        this.selection = selection;
        this.show = show;
        this.names = names;
    }

    TextListing header() {
        rows.add(new Row(
                "Netid",
                "State",
                "Recv-Q",
                "Send-Q",
                new Place("Local Address", ":", "Port"),
                new Place("Peer Address", ":", "Port"),
                REST,
                List.of()));
        return this;
    }

    TextListing add(Entry entry, Processes processes) throws IOException {
        rows.add(new Row(
                entry.netid(),
                States.name(entry.state()),
                Long.toString(entry.receiveQueue()),
                Long.toString(entry.sendQueue()),
                place(entry, entry.local(), true),
                place(entry, entry.peer(), false),
                rest(entry, processes),
                more(entry)));
        return this;
    }

    private Place place(Entry entry, Endpoint end, boolean local) throws IOException {
        return switch (entry.family()) {
            case Linux.AF_UNIX ->
                new Place(end.name() == null ? "*" : Printable.of(end.name()), " ", Long.toString(end.port()));
            case Linux.AF_PACKET -> local ? packet(end) : Place.NONE;
            case Linux.AF_NETLINK -> netlink(end, local);
            case Linux.AF_VSOCK, Linux.AF_TIPC -> machine(end);
            case Linux.AF_XDP -> local ? xdp(end) : Place.NONE;
            default -> internet(entry, end, local);
        };
    }

    private Place packet(Endpoint end) throws IOException {
        return new Place(names.ethernet(end.protocol()), ":", end.port() == 0 ? "*" : names.link((int) end.port()));
    }

    private static Place machine(Endpoint end) {
        return end.equals(Endpoint.NONE)
                ? Place.NONE
                : new Place(String.valueOf(end.name()), ":", end.port() == NO_PORT ? "*" : Long.toString(end.port()));
    }

    private Place xdp(Endpoint end) throws IOException {
        boolean bound = end.port() != 0;
        return new Place(bound ? names.link((int) end.port()) : "*", ":", bound ? "q" + end.protocol() : "*");
    }

    private Place netlink(Endpoint end, boolean local) {
        if (end.equals(Endpoint.NONE)) {
            return Place.NONE;
        }
        return local
                ? new Place(names.netlinkProtocol(end.protocol()), ":", names.netlinkPort(end.port()))
                : new Place(Integer.toString(end.protocol()), ":", Long.toString(end.port()));
    }

    /** One that takes IPv4 too is bound to {@code *}, one with IPV6_V6ONLY to {@code [::]}. */
    private Place internet(Entry entry, Endpoint end, boolean local) throws IOException {
        java.net.InetAddress address = java.util.Objects.requireNonNull(end.address());
        boolean v6Only = entry.view() instanceof InetSocketView socket && socket.v6Only() == 1;
        boolean any = entry.family() == Linux.AF_INET6 && !v6Only && address.isAnyLocalAddress();
        String device = local && entry.interfaceIndex() != 0 ? "%" + names.link(entry.interfaceIndex()) : "";
        return new Place((any ? "*" : names.host(address)) + device, ":", names.port(entry.netid(), end.port()));
    }

    private String rest(Entry entry, Processes processes) {
        boolean internet = entry.isInternet();
        return Stream.of(
                        processes.text(entry.inode()),
                        show.timers() ? Details.timer(entry) : "",
                        show.memory() && !internet ? Details.memory(entry) : "",
                        show.extended() ? Details.extended(entry) : "",
                        show.tos() ? Details.tos(entry) : "",
                        show.cgroup() ? Details.controlGroup(entry) : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** What stands on lines of its own. */
    private List<String> more(Entry entry) {
        List<String> lines = new ArrayList<>();
        if (entry.view() instanceof InetSocketView socket) {
            if (show.options()) {
                lines.add(Details.options(socket));
            }
            lines.add(Stream.of(
                            show.memory() ? Details.memory(entry) : "",
                            show.info() ? TcpInfoText.of(socket, show.tcpOptions(), show.numeric()) : "")
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(" ")));
        } else if (entry.view() instanceof PacketSocketView socket) {
            if (show.extended()) {
                lines.addAll(PacketDetails.of(socket));
            }
            if (show.filters()) {
                lines.add(PacketDetails.filter(socket));
            }
        }
        lines.removeIf(String::isEmpty);
        return lines;
    }

    /** The lines, without blanks at their ends. */
    @Override
    public String toString() {
        int netid = selection.hasOneKind() ? 0 : width(row -> row.netid);
        int state = selection.hasOneState() ? 0 : width(row -> row.state);
        int receive = width(row -> row.receive);
        int send = width(row -> row.send);
        int local = width(row -> row.local.address);
        int localPort = width(row -> row.local.port);
        int peer = width(row -> row.peer.address);
        int peerPort = width(row -> row.peer.port);
        boolean anyRest = rows.stream().anyMatch(row -> !row.rest.isEmpty() && !row.rest.equals(REST));
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            StringBuilder line = new StringBuilder();
            if (netid > 0) {
                left(line, row.netid, netid).append(' ');
            }
            if (state > 0) {
                left(line, row.state, state).append(' ');
            }
            left(line, row.receive, receive).append(' ');
            left(line, row.send, send).append(' ');
            right(line, row.local.address, local).append(row.local.separator);
            left(line, row.local.port, localPort).append(' ');
            right(line, row.peer.address, peer).append(row.peer.separator);
            left(line, row.peer.port, peerPort).append(' ').append(anyRest || rows.size() == 1 ? row.rest : "");
            if (show.oneLine()) {
                line.append(row.rest.isEmpty() ? "" : " ").append(String.join(" ", row.more));
            }
            text.append(line.toString().stripTrailing()).append('\n');
            if (!show.oneLine()) {
                row.more.forEach(more -> text.append("\t ").append(more).append('\n'));
            }
        }
        return text.toString();
    }

    private int width(java.util.function.Function<Row, String> cell) {
        return rows.stream().mapToInt(row -> cell.apply(row).length()).max().orElse(0);
    }

    private static StringBuilder left(StringBuilder line, String text, int width) {
        return line.append(text).append(" ".repeat(width - text.length()));
    }

    private static StringBuilder right(StringBuilder line, String text, int width) {
        return line.append(" ".repeat(width - text.length())).append(text);
    }
}
