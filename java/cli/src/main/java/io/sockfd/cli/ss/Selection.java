package io.sockfd.cli.ss;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which sockets are listed, before the filter.
 *
 * @param tables at least one
 * @param states a mask of {@code 1 << TCP_LISTEN} …
 * @param ipv4 of Internet sockets, those over IPv4
 * @param ipv6 of Internet sockets, those over IPv6
 */
record Selection(Set<SocketTable> tables, int states, boolean ipv4, boolean ipv6) {
    /**
     * Completes what the command line says as ss(8) does: a family alone is all its tables, a table alone all its families.
     *
     * @param states 0 for those that are usual for the tables
     */
    static Selection of(Set<SocketTable> named, boolean ipv4, boolean ipv6, int states) {
        Set<SocketTable> tables = EnumSet.noneOf(SocketTable.class);
        tables.addAll(named);
        boolean internetNamed = tables.stream().anyMatch(SocketTable::isInternet);
        int usual = 0;
        for (SocketTable table : tables) {
            usual |= table.defaultStates();
        }
        if (ipv4 || ipv6) {
            usual |= States.CONNECTED;
            if (!internetNamed) {
                tables.addAll(SocketTable.INTERNET);
            }
        }
        if (tables.isEmpty()) {
            tables.addAll(EnumSet.allOf(SocketTable.class));
            usual = States.CONNECTED;
        }
        boolean both = ipv4 == ipv6;
        return new Selection(tables, states == 0 ? usual : states, both || ipv4, both || ipv6);
    }

    boolean hasOneKind() {
        return tables.size() == 1;
    }

    /** Whether an address without a family's name before it is a UNIX socket's. */
    boolean onlyUnix() {
        return SocketTable.UNIX.containsAll(tables);
    }

    boolean hasOneState() {
        return Integer.bitCount(states) == 1;
    }
}
