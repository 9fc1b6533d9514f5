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
            for (SocketTable table : SocketTable.values()) {
                if (selection.tables().contains(table)) {
                    read(diag, table, found);
                }
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
            case PACKET -> {
                for (PacketSocketView socket : diag.packet()) {
                    keep(Entry.of(socket), found);
                }
            }
            case UNIX -> {
                for (UnixSocketView socket : diag.unix()) {
                    keep(Entry.of(socket), found);
                }
            }
            case RAW -> raw(diag, found);
            case UDP -> internet(diag, "udp", Linux.IPPROTO_UDP, found);
            case TCP -> internet(diag, "tcp", Linux.IPPROTO_TCP, found);
            case MPTCP -> {
                try {
                    internet(diag, "mptcp", Linux.IPPROTO_MPTCP, found);
                } catch (NetlinkException e) {
                    // a kernel without it has none of them; asked for alone, the answer is the reason
                    if (e.errno().value() != Linux.ENOENT || selection.tables().size() == 1) {
                        throw e;
                    }
                }
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

    private void keep(Entry entry, List<Entry> found) {
        if (((1 << entry.state()) & selection.states()) != 0 && filter.matches(entry)) {
            found.add(entry);
        }
    }
}
