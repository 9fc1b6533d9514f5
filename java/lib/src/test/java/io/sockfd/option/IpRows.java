package io.sockfd.option;

import static io.sockfd.option.Family.INET;
import static io.sockfd.option.Family.RAW4;
import static io.sockfd.option.Family.TCP;
import static io.sockfd.option.Family.TCP4;
import static io.sockfd.option.Family.TCP4_CONNECTED;
import static io.sockfd.option.Family.TCP6;
import static io.sockfd.option.Family.UDP4;
import static io.sockfd.option.Family.UDP4_CONNECTED;
import static io.sockfd.option.Family.UDP6;
import static io.sockfd.option.IpOptions.*;
import static io.sockfd.option.Row.row;
import static io.sockfd.option.Row.toggle;

import io.sockfd.Errno;
import io.sockfd.raw.Linux;
import java.util.List;

/** IPPROTO_IP, also on IPv6 sockets, but for multicast. */
final class IpRows {
    /** End of options, padded: the shortest that the kernel takes. */
    private static final byte[] IP_OPTION = {1, 1, 1, 1};

    /** The interface has 65536, which IPv4 cannot say: IP_MAX_MTU. */
    private static final int LOOPBACK_MTU = 65535;

    private static final int TOO_LARGE = 256;

    private IpRows() {}

    static void add(List<Row<?>> rows) {
        switches(rows);
        numbers(rows);
        special(rows);
    }

    private static void switches(List<Row<?>> rows) {
        rows.add(toggle(IP_BIND_ADDRESS_NO_PORT, INET));
        rows.add(toggle(IP_CHECKSUM, INET));
        rows.add(toggle(IP_FREEBIND, INET));
        rows.add(toggle(IP_HDRINCL, RAW4));
        rows.add(row(IP_HDRINCL, TCP4, UDP4).reads(false).refuses(true, Errno.ENOPROTOOPT));
        rows.add(toggle(IP_NODEFRAG, RAW4));
        rows.add(row(IP_NODEFRAG, TCP4, UDP4).reads(false).refuses(true, Errno.ENOPROTOOPT));
        rows.add(toggle(IP_PASSSEC, INET));
        rows.add(toggle(IP_PKTINFO, INET));
        rows.add(toggle(IP_RECVERR, INET));
        rows.add(toggle(IP_RECVERR_RFC4884, INET).since(5, 9));
        rows.add(toggle(IP_RECVFRAGSIZE, UDP4, UDP6, RAW4));
        rows.add(row(IP_RECVFRAGSIZE, TCP4).reads(false).refuses(true, Errno.EINVAL));
        rows.add(toggle(IP_RECVOPTS, INET));
        rows.add(toggle(IP_RECVORIGDSTADDR, INET));
        rows.add(toggle(IP_RECVTOS, INET));
        rows.add(toggle(IP_RECVTTL, INET));
        rows.add(toggle(IP_RETOPTS, INET));
        rows.add(toggle(IP_ROUTER_ALERT, RAW4));
        rows.add(row(IP_ROUTER_ALERT, TCP4, UDP4).reads(false).refuses(true, Errno.EINVAL));
        rows.add(toggle(IP_TRANSPARENT, INET));
    }

    private static void numbers(List<Row<?>> rows) {
        rows.add(row(IP_LOCAL_PORT_RANGE, TCP4, TCP6, UDP4, UDP6)
                .since(6, 3)
                .reads(new PortRange(0, 0))
                .sets(new PortRange(40_000, 40_100))
                .sets(new PortRange(0, 0))
                .refuses(new PortRange(2, 1), Errno.EINVAL));
        rows.add(row(IP_MINTTL, INET).reads(0).sets(255).refuses(TOO_LARGE, Errno.EINVAL));
        rows.add(row(IP_MTU, UDP4_CONNECTED, TCP4_CONNECTED).reads(LOOPBACK_MTU));
        rows.add(row(IP_MTU, UDP4).unreadable(Errno.ENOTCONN));
        rows.add(row(IP_MTU_DISCOVER, INET)
                .reads("WANT or the system's", n -> n >= 0)
                .sets(Linux.IP_PMTUDISC_DO)
                .sets(Linux.IP_PMTUDISC_OMIT)
                .refuses(6, Errno.EINVAL));
        rows.add(row(IP_PROTOCOL, RAW4).since(6, 4).reads(RAW4.protocol));
        rows.add(row(IP_TOS, UDP4, RAW4).reads(0).sets(0xb8).sets(0xff));
        rows.add(row(IP_TOS, TCP).reads(0).sets(0xb8).sets(0xbb, 0xb8)); // TCP keeps the two ECN bits for itself
        rows.add(row(IP_TTL, INET)
                .reads("the system's default", n -> n >= 1 && n <= 255)
                .sets(1)
                .sets(255)
                .refuses(0, Errno.EINVAL)
                .refuses(TOO_LARGE, Errno.EINVAL));
        rows.add(row(IP_UNICAST_IF, INET).reads(0).sets(1).sets(0).refuses(1 << 30, Errno.EADDRNOTAVAIL));
    }

    private static void special(List<Row<?>> rows) {
        rows.add(row(IP_OPTIONS, TCP4, UDP4, RAW4)
                .reads(new byte[0])
                .sets(IP_OPTION)
                .sets(new byte[0])
                .refuses(new byte[44], Errno.EINVAL));
        rows.add(row(IP_PKTOPTIONS, TCP4).reads(new byte[0]));
        rows.add(row(IP_PKTOPTIONS, UDP4).unreadable(Errno.ENOPROTOOPT));
        // an empty policy removes what is not there
        rows.add(row(IP_XFRM_POLICY, TCP4, UDP4, RAW4)
                .takes(new byte[0])
                .refuses(new byte[1], Errno.EINVAL)
                .optional("a kernel with XFRM", Errno.ENOPROTOOPT));
        // nobody redirected it: OriginalDestinationIT has who did
        rows.add(row(SO_ORIGINAL_DST, TCP4_CONNECTED)
                .unreadable(Errno.ENOENT)
                .optional("a kernel with connection tracking", Errno.ENOPROTOOPT));
        rows.add(row(SO_ORIGINAL_DST, UDP4, RAW4).unreadable(Errno.ENOPROTOOPT));
        // af_key, which few have, would say EINVAL
        rows.add(row(IP_IPSEC_POLICY, INET)
                .refuses(new byte[8], Errno.EOPNOTSUPP)
                .optional("a kernel with XFRM", Errno.ENOPROTOOPT));
    }
}
