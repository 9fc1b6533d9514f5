package io.sockfd.cli.ss;

import io.sockfd.netlink.InetSocketView;
import io.sockfd.netlink.NetlinkSocketView;
import io.sockfd.netlink.SocketView;
import io.sockfd.netlink.UnixSocketView;
import io.sockfd.option.MemInfo;
import io.sockfd.raw.Linux;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** What -o, -e and -m say of a socket, in ss(8)'s words. */
final class Details {
    private static final int MINUTE = 60;
    private static final int SECOND = 1000;
    private static final int PLAIN = 9;
    private static final int MINOR_BITS = 20;

    private static final List<String> SOCKET_OPTIONS = List.of(
            "recverr",
            "is_icsk",
            "freebind",
            "hdrincl",
            "mc_loop",
            "transparent",
            "mc_all",
            "nodefrag",
            "bind_addr_no_port",
            "recverr_rfc4884",
            "defer_connect");

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

    /** {@code tos:0 tclass:0 class_id:0}: what is told of them. */
    static String tos(Entry entry) {
        StringJoiner text = new StringJoiner(" ");
        if (entry.view() instanceof InetSocketView socket) {
            if (socket.tos() >= 0) {
                text.add("tos:0x" + Integer.toHexString(socket.tos()));
            }
            if (socket.trafficClass() >= 0) {
                text.add("tclass:0x" + Integer.toHexString(socket.trafficClass()));
            }
            if (socket.classId() >= 0) {
                text.add("class_id:0x" + Long.toHexString(socket.classId()));
            }
        }
        return text.toString().replace(":0x0", ":0");
    }

    static String controlGroup(Entry entry) {
        return entry.view() instanceof InetSocketView socket && socket.cgroupId() > 0
                ? "cgroup:" + ControlGroups.path(socket.cgroupId())
                : "";
    }

    /** The bits of struct inet_diag_sockopt, which Linux 5.16 tells. */
    static String options(InetSocketView socket) {
        int at = socket.attributeOffset(Linux.INET_DIAG_SOCKOPT);
        if (at < 0) {
            return "";
        }
        int bits = (socket.buffer().get(at) & 0xff) | (socket.buffer().get(at + 1) & 0xff) << Byte.SIZE;
        StringBuilder text = new StringBuilder("inet-sockopt: (");
        for (int i = 0; i < SOCKET_OPTIONS.size(); i++) {
            if ((bits >> i & 1) != 0) {
                text.append(' ').append(SOCKET_OPTIONS.get(i));
            }
        }
        return text.append(')').toString();
    }
}
