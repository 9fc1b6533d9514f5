package io.sockfd.option;

import static io.sockfd.option.Family.ALL;
import static io.sockfd.option.Family.NETLINK;
import static io.sockfd.option.Family.PACKET;
import static io.sockfd.option.Family.PLAIN;
import static io.sockfd.option.Family.RAW4;
import static io.sockfd.option.Family.RAW6;
import static io.sockfd.option.Family.TCP;
import static io.sockfd.option.Family.TCP4;
import static io.sockfd.option.Family.TCP4_CONNECTED;
import static io.sockfd.option.Family.TCP6;
import static io.sockfd.option.Family.UDP;
import static io.sockfd.option.Family.UDP4;
import static io.sockfd.option.Family.UDP6;
import static io.sockfd.option.Family.UNIX;
import static io.sockfd.option.Row.row;
import static io.sockfd.option.Row.toggle;
import static io.sockfd.option.SocketOptions.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Linger;
import io.sockfd.raw.Linux;
import java.time.Duration;
import java.util.List;

/** SOL_SOCKET but for peers and filters. */
final class SocketRows {
    /** The kernel doubles a buffer's size for its own bookkeeping, and gives the double. */
    private static final int SET_BUFFER = 10_000;

    private static final int DOUBLED_BUFFER = 20_000;
    /** What a size of 0 becomes: SOCK_MIN_RCVBUF and SOCK_MIN_SNDBUF, which depend on the size of struct sk_buff. */
    private static final int LEAST_RCVBUF = 2048;

    private static final int LEAST_SNDBUF = 4096;
    /** SO_RCVTIMEO is kept in ticks of 1 to 10 ms, so a multiple of 10 ms comes back as it was. */
    private static final Duration TIMEOUT = Duration.ofMillis(1500);
    /** No rate was set: ~0. */
    private static final Long UNLIMITED = -1L;

    private SocketRows() {}

    static void add(List<Row<?>> rows) {
        facts(rows);
        switches(rows);
        numbers(rows);
        times(rows);
    }

    private static void facts(List<Row<?>> rows) {
        rows.add(row(SO_ACCEPTCONN, ALL).reads(false));
        rows.add(row(SO_BPF_EXTENSIONS, ALL).reads("positive", n -> n > 0));
        rows.add(row(SO_COOKIE, ALL).reads("positive", n -> n > 0));
        rows.add(row(SO_DOMAIN, UNIX).reads(Linux.AF_UNIX));
        rows.add(row(SO_DOMAIN, TCP6, UDP6, RAW6).reads(Linux.AF_INET6));
        rows.add(row(SO_ERROR, ALL).reads(0));
        rows.add(row(SO_INCOMING_NAPI_ID, ALL).reads(0L));
        rows.add(row(SO_MEMINFO, ALL)
                .reads("empty queues", m -> m.rmemAlloc() == 0 && m.wmemQueued() == 0 && m.drops() == 0)
                .reads("buffers", m -> m.rcvbuf() > LEAST_RCVBUF && m.sndbuf() > LEAST_SNDBUF));
        rows.add(row(SO_NETNS_COOKIE, ALL).since(5, 14).reads("positive", n -> n > 0));
        rows.add(row(SO_PROTOCOL, TCP).reads(Linux.IPPROTO_TCP));
        rows.add(row(SO_PROTOCOL, UDP).reads(Linux.IPPROTO_UDP));
        rows.add(row(SO_SNDLOWAT, ALL).reads(1));
        rows.add(row(SO_TYPE, UNIX, TCP4, TCP6).reads(Linux.SOCK_STREAM));
        rows.add(row(SO_TYPE, RAW4, RAW6, PACKET, NETLINK).reads(Linux.SOCK_RAW));
    }

