package io.sockfd.benchmarks.netlink;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Ifaddrmsg;
import io.sockfd.raw.struct.Ifinfomsg;
import io.sockfd.raw.struct.Nlmsghdr;
import io.sockfd.raw.struct.Rtattr;
import io.sockfd.raw.struct.Rtmsg;
import java.nio.ByteBuffer;

/** One link, address or route, taken out of a message by the flyweights; the same fields as in {@code netlink.c}. */
final class RawEntry {
    private static final int ADDRESS = 16;

    private final ByteBuffer b;
    private final byte[] name = new byte[Linux.IFNAMSIZ];
    private final byte[] address = new byte[ADDRESS];
    private int index;
    private int mtu;

    RawEntry(ByteBuffer replies) {
        b = replies;
    }

    /** Reads the message at that offset, and gives its interface index. */
    int read(int type, int at) {
        int end = at + Nlmsghdr.nlmsg_len(b, at);
        int struct = at + Nlmsghdr.SIZE;
        switch (type) {
            case Linux.RTM_NEWLINK -> {
                index = Ifinfomsg.ifi_index(b, struct);
                readLink(struct + Ifinfomsg.SIZE, end);
            }
            case Linux.RTM_NEWADDR -> {
                index = Ifaddrmsg.ifa_index(b, struct);
                readAddress(struct + Ifaddrmsg.SIZE, end);
            }
            default -> {
                index = 0;
                readRoute(struct + Rtmsg.SIZE, end);
            }
        }
        return index;
    }

    private void readLink(int from, int end) {
        for (int at = from; at < end; at = next(at)) {
            switch (Rtattr.rta_type(b, at)) {
                case Linux.IFLA_IFNAME -> copy(at, name);
                case Linux.IFLA_MTU -> mtu = b.getInt(at + Rtattr.SIZE);
                case Linux.IFLA_ADDRESS -> copy(at, address);
                default -> {}
            }
        }
    }

    private void readAddress(int from, int end) {
        for (int at = from; at < end; at = next(at)) {
            switch (Rtattr.rta_type(b, at)) {
                case Linux.IFA_LOCAL, Linux.IFA_ADDRESS -> copy(at, address);
                case Linux.IFA_LABEL -> copy(at, name);
                default -> {}
            }
        }
    }

    private void readRoute(int from, int end) {
        for (int at = from; at < end; at = next(at)) {
            switch (Rtattr.rta_type(b, at)) {
                case Linux.RTA_OIF -> index = b.getInt(at + Rtattr.SIZE);
                case Linux.RTA_DST, Linux.RTA_GATEWAY -> copy(at, address);
                default -> {}
            }
        }
    }

    private int next(int at) {
        return at + (Rtattr.rta_len(b, at) + 3 & -4);
    }

    private void copy(int at, byte[] into) {
        b.get(at + Rtattr.SIZE, into, 0, Math.min(into.length, Rtattr.rta_len(b, at) - Rtattr.SIZE));
    }

    @Override
    public String toString() {
        return "interface " + index + ", MTU " + mtu;
    }
}
