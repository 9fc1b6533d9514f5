package io.sockfd.cli.ss;

/** The lists that the kernel keeps, in the order in which they are shown. */
enum SocketTable {
    NETLINK(States.CLOSE),
    PACKET(States.CLOSE),
    UNIX(States.CONNECTED),
    RAW(States.ESTABLISHED),
    UDP(States.ESTABLISHED),
    TCP(States.CONNECTED),
    MPTCP(States.CONNECTED);

    private final int states;

    SocketTable(int states) {
        this.states = states;
    }

    /** The states that are shown when none were asked for. */
    int defaultStates() {
        return states;
    }

    boolean isInternet() {
        return switch (this) {
            case RAW, UDP, TCP, MPTCP -> true;
            default -> false;
        };
    }

    /** Whether all in it are called the same, so that a column with their kind says nothing. */
    boolean hasOneKind() {
        return this != UNIX && this != PACKET;
    }
}
