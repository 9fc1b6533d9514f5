package io.sockfd.cli.ss;

import io.sockfd.netlink.InetSocketView;
import io.sockfd.netlink.NetlinkSocketView;
import io.sockfd.netlink.PacketSocketView;
import io.sockfd.netlink.SocketView;
import io.sockfd.netlink.UnixSocketView;
import io.sockfd.option.MemInfo;
import io.sockfd.raw.Linux;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** What -o, -e and -m say of a socket, in ss(8)'s words. */
final class Details {
    private static final int MINUTE = 60;
    private static final int SECOND = 1000;
    private static final int PLAIN = 9;
    private static final int MINOR_BITS = 20;

    private Details() {}

    /** {@code timer:(keepalive,119min,0)}; empty when none runs. */
    static String timer(Entry entry) {
        return entry.view() instanceof InetSocketView socket && socket.timer() != 0
                ? "timer:(" + socket.timerName() + "," + duration(socket.timerMillis()) + "," + socket.retransmissions()
                        + ")"
                : "";
    }

    /** Coarser the longer it is: 119min, 9min59sec, 59sec, 9.999sec, 999ms. */
    static String duration(long millis) {
        long minutes = millis / SECOND / MINUTE;
        long seconds = millis / SECOND % MINUTE;
        long rest = millis % SECOND;
        if (minutes > 0) {
            return minutes + "min" + (minutes > PLAIN || seconds == 0 ? "" : seconds + "sec");
        } else if (seconds > 0) {
            return seconds > PLAIN || rest == 0
                    ? seconds + "sec"
                    : String.format(Locale.ROOT, "%d.%03dsec", seconds, rest);
        }
        return rest + "ms";
    }

    /** The user, the inode, the cookie, and what the family adds. */
    static String extended(Entry entry) {
        StringJoiner text = new StringJoiner(" ");
        SocketView view = entry.view();
        if (view instanceof NetlinkSocketView netlink) {
            return text.add("ino:" + entry.inode())
                    .add("sk:" + Long.toHexString(view.cookie()))
                    .add("groups:" + netlink.groups())
                    .toString();
        }
        if (entry.uid() > 0) {
            text.add("uid:" + entry.uid());
        }
        if (view instanceof UnixSocketView unix) {
            unix(unix, text);
            return text.toString();
        }
        text.add("ino:" + entry.inode());
        if (view != null) {
            text.add("sk:" + Long.toHexString(view.cookie()));
        }
        if (view instanceof InetSocketView socket) {
            internet(socket, text);
        }
        return text.toString();
    }

    private static void unix(UnixSocketView socket, StringJoiner text) {
        if (socket.shutdown() >= 0) {
            text.add(shutdown(socket.shutdown()));
        }
        if (socket.fileInode() >= 0) {
            long device = socket.fileDevice();
            text.add("ino:" + socket.fileInode());
            text.add("dev:" + (device >>> MINOR_BITS) + "/" + (device & ((1L << MINOR_BITS) - 1)));
        }
        if (socket.attributeOffset(Linux.UNIX_DIAG_ICONS) >= 0) {
            text.add("peers:"
                    + Arrays.stream(socket.waiting())
                            .mapToObj(inode -> " " + inode)
                            .collect(Collectors.joining()));
        }
    }

    private static void internet(InetSocketView socket, StringJoiner text) {
        if (socket.mark() > 0) {
            text.add("fwmark:0x" + Long.toHexString(socket.mark()));
        }
        if (socket.cgroupId() > 0) {
            text.add("cgroup:" + ControlGroups.path(socket.cgroupId()));
        }
        if (socket.v6Only() >= 0) {
            text.add("v6only:" + socket.v6Only());
        }
        if (socket.shutdown() >= 0) {
            text.add(shutdown(socket.shutdown()));
        }
    }

    /** {@code <->} is open both ways. */
    private static String shutdown(int mask) {
        return ((mask & 1) != 0 ? "-" : "<") + "-" + ((mask & 2) != 0 ? "-" : ">");
    }

    static String memory(Entry entry) {
        MemInfo m = entry.view() == null ? null : entry.view().memory();
        return m == null
                ? ""
                : "skmem:(r" + m.rmemAlloc() + ",rb" + m.rcvbuf() + ",t" + m.wmemAlloc() + ",tb" + m.sndbuf() + ",f"
                        + m.fwdAlloc() + ",w" + m.wmemQueued() + ",o" + m.optmem() + ",bl" + m.backlog() + ",d"
                        + m.drops() + ")";
    }

    /** Of a packet socket what stands on a line of its own. */
    static String packet(PacketSocketView socket) {
        StringJoiner flags = new StringJoiner(" ", " flags(", ")");
        String[] names = {"running", "auxdata", "origdev", "vnethdr", "loss"};
        for (int bit = 0; bit < names.length; bit++) {
            if (socket.flags() > 0 && ((socket.flags() >> bit) & 1) != 0) {
                flags.add(names[bit]);
            }
        }
        return "ver:" + socket.version() + flags
                + (socket.filterLength() > 0 ? " filter:" + socket.filterLength() + " instructions" : "")
                + (socket.fanout() >= 0
                        ? " fanout(id:" + (socket.fanout() & 0xffff) + ",type:" + (socket.fanout() >> Short.SIZE) + ")"
                        : "");
    }
}
