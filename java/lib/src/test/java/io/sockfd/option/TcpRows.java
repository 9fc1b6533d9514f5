package io.sockfd.option;

import static io.sockfd.option.Family.MPTCP;
import static io.sockfd.option.Family.MPTCP_CONNECTED;
import static io.sockfd.option.Family.TCP;
import static io.sockfd.option.Family.TCP4;
import static io.sockfd.option.Family.TCP4_CONNECTED;
import static io.sockfd.option.Family.TCP6;
import static io.sockfd.option.Family.TCP6_CONNECTED;
import static io.sockfd.option.Row.row;
import static io.sockfd.option.Row.toggle;
import static io.sockfd.option.TcpOptions.*;

import io.sockfd.Errno;
import java.util.List;

/** IPPROTO_TCP: switches and numbers. */
final class TcpRows {
    /** TCP_MIN_MSS. */
    private static final int LEAST_MSS = 88;
    /** What an unconnected socket gives when nothing was set: TCP_MSS_DEFAULT. */
    private static final int DEFAULT_MSS = 536;
    /** TCP_DEFER_ACCEPT counts in SYN-ACKs, sent after 1, 3, 7 … seconds. */
    private static final int DEFER = 7;

    private static final int MAX_SECONDS = 32767;

    private TcpRows() {}

    static void add(List<Row<?>> rows) {
        switches(rows);
        seconds(rows);
        numbers(rows);
    }

    private static void switches(List<Row<?>> rows) {
        rows.add(toggle(TCP_CORK, TCP4, TCP6, MPTCP));
        rows.add(toggle(TCP_FASTOPEN_CONNECT, TCP4, TCP6, MPTCP));
        rows.add(toggle(TCP_FASTOPEN_NO_COOKIE, TCP4, TCP6, MPTCP));
        rows.add(toggle(TCP_INQ, TCP4, TCP6, MPTCP));
        rows.add(row(TCP_IS_MPTCP, MPTCP_CONNECTED).since(5, 16).reads(true));
        rows.add(row(TCP_IS_MPTCP, TCP).since(6, 9).reads(false));
        rows.add(toggle(TCP_NODELAY, TCP4, TCP6, MPTCP));
        rows.add(row(TCP_QUICKACK, TCP).reads(true).sets(false).sets(true)); // goes back by itself only with traffic
        rows.add(row(TCP_THIN_DUPACK, TCP).reads(false).sets(true, false)); // ignored since Linux 4.11
        rows.add(toggle(TCP_THIN_LINEAR_TIMEOUTS, TCP));
    }

    private static void seconds(List<Row<?>> rows) {
        rows.add(row(TCP_DEFER_ACCEPT, TCP)
                .reads(0)
                .sets(DEFER)
                .sets(DEFER - 1, DEFER)
                .sets(0));
        rows.add(row(TCP_DELACK_MAX_US, TCP)
                .since(6, 15)
                .reads("at most 200 ms", n -> n > 0 && n <= 200_000)
                .sets(100_000)
                .refuses(1_000_000, Errno.EINVAL));
        // MPTCP hands them to its subflows without a check
        rows.add(row(TCP_KEEPCNT, MPTCP).sets(3));
        rows.add(row(TCP_KEEPIDLE, MPTCP).sets(60));
        rows.add(row(TCP_KEEPINTVL, MPTCP).sets(10));
        rows.add(row(TCP_KEEPCNT, TCP)
                .reads("the system's", n -> n > 0)
                .sets(1)
                .sets(127)
                .refuses(0, Errno.EINVAL)
                .refuses(128, Errno.EINVAL));
        rows.add(row(TCP_KEEPIDLE, TCP)
                .reads("the system's", n -> n > 0)
                .sets(1)
                .sets(MAX_SECONDS)
                .refuses(0, Errno.EINVAL)
                .refuses(MAX_SECONDS + 1, Errno.EINVAL));
        rows.add(row(TCP_KEEPINTVL, TCP)
                .reads("the system's", n -> n > 0)
                .sets(MAX_SECONDS)
                .refuses(0, Errno.EINVAL));
        rows.add(row(TCP_LINGER2, TCP).reads("the system's", n -> n > 0).sets(5).sets(-1));
        rows.add(row(TCP_RTO_MAX_MS, TCP)
                .since(6, 15)
                .reads("120 s", n -> n > 0)
                .sets(1000)
                .refuses(999, Errno.EINVAL)
                .refuses(120_001, Errno.EINVAL));
        rows.add(row(TCP_RTO_MIN_US, TCP)
                .since(6, 15)
                .reads("200 ms", n -> n > 0)
                .sets(100_000)
                .refuses(200_001, Errno.EINVAL));
        rows.add(row(TCP_TX_DELAY, TCP4_CONNECTED, TCP6_CONNECTED)
                .since(5, 3)
                .reads(0)
                .sets(1000)
                .refuses(-1, Errno.EINVAL));
        rows.add(row(TCP_USER_TIMEOUT, TCP).reads(0L).sets(30_000L).refuses(0xffff_ffffL, Errno.EINVAL));
    }

    private static void numbers(List<Row<?>> rows) {
        rows.add(row(TCP_FASTOPEN, TCP).reads(0).sets(16).refuses(-1, Errno.EINVAL));
        rows.add(row(TCP_MAXSEG, TCP)
                .reads(DEFAULT_MSS)
                .takes(LEAST_MSS)
                .refuses(LEAST_MSS - 1, Errno.EINVAL)
                .takes(32_767)
                .refuses(32_768, Errno.EINVAL));
        rows.add(row(TCP_MAXSEG, TCP4_CONNECTED).reads("loopback's", n -> n > 1000));
        rows.add(row(TCP_NOTSENT_LOWAT, TCP)
                .reads("the system's", n -> n >= 0)
                .sets(16_384L)
                .sets(0xffff_ffffL));
        rows.add(row(TCP_SAVE_SYN, TCP).reads(0).sets(1).sets(2).refuses(3, Errno.EINVAL));
        rows.add(row(TCP_SYNCNT, TCP)
                .reads("the system's", n -> n > 0)
                .sets(1)
                .sets(127)
                .refuses(0, Errno.EINVAL)
                .refuses(128, Errno.EINVAL));
        rows.add(row(TCP_WINDOW_CLAMP, TCP).reads(0).sets(100_000).sets(0));
        rows.add(row(TCP_WINDOW_CLAMP, TCP4_CONNECTED).takes(1).reads("raised to the least", n -> n > 1));
    }
}
