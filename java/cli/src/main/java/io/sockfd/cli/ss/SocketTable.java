package io.sockfd.cli.ss;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The lists that the kernel keeps, in the order in which they are shown. */
enum SocketTable {
    NETLINK(States.CLOSE),
    PACKET_RAW(States.CLOSE),
    PACKET_DGRAM(States.CLOSE),
    UNIX_STREAM(States.CONNECTED),
    UNIX_DGRAM(States.CONNECTED),
    UNIX_SEQPACKET(States.CONNECTED),
    RAW(States.ESTABLISHED),
    UDP(States.ESTABLISHED),
    TCP(States.CONNECTED),
    MPTCP(States.CONNECTED),
    DCCP(States.CONNECTED),
    SCTP(States.CONNECTED),
    VSOCK_STREAM(States.CONNECTED),
    VSOCK_DGRAM(States.ESTABLISHED),
    TIPC(States.CONNECTED),
    XDP(States.CLOSE);

    static final Set<SocketTable> INTERNET = EnumSet.of(TCP, MPTCP, UDP, RAW, SCTP, DCCP);
    static final Set<SocketTable> PACKET = EnumSet.of(PACKET_RAW, PACKET_DGRAM);
    static final Set<SocketTable> UNIX = EnumSet.of(UNIX_STREAM, UNIX_DGRAM, UNIX_SEQPACKET);
    static final Set<SocketTable> VSOCK = EnumSet.of(VSOCK_STREAM, VSOCK_DGRAM);

    /** What -A takes, besides the names of the tables. */
    private static final Map<String, Set<SocketTable>> SEVERAL = new LinkedHashMap<>();

    static {
        SEVERAL.put("all", EnumSet.allOf(SocketTable.class));
        SEVERAL.put("inet", INTERNET);
        SEVERAL.put("unix", UNIX);
        SEVERAL.put("packet", PACKET);
        SEVERAL.put("vsock", VSOCK);
        SEVERAL.put("u_str", EnumSet.of(UNIX_STREAM));
        SEVERAL.put("u_dgr", EnumSet.of(UNIX_DGRAM));
        SEVERAL.put("u_seq", EnumSet.of(UNIX_SEQPACKET));
        SEVERAL.put("p_raw", EnumSet.of(PACKET_RAW));
        SEVERAL.put("p_dgr", EnumSet.of(PACKET_DGRAM));
        for (SocketTable table : values()) {
            SEVERAL.put(table.name().toLowerCase(java.util.Locale.ROOT), EnumSet.of(table));
        }
    }

    private final int states;

    SocketTable(int states) {
        this.states = states;
    }

    /** The tables of one name of -A; empty when there is none of this name. */
    static Set<SocketTable> named(String name) {
        return SEVERAL.getOrDefault(name, EnumSet.noneOf(SocketTable.class));
    }

    /** Every name of -A. */
    static String names() {
        return String.join(", ", SEVERAL.keySet());
    }

    /** The states that are shown when none were asked for. */
    int defaultStates() {
        return states;
    }

    boolean isInternet() {
        return INTERNET.contains(this);
    }
}
