package io.sockfd.cli.ss;

import io.sockfd.cli.kernel.Proc;
import io.sockfd.netlink.InetQuery;
import io.sockfd.netlink.InetSocketView;
import io.sockfd.netlink.NetlinkException;
import io.sockfd.netlink.NetlinkSocketView;
import io.sockfd.netlink.PacketSocketView;
import io.sockfd.netlink.SocketDiag;
import io.sockfd.netlink.UnixSocketView;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks the kernel for the sockets. */
final class Listing {
    private final Selection selection;
    private final Filter filter;
    private final int extensions;

    /**
     * What to ask for.
     *
     * @param extensions a mask of {@code 1 << (INET_DIAG_INFO - 1)} …
     */
    Listing(Selection selection, Filter filter, int extensions) {
        this.selection = selection;
        this.filter = filter;
        this.extensions = extensions;
    }

    /** Those that are there now. */
    List<Entry> read() throws IOException {
        List<Entry> found = new ArrayList<>();
        try (SocketDiag diag = SocketDiag.open()) {
            if (has(SocketTable.PACKET)) {
                for (PacketSocketView socket : diag.packet()) {
                    boolean raw = socket.type() == Linux.SOCK_RAW;
                    keep(raw ? SocketTable.PACKET_RAW : SocketTable.PACKET_DGRAM, Entry.of(socket), found);
                }
            }
            if (has(SocketTable.UNIX)) {
                unix(diag, found);
            }
            if (has(SocketTable.VSOCK)) {
                for (Entry entry : new OtherFamilies(diag.netlink()).vsock()) {
                    boolean datagrams = entry.netid().equals("v_dgr");
                    keep(datagrams ? SocketTable.VSOCK_DGRAM : SocketTable.VSOCK_STREAM, entry, found);
                }
            }
            for (SocketTable table : selection.tables()) {
                read(diag, table, found);
            }
        }
        return found;
    }

    private void read(SocketDiag diag, SocketTable table, List<Entry> found) throws IOException {
        switch (table) {
            case NETLINK -> {
                for (NetlinkSocketView socket : diag.netlinkSockets()) {
                    keep(Entry.of(socket), found);
                }
            }
            case RAW -> raw(diag, found);
            case UDP -> internet(diag, "udp", Linux.IPPROTO_UDP, found);
            case TCP -> internet(diag, "tcp", Linux.IPPROTO_TCP, found);
            case MPTCP -> optional(diag, "mptcp", Linux.IPPROTO_MPTCP, found);
            case SCTP -> optional(diag, "sctp", Linux.IPPROTO_SCTP, found);
            case DCCP -> optional(diag, "dccp", Linux.IPPROTO_DCCP, found);
            case TIPC -> new OtherFamilies(diag.netlink()).tipc().forEach(entry -> keep(entry, found));
            case XDP -> new OtherFamilies(diag.netlink()).xdp().forEach(entry -> keep(entry, found));
            case PACKET_RAW, PACKET_DGRAM, UNIX_STREAM, UNIX_DGRAM, UNIX_SEQPACKET, VSOCK_STREAM, VSOCK_DGRAM -> {
                return; // listed together
            }
        }
    }

    /** Ends the Internet sockets among them, and gives those that ended; what the kernel cannot end goes on. */
    List<Entry> kill() throws IOException {
        List<Entry> ended = new ArrayList<>();
        try (SocketDiag diag = SocketDiag.open()) {
            for (Entry entry : read()) {
                if (entry.view() instanceof InetSocketView socket && end(diag, socket)) {
                    ended.add(entry);
                }
            }
        }
        return ended;
    }

    private static boolean end(SocketDiag diag, InetSocketView socket) throws IOException {
        try {
            diag.destroy(socket);
            return true;
        } catch (NetlinkException e) {
            int errno = e.errno().value();
            if (errno != Linux.EOPNOTSUPP && errno != Linux.ENOENT) {
                throw e;
            }
            return false; // of a kind that has no end by force, or gone meanwhile
        }
    }

    private boolean has(Set<SocketTable> any) {
        return any.stream().anyMatch(selection.tables()::contains);
    }

    private void unix(SocketDiag diag, List<Entry> found) throws IOException {
        for (UnixSocketView socket : diag.unix()) {
            SocketTable table = switch (socket.type()) {
                case Linux.SOCK_STREAM -> SocketTable.UNIX_STREAM;
                case Linux.SOCK_DGRAM -> SocketTable.UNIX_DGRAM;
                default -> SocketTable.UNIX_SEQPACKET;
            };
            keep(table, Entry.of(socket), found);
        }
    }

    /** A kernel without the protocol has no sockets of it: ENOENT, and EINVAL since it is gone for good. */
    private void optional(SocketDiag diag, String netid, int protocol, List<Entry> found) throws IOException {
        try {
            internet(diag, netid, protocol, found);
        } catch (NetlinkException e) {
            int errno = e.errno().value();
            if (errno != Linux.ENOENT && errno != Linux.EINVAL) {
                throw e;
            }
        }
    }

    private void internet(SocketDiag diag, String netid, int protocol, List<Entry> found) throws IOException {
        if (selection.ipv4()) {
            internet(diag, netid, InetQuery.of(Linux.AF_INET, protocol), found);
        }
        if (selection.ipv6()) {
            internet(diag, netid, InetQuery.of(Linux.AF_INET6, protocol), found);
        }
    }

    private void internet(SocketDiag diag, String netid, InetQuery query, List<Entry> found) throws IOException {
        for (InetSocketView socket : diag.list(query.states(selection.states()).extensions(extensions))) {
            keep(Entry.of(netid, socket), found);
        }
    }

    /** Many kernels are built without raw_diag. */
    private void raw(SocketDiag diag, List<Entry> found) throws IOException {
        try {
            internet(diag, "raw", Linux.IPPROTO_RAW, found);
        } catch (NetlinkException e) {
            if (e.errno().value() != Linux.ENOENT) {
                throw e;
            }
            ProcRaw proc = new ProcRaw(Proc.self());
            if (selection.ipv4()) {
                proc.ipv4().forEach(entry -> keep(entry, found));
            }
            if (selection.ipv6()) {
                proc.ipv6().forEach(entry -> keep(entry, found));
            }
        }
    }

    private void keep(SocketTable table, Entry entry, List<Entry> found) {
        if (selection.tables().contains(table)) {
            keep(entry, found);
        }
    }

    private void keep(Entry entry, List<Entry> found) {
        if (((1 << entry.state()) & selection.states()) != 0 && filter.matches(entry)) {
            found.add(entry);
        }
    }
}
