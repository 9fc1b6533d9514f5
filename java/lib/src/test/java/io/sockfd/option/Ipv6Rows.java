package io.sockfd.option;

import static io.sockfd.option.Family.INET6;
import static io.sockfd.option.Family.RAW6;
import static io.sockfd.option.Family.RAW6_RAW;
import static io.sockfd.option.Family.TCP6;
import static io.sockfd.option.Family.TCP6_CONNECTED;
import static io.sockfd.option.Family.UDP6;
import static io.sockfd.option.Family.UDP6_CONNECTED;
import static io.sockfd.option.Ipv6Options.*;
import static io.sockfd.option.Row.row;
import static io.sockfd.option.Row.toggle;
import static io.sockfd.option.Row.toggleOn;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.Errno;
import io.sockfd.Option;
import io.sockfd.raw.Linux;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** IPPROTO_IPV6 but for multicast. */
final class Ipv6Rows {
    /** An extension header of 8 bytes: next header, length 0, and a PadN option that fills it. */
    private static final byte[] PADDING = {0, 0, 1, 4, 0, 0, 0, 0};

    private static final byte[] NONE = {};
    private static final int LOOPBACK_MTU = 65536;
    private static final int TOO_LARGE = 256;

    private Ipv6Rows() {}

    static void add(List<Row<?>> rows) {
        for (Option<Boolean> received : List.of(
                IPV6_2292DSTOPTS,
                IPV6_2292HOPLIMIT,
                IPV6_2292HOPOPTS,
                IPV6_2292PKTINFO,
                IPV6_2292RTHDR,
                IPV6_DONTFRAG,
                IPV6_FLOWINFO,
                IPV6_FLOWINFO_SEND,
                IPV6_FREEBIND,
                IPV6_RECVDSTOPTS,
                IPV6_RECVERR,
                IPV6_RECVERR_RFC4884,
                IPV6_RECVFRAGSIZE,
                IPV6_RECVHOPLIMIT,
                IPV6_RECVHOPOPTS,
                IPV6_RECVORIGDSTADDR,
                IPV6_RECVPATHMTU,
                IPV6_RECVPKTINFO,
                IPV6_RECVRTHDR,
                IPV6_RECVTCLASS,
                IPV6_TRANSPARENT)) {
            rows.add(toggle(received, INET6));
        }
        rows.add(toggleOn(IPV6_AUTOFLOWLABEL, INET6));
        rows.add(row(IPV6_V6ONLY, TCP6, UDP6)
                .sets(true)
                .sets(false)
                .then(UDP6::bound)
                .refuses(true, Errno.EINVAL)); // too late
        numbers(rows);
        raw(rows);
        headers(rows);
        special(rows);
    }

    private static void numbers(List<Row<?>> rows) {
        rows.add(row(IPV6_ADDRFORM, TCP6_CONNECTED).reads(Linux.AF_INET6).refuses(Linux.AF_INET, Errno.EADDRNOTAVAIL));
        rows.add(row(IPV6_ADDRFORM, UDP6).unreadable(Errno.ENOTCONN));
        rows.add(row(IPV6_ADDR_PREFERENCES, INET6)
                .reads("the default", n -> n != 0)
                .takes(Linux.IPV6_PREFER_SRC_TMP)
                .reads("temporary addresses first", n -> (n & Linux.IPV6_PREFER_SRC_TMP) != 0));
        rows.add(row(IPV6_MINHOPCOUNT, INET6).reads(0).sets(255).refuses(TOO_LARGE, Errno.EINVAL));
        rows.add(row(IPV6_MTU, UDP6_CONNECTED).reads(LOOPBACK_MTU).takes(1400).refuses(1000, Errno.EINVAL));
        rows.add(row(IPV6_MTU, UDP6).unreadable(Errno.ENOTCONN));
        rows.add(row(IPV6_MTU_DISCOVER, INET6)
                .reads("WANT or the system's", n -> n >= 0)
                .sets(Linux.IPV6_PMTUDISC_DO)
                .refuses(6, Errno.EINVAL));
        rows.add(row(IPV6_TCLASS, UDP6, RAW6).reads(0).sets(0xff).sets(-1, 0).refuses(TOO_LARGE, Errno.EINVAL));
        rows.add(row(IPV6_TCLASS, TCP6).reads(0).sets(0xbb, 0xb8)); // TCP keeps the two ECN bits for itself
        rows.add(row(IPV6_UNICAST_HOPS, INET6)
                .reads("the route's", n -> n >= 0)
                .sets(255)
                .refuses(-2, Errno.EINVAL)
                .refuses(TOO_LARGE, Errno.EINVAL));
        rows.add(row(IPV6_UNICAST_IF, INET6).reads(0).sets(1).sets(0).refuses(1 << 30, Errno.EADDRNOTAVAIL));
    }