    private static void switches(List<Row<?>> rows) {
        rows.add(toggle(SO_BROADCAST, PLAIN));
        rows.add(row(SO_BROADCAST, Family.MPTCP).reads(false).sets(true, false)); // taken and ignored
        rows.add(row(SO_BSDCOMPAT, ALL).reads(false).sets(true, false)); // ignored since Linux 2.4
        rows.add(toggle(SO_DEBUG, ALL));
        rows.add(toggle(SO_DONTROUTE, PLAIN));
        rows.add(toggle(SO_KEEPALIVE, ALL));
        rows.add(toggle(SO_NO_CHECK, PLAIN));
        rows.add(toggle(SO_NOFCS, PLAIN));
        rows.add(toggle(SO_OOBINLINE, PLAIN));
        rows.add(toggle(SO_PREFER_BUSY_POLL, PLAIN).since(5, 11));
        rows.add(toggle(SO_RCVMARK, PLAIN).since(5, 19));
        rows.add(toggle(SO_RCVPRIORITY, PLAIN).since(6, 14));
        rows.add(toggle(SO_REUSEADDR, UNIX, TCP4, TCP6, UDP4, UDP6, PACKET, NETLINK));
        rows.add(toggle(SO_REUSEPORT, TCP4, TCP6, UDP4, UDP6));
        // since Linux 6.14 only for Internet sockets
        rows.add(row(SO_REUSEPORT, UNIX).reads(false));
        rows.add(toggle(SO_RXQ_OVFL, PLAIN));
        rows.add(toggle(SO_SELECT_ERR_QUEUE, PLAIN));
        rows.add(toggle(SO_WIFI_STATUS, PLAIN));
        rows.add(toggle(SO_ZEROCOPY, TCP4, TCP6, UDP4, UDP6));
        rows.add(row(SO_ZEROCOPY, UNIX, NETLINK, PACKET).refuses(true, Errno.EOPNOTSUPP));
    }

    private static void numbers(List<Row<?>> rows) {
        rows.add(row(SO_BINDTODEVICE, PLAIN)
                .reads("")
                .refuses("none-such", Errno.ENODEV)
                .sets("lo"));
        rows.add(row(SO_BINDTODEVICE, PLAIN).sets("lo").sets("").needs("CAP_NET_RAW")); // bound, not free to leave
        rows.add(row(SO_BINDTOIFINDEX, PLAIN).reads(0).sets(1));
        rows.add(row(SO_BINDTOIFINDEX, PLAIN).sets(1).sets(0).needs("CAP_NET_RAW"));
        rows.add(row(SO_BUF_LOCK, PLAIN)
                .since(5, 15)
                .reads(0L)
                .sets((long) Linux.SOCK_RCVBUF_LOCK)
                .refuses(0xffL, Errno.EINVAL));
        rows.add(row(SO_BUSY_POLL, PLAIN).reads(0).sets(50).refuses(-1, Errno.EINVAL));
        rows.add(row(SO_BUSY_POLL_BUDGET, PLAIN).since(5, 11).takes(8));
        rows.add(row(SO_CNX_ADVICE, TCP4_CONNECTED).takes(1));
        rows.add(row(SO_INCOMING_CPU, PLAIN).reads(-1).sets(0));
        rows.add(row(SO_LINGER, ALL)
                .reads(Linger.OFF)
                .sets(Linger.ofSeconds(7))
                .sets(Linger.RESET)
                .sets(Linger.OFF));
        rows.add(row(SO_MARK, ALL).reads(0L).sets(0xffff_fffeL));
        rows.add(row(SO_MAX_PACING_RATE, PLAIN)
                .reads(UNLIMITED)
                .sets(1_000_000L)
                .sets(5_000_000_000L)
                .sets(UNLIMITED));
        rows.add(row(SO_PEEK_OFF, UNIX, UDP4, UDP6).reads(-1).sets(3).sets(-1));
        rows.add(row(SO_PEEK_OFF, TCP).since(6, 9).reads(-1).sets(3));
        rows.add(row(SO_PEEK_OFF, PACKET, NETLINK).unreadable(Errno.EOPNOTSUPP));
        rows.add(row(SO_PRIORITY, ALL).reads(0).sets(6).then(SocketRows::highPriority));
        rows.add(row(SO_RCVBUF, ALL)
                .sets(SET_BUFFER, DOUBLED_BUFFER)
                .takes(0)
                .reads("the least size", n -> n >= LEAST_RCVBUF && n < DOUBLED_BUFFER));
        rows.add(row(SO_RCVBUFFORCE, PLAIN).takes(SET_BUFFER).then(fd -> same(SO_RCVBUF.get(fd))));
        rows.add(row(SO_RCVLOWAT, PLAIN).reads(1).sets(100));
        // accounting per cgroup; without one EOPNOTSUPP
        rows.add(row(SO_RESERVE_MEM, TCP)
                .since(5, 16)
                .reads(0)
                .refuses(-1, Errno.EINVAL)
                .takes(4096)
                .optional("a memory cgroup", Errno.EOPNOTSUPP, Errno.ENOMEM));
        rows.add(row(SO_SNDBUF, ALL)
                .sets(SET_BUFFER, DOUBLED_BUFFER)
                .takes(0)
                .reads("the least size", n -> n >= LEAST_SNDBUF && n < DOUBLED_BUFFER));
        rows.add(row(SO_SNDBUFFORCE, PLAIN).takes(SET_BUFFER).then(fd -> same(SO_SNDBUF.get(fd))));
        rows.add(row(SO_TXREHASH, TCP).since(5, 18).reads(1).sets(0).refuses(2, Errno.EINVAL));
    }

