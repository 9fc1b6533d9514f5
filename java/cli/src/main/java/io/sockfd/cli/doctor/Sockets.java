package io.sockfd.cli.doctor;

import static io.sockfd.raw.Linux.*;

import io.sockfd.Errno;
import io.sockfd.cli.doctor.Report.SocketState;
import io.sockfd.cli.doctor.SocketKinds.Kind;
import io.sockfd.raw.Libc;
import java.util.List;

/** Opens one socket of each kind. As root this makes the kernel load the modules it has for them. */
final class Sockets {
    private Sockets() {}

    static List<SocketState> probe(Libc libc) {
        return SocketKinds.ALL.stream().map(kind -> probe(libc, kind)).toList();
    }

    private static SocketState probe(Libc libc, Kind kind) {
        int fd = libc.socket(kind.domain(), kind.type() | SOCK_CLOEXEC, kind.protocol());
        String state = Report.WORKS;
        String reason = null;
        if (fd >= 0) {
            libc.close(fd);
        } else {
            Errno errno = Errno.ofResult(fd);
            state = errno.name();
            reason = reason(kind, errno);
        }
        return new SocketState(kind.name(), kind.family(), kind.typeName(), kind.protocolName(), state, reason);
    }

    /** What an error of {@code socket(2)} means for this kind. */
    static String reason(Kind kind, Errno errno) {
        int number = errno.value();
        if (number == EPERM) {
            return kind.domain() == AF_BLUETOOTH || kind.domain() == AF_NETLINK
                    ? "not permitted to this user"
                    : "needs CAP_NET_RAW";
        } else if (number == EACCES) {
            return kind.protocol() == IPPROTO_ICMP || kind.protocol() == IPPROTO_ICMPV6
                    ? "the group is outside of net.ipv4.ping_group_range"
                    : "denied by a security module";
        } else if (number == EAFNOSUPPORT) {
            return "no such address family in this kernel";
        } else if (number == EPROTONOSUPPORT) {
            return "no such protocol in this kernel";
        } else if (number == ESOCKTNOSUPPORT) {
            return "no such socket type for this family in this kernel";
        }
        return errno.text();
    }
}