    private static void raw(List<Row<?>> rows) {
        rows.add(row(IPV6_CHECKSUM, RAW6).reads(-1).sets(2).sets(-1).refuses(3, Errno.EINVAL));
        rows.add(row(IPV6_CHECKSUM, UDP6).unreadable(Errno.ENOPROTOOPT));
        rows.add(toggle(IPV6_HDRINCL, RAW6));
        rows.add(row(IPV6_HDRINCL, UDP6).unreadable(Errno.ENOPROTOOPT));
        rows.add(row(IPV6_ROUTER_ALERT, RAW6_RAW).takes(0).takes(-1));
        rows.add(row(IPV6_ROUTER_ALERT, UDP6).reads(0).refuses(1, Errno.ENOPROTOOPT));
        rows.add(toggle(IPV6_ROUTER_ALERT_ISOLATE, RAW6_RAW).since(5, 1));
    }

    private static void headers(List<Row<?>> rows) {
        rows.add(row(IPV6_DSTOPTS, UDP6, TCP6).reads(NONE).sets(PADDING).sets(NONE));
        rows.add(row(IPV6_HOPOPTS, UDP6, TCP6).reads(NONE).sets(PADDING).sets(NONE));
        rows.add(row(IPV6_RTHDRDSTOPTS, UDP6, TCP6).reads(NONE).sets(PADDING).sets(NONE));
        // type 0, which RFC 5095 forbids
        rows.add(row(IPV6_RTHDR, UDP6)
                .reads(NONE)
                .refuses(new byte[8], Errno.EINVAL)
                .takes(NONE));
    }

    private static void special(List<Row<?>> rows) {
        rows.add(row(IPV6_2292PKTOPTIONS, TCP6).reads(NONE).takes(NONE));
        rows.add(row(IPV6_2292PKTOPTIONS, UDP6).unreadable(Errno.ENOPROTOOPT).takes(NONE));
        rows.add(row(IPV6_FLOWLABEL_MGR, UDP6, TCP6).unreadable(Errno.ENOENT).then(Ipv6Rows::leaseALabel));
        rows.add(row(IPV6_HOPLIMIT, UDP6)); // the kernel knows it only as a control message
        rows.add(row(IPV6_NEXTHOP, UDP6));
        rows.add(row(IPV6_PATHMTU, UDP6_CONNECTED)
                .reads(new Ip6Mtuinfo(any(), LOOPBACK_MTU))); // Linux leaves the destination out
        rows.add(row(IPV6_PATHMTU, UDP6).unreadable(Errno.ENOTCONN));
        rows.add(row(IP6T_SO_ORIGINAL_DST, TCP6)
                .unreadable(Errno.ENOENT)
                .optional("a kernel with connection tracking", Errno.ENOPROTOOPT));
        rows.add(row(IPV6_PKTINFO, UDP6, RAW6)
                .takes(new In6Pktinfo(loopback(), 1))
                .takes(new In6Pktinfo(any(), 0))
                .then(fd -> SocketOptions.SO_BINDTOIFINDEX.set(fd, 1))
                .refuses(new In6Pktinfo(any(), 2), Errno.EINVAL)); // not the one it is bound to
        rows.add(row(IPV6_XFRM_POLICY, INET6)
                .takes(NONE)
                .refuses(new byte[1], Errno.EINVAL)
                .optional("a kernel with XFRM", Errno.ENOPROTOOPT));
        rows.add(row(IPV6_IPSEC_POLICY, INET6)
                .refuses(new byte[8], Errno.EOPNOTSUPP)
                .optional("a kernel with XFRM", Errno.ENOPROTOOPT));
    }

    private static void leaseALabel(int fd) throws Exception {
        FlowLabelRequest request = new FlowLabelRequest(
                loopback(), 0, Linux.IPV6_FL_A_GET, Linux.IPV6_FL_S_PROCESS, Linux.IPV6_FL_F_CREATE, 6, 1);
        IPV6_FLOWLABEL_MGR.set(fd, request);
        FlowLabelRequest wrong =
                new FlowLabelRequest(loopback(), 0x12345, Linux.IPV6_FL_A_PUT, Linux.IPV6_FL_S_PROCESS, 0, 6, 1);
        assertThrows(java.io.IOException.class, () -> IPV6_FLOWLABEL_MGR.set(fd, wrong));
    }

    private static Inet6Address loopback() {
        byte[] address = new byte[16];
        address[15] = 1;
        return address(address);
    }

    private static Inet6Address any() {
        return address(new byte[16]);
    }

    private static Inet6Address address(byte[] bytes) {
        try {
            return (Inet6Address) InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
