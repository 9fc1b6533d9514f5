package io.sockfd.cli.ss;

import io.sockfd.Socket;
import io.sockfd.cli.FailedException;
import io.sockfd.cli.Interruption;
import io.sockfd.netlink.InetSocketView;
import io.sockfd.netlink.NetlinkOverrunException;
import io.sockfd.netlink.SocketDiagWatch;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** {@code -E}: TCP and UDP sockets as they end. */
final class Events {
    private final Selection selection;
    private final Filter filter;

    Events(Selection selection, Filter filter) {
        this.selection = selection;
        this.filter = filter;
    }

    /** Gives each, until the command is to end. */
    void run(Interruption interruption, Consumer<Entry> taker, Consumer<String> note) throws IOException {
        InetSocketView view = new InetSocketView();
        try (SocketDiagWatch watch = SocketDiagWatch.open(groups())) {
            watch.timeout(Socket.NON_BLOCKING);
            while (!interruption.asked()) {
                try {
                    if (watch.next(view)) {
                        take(view.copy(), taker);
                    } else {
                        int unused = watch.socket().poll(Linux.POLLIN, Duration.ofNanos(Interruption.GLANCE_NANOS));
                    }
                } catch (NetlinkOverrunException e) {
                    note.accept("some sockets that ended were missed: there were too many at once");
                }
            }
        }
    }

    /** Whatever the state: what ended is in none that was asked for. */
    private void take(InetSocketView socket, Consumer<Entry> taker) {
        Entry entry = Entry.of(socket.protocol() == Linux.IPPROTO_UDP ? "udp" : "tcp", socket);
        if (filter.matches(entry)) {
            taker.accept(entry);
        }
    }

    private int[] groups() {
        List<Integer> groups = new ArrayList<>();
        if (selection.tables().contains(SocketTable.TCP)) {
            add(groups, Linux.SKNLGRP_INET_TCP_DESTROY, Linux.SKNLGRP_INET6_TCP_DESTROY);
        }
        if (selection.tables().contains(SocketTable.UDP)) {
            add(groups, Linux.SKNLGRP_INET_UDP_DESTROY, Linux.SKNLGRP_INET6_UDP_DESTROY);
        }
        if (groups.isEmpty()) {
            throw new FailedException("-E shows TCP and UDP sockets only: add -t or -u");
        }
        return groups.stream().mapToInt(Integer::intValue).toArray();
    }

    private void add(List<Integer> groups, int ipv4, int ipv6) {
        if (selection.ipv4()) {
            groups.add(ipv4);
        }
        if (selection.ipv6()) {
            groups.add(ipv6);
        }
    }
}
