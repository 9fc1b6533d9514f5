package io.sockfd.netlink;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Ifaddrmsg;
import io.sockfd.raw.struct.Ifinfomsg;
import io.sockfd.raw.struct.Ndmsg;
import io.sockfd.raw.struct.Rtmsg;

/** What an {@link RtWatch} saw: that something is there or has changed, or that it is gone. */
public sealed interface Change {
    /** Whether it is gone; otherwise it is new or has changed. */
    boolean gone();

    /**
     * RTM_NEWLINK, RTM_DELLINK.
     *
     * @param gone whether it is
     * @param link the interface
     */
    record OfLink(boolean gone, Link link) implements Change {}

    /**
     * RTM_NEWADDR, RTM_DELADDR.
     *
     * @param gone whether it is
     * @param address the address
     */
    record OfAddress(boolean gone, LinkAddress address) implements Change {}

    /**
     * RTM_NEWROUTE, RTM_DELROUTE.
     *
     * @param gone whether it is
     * @param route the route
     */
    record OfRoute(boolean gone, Route route) implements Change {}

    /**
     * RTM_NEWNEIGH, RTM_DELNEIGH.
     *
     * @param gone whether it is
     * @param neighbour the neighbour
     */
    record OfNeighbour(boolean gone, Neighbour neighbour) implements Change {}

    /**
     * Anything else: a rule, a queueing discipline, a bridge's port. {@link RtWatch#message} has it.
     *
     * @param gone whether it is an {@code RTM_DEL} message
     * @param type the {@code RTM_} number
     */
    record Other(boolean gone, int type) implements Change {}

    /** Reads a notification. */
    static Change decode(NetlinkMessage message) throws MalformedMessageException {
        int type = message.type();
        // from RTM_BASE on they come in fours: NEW, DEL, GET, SET
        boolean gone = (type & 3) == 1;
        switch (type) {
            case Linux.RTM_NEWLINK, Linux.RTM_DELLINK -> {
                // the bridge tells of its ports with the same type and other attributes
                boolean ours = message.buffer().get(message.atLeast(Ifinfomsg.SIZE)) == Linux.AF_UNSPEC;
                return ours ? new OfLink(gone, Link.decode(message)) : new Other(gone, type);
            }
            case Linux.RTM_NEWADDR, Linux.RTM_DELADDR -> {
                return Dump.isInternet(message, Ifaddrmsg.SIZE)
                        ? new OfAddress(gone, LinkAddress.decode(message))
                        : new Other(gone, type);
            }
            case Linux.RTM_NEWROUTE, Linux.RTM_DELROUTE -> {
                return Dump.isInternet(message, Rtmsg.SIZE)
                        ? new OfRoute(gone, Route.decode(message))
                        : new Other(gone, type);
            }
            case Linux.RTM_NEWNEIGH, Linux.RTM_DELNEIGH -> {
                return Dump.isInternet(message, Ndmsg.SIZE)
                        ? new OfNeighbour(gone, Neighbour.decode(message))
                        : new Other(gone, type);
            }
            default -> {
                return new Other(gone, type);
            }
        }
    }
}