    /** The one value of the option that needs a capability. */
    private static void highPriority(int fd) throws Exception {
        if (Kernel.has("CAP_NET_ADMIN")) {
            SO_PRIORITY.set(fd, 7);
            assertEquals(7, SO_PRIORITY.get(fd));
        } else {
            assertThrows(ErrnoException.class, () -> SO_PRIORITY.set(fd, 7));
        }
    }

    private static void same(int read) {
        assertEquals(DOUBLED_BUFFER, read);
    }

    private static void times(List<Row<?>> rows) {
        rows.add(row(SO_RCVTIMEO, ALL).reads(Duration.ZERO).sets(TIMEOUT).sets(Duration.ZERO));
        rows.add(row(SO_RCVTIMEO_NEW, ALL).reads(Duration.ZERO).sets(TIMEOUT));
        rows.add(row(SO_SNDTIMEO, ALL).reads(Duration.ZERO).sets(TIMEOUT));
        rows.add(row(SO_SNDTIMEO_NEW, ALL).reads(Duration.ZERO).sets(TIMEOUT));
        rows.add(toggle(SO_TIMESTAMP, ALL));
        rows.add(toggle(SO_TIMESTAMPNS, ALL));
        rows.add(toggle(SO_TIMESTAMP_NEW, ALL));
        rows.add(toggle(SO_TIMESTAMPNS_NEW, ALL));
        SoTimestamping software =
                new SoTimestamping(Linux.SOF_TIMESTAMPING_RX_SOFTWARE | Linux.SOF_TIMESTAMPING_SOFTWARE);
        rows.add(row(SO_TIMESTAMPING, ALL).reads(new SoTimestamping(0)).sets(software));
        rows.add(row(SO_TIMESTAMPING_NEW, ALL).reads(new SoTimestamping(0)).sets(software));
        // the kinds replace one another
        rows.add(row(SO_TIMESTAMP, UDP)
                .sets(true)
                .then(fd -> SO_TIMESTAMPNS.set(fd, true))
                .reads(false));
        rows.add(row(SO_TXTIME, UDP)
                .reads(new SockTxtime(0, 0))
                .sets(new SockTxtime(Linux.CLOCK_MONOTONIC, Linux.SOF_TXTIME_REPORT_ERRORS))
                .refuses(new SockTxtime(Linux.CLOCK_MONOTONIC, 1 << 30), Errno.EINVAL));
    }
}
