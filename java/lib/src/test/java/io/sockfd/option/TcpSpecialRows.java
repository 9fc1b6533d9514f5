package io.sockfd.option;

import static io.sockfd.option.Family.MPTCP_CONNECTED;
import static io.sockfd.option.Family.TCP;
import static io.sockfd.option.Family.TCP4;
import static io.sockfd.option.Family.TCP4_ACCEPTED;
import static io.sockfd.option.Family.TCP4_CONNECTED;
import static io.sockfd.option.Family.TCP6;
import static io.sockfd.option.Family.TCP6_CONNECTED;
import static io.sockfd.option.Row.row;
import static io.sockfd.option.TcpOptions.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Errno;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.net.InetAddress;
import java.util.List;

/** IPPROTO_TCP: structs, names, keys and repair; MPTCP. */
final class TcpSpecialRows {
    private static final byte[] KEY = new byte[16];
    private static final byte[] TWO_KEYS = new byte[32];
    private static final InetAddress PEER = InetAddress.getLoopbackAddress();
    private static final String NO_AO = "a kernel with CONFIG_TCP_AO";
    private static final int PAGE = 4096;
    /** Kinds of TCP options: RFC 9293, RFC 2018. */
    private static final int MAXSEG = 2;

    private static final int SACK_PERMITTED = 4;

    private TcpSpecialRows() {}

    static void add(List<Row<?>> rows) {
        rows.add(row(TCP_INFO, TCP4_CONNECTED, TCP6_CONNECTED)
                .reads("established", i -> i.state() == Linux.TCP_ESTABLISHED && i.length() >= 104)
                .reads("an RTO", i -> i.rtoMicros() > 0 && i.pmtu() > 0));
        rows.add(row(TCP_INFO, TCP).reads("closed", i -> i.state() == Linux.TCP_CLOSE));
        rows.add(row(TCP_CC_INFO, TCP)
                .then(fd -> TCP_CONGESTION.set(fd, "reno"))
                .reads(
                        "nothing",
                        i -> i.length() == 0 && i.bbr().isEmpty() && i.vegas().isEmpty()));
        rows.add(row(TCP_CC_INFO, TCP4_CONNECTED)
                .then(fd -> TCP_CONGESTION.set(fd, "bbr"))
                .reads("BBR's gains", i -> i.bbr().orElseThrow().pacingGain() > 0)
                .optional("BBR", Errno.ENOENT, Errno.EPERM));
        rows.add(row(TCP_CONGESTION, TCP)
                .reads("a name", name -> !name.isEmpty() && name.indexOf(0) < 0)
                .sets("reno")
                .refuses("none-such", Errno.ENOENT));
        rows.add(row(TCP_FASTOPEN_KEY, TCP)
                .reads(new byte[0])
                .sets(KEY)
                .sets(TWO_KEYS)
                .refuses(new byte[8], Errno.EINVAL));
        rows.add(row(TCP_SAVED_SYN, TCP4_ACCEPTED)
                .reads("IP and TCP headers", syn -> syn.length >= 40 && syn[0] >>> 4 == 4)
                .reads(new byte[0])); // the first reading dropped it
        rows.add(row(TCP_ULP, TCP).reads("").refuses("none-such", Errno.ENOENT));
        rows.add(row(TCP_ZEROCOPY_RECEIVE, TCP4_CONNECTED).then(TcpSpecialRows::mapNothing));
        keys(rows);
        repair(rows);
        mptcp(rows);
    }

    private static void keys(List<Row<?>> rows) {
        rows.add(row(TCP_MD5SIG, TCP4)
                .takes(new TcpMd5sig(PEER, KEY))
                .takes(new TcpMd5sig(PEER))
                .refuses(new TcpMd5sig(PEER), Errno.ENOENT)
                .optional("a kernel with CONFIG_TCP_MD5SIG", Errno.ENOPROTOOPT));
        rows.add(row(TCP_MD5SIG_EXT, TCP4)
                .takes(new TcpMd5sig(PEER, 8, 0, KEY))
                .takes(new TcpMd5sig(PEER, 8, 0))
                .refuses(new TcpMd5sig(PEER, 33, 0, KEY), Errno.EINVAL)
                .optional("a kernel with CONFIG_TCP_MD5SIG", Errno.ENOPROTOOPT));
        TcpKey key = TcpKey.of(KEY);
        TcpAoAdd add = new TcpAoAdd(PEER, "hmac(sha1)", key, 100, 101);
        rows.add(row(TCP_AO_ADD_KEY, TCP4)
                .since(6, 7)
                .takes(add)
                .refuses(add, Errno.EEXIST)
                .optional(NO_AO, Errno.ENOPROTOOPT));
        rows.add(row(TCP_AO_DEL_KEY, TCP4)
                .since(6, 7)
                .then(fd -> TCP_AO_ADD_KEY.set(fd, add))
                .takes(new TcpAoDel(PEER, 100, 101))
                .refuses(new TcpAoDel(PEER, 100, 101), Errno.ENOENT)
                .optional(NO_AO, Errno.ENOPROTOOPT));
        rows.add(row(TCP_AO_GET_KEYS, TCP4)
                .since(6, 7)
                .then(fd -> TCP_AO_ADD_KEY.set(fd, add))
                .reads("the key", keys -> keys.length == 1 && keys[0].key().equals(key) && keys[0].rcvid() == 101)
                .optional(NO_AO, Errno.ENOPROTOOPT));
        rows.add(row(TCP_AO_INFO, TCP4)
                .since(6, 7)
                .then(fd -> TCP_AO_ADD_KEY.set(fd, add))
                .takes(new TcpAoInfo(false, false, true, false, false, 0, 0, 0, 0, 0, 0, 0))
                .reads("required", TcpAoInfo::aoRequired)
                .optional(NO_AO, Errno.ENOPROTOOPT));
        rows.add(row(TCP_AO_REPAIR, TCP4)
                .since(6, 7)
                .then(fd -> TCP_AO_ADD_KEY.set(fd, add))
                .unreadable(Errno.EPERM)
                .optional(NO_AO, Errno.ENOPROTOOPT));
    }

    private static void repair(List<Row<?>> rows) {
        rows.add(row(TCP_REPAIR, TCP4, TCP6)
                .reads(Linux.TCP_REPAIR_OFF)
                .sets(Linux.TCP_REPAIR_ON)
                .sets(Linux.TCP_REPAIR_OFF_NO_WP, Linux.TCP_REPAIR_OFF)
                .refuses(7, Errno.EINVAL));
        rows.add(row(TCP_REPAIR_QUEUE, TCP4)
                .unreadable(Errno.EINVAL)
                .then(TcpSpecialRows::repairing)
                .sets(Linux.TCP_SEND_QUEUE)
                .refuses(9, Errno.EINVAL)
                .then(TcpSpecialRows::done));
        rows.add(row(TCP_QUEUE_SEQ, TCP4)
                .unreadable(Errno.EINVAL)
                .then(TcpSpecialRows::repairing)
                .then(fd -> TCP_REPAIR_QUEUE.set(fd, Linux.TCP_SEND_QUEUE))
                .sets(0xffff_fff0L)
                .then(TcpSpecialRows::done));
        rows.add(row(TCP_REPAIR_OPTIONS, TCP4_CONNECTED)
                .refuses(new TcpRepairOpt[] {new TcpRepairOpt(MAXSEG, 1000)}, Errno.EINVAL)
                .then(TcpSpecialRows::repairing)
                .takes(new TcpRepairOpt[] {new TcpRepairOpt(MAXSEG, 1000), new TcpRepairOpt(SACK_PERMITTED, 0)})
                .then(TcpSpecialRows::done));
        rows.add(row(TCP_REPAIR_WINDOW, TCP4_CONNECTED)
                .unreadable(Errno.EPERM)
                .then(TcpSpecialRows::repairing)
                .reads("windows", w -> w.sndWnd() > 0 && w.rcvWnd() > 0)
                .then(fd -> TCP_REPAIR_WINDOW.set(fd, TCP_REPAIR_WINDOW.get(fd)))
                .then(TcpSpecialRows::done));
        rows.add(row(TCP_TIMESTAMP, TCP)
                .reads("a clock", n -> n >= 0)
                .refuses(1L, Errno.EPERM)
                .then(TcpSpecialRows::repairing)
                .takes(1000L)
                .reads("not long after", n -> n >= 1000 && n < 100_000)
                .then(TcpSpecialRows::done));
    }

    private static void repairing(int fd) throws java.io.IOException {
        TCP_REPAIR.set(fd, Linux.TCP_REPAIR_ON);
    }

    private static void done(int fd) throws java.io.IOException {
        TCP_REPAIR.set(fd, Linux.TCP_REPAIR_OFF_NO_WP);
    }

    /** Nothing has arrived, so nothing is mapped. */
    private static void mapNothing(int fd) throws Exception {
        long address = Libc.get().mmap(0, PAGE, Linux.PROT_READ, Linux.MAP_SHARED, fd, 0);
        assertTrue(address > 0, () -> "mmap: " + address);
        try {
            TcpZerocopyReceive result = TCP_ZEROCOPY_RECEIVE.get(fd, new TcpZerocopyReceive(address, PAGE));
            assertEquals(0, result.length());
            assertEquals(0, result.inq());
        } finally {
            Libc.get().munmap(address, PAGE);
        }
    }

    private static void mptcp(List<Row<?>> rows) {
        String built = "a kernel with MPTCP";
        rows.add(row(MptcpOptions.MPTCP_INFO, MPTCP_CONNECTED)
                .since(5, 16)
                .reads("a token", i -> i.length() >= 44 && i.token() != 0));
        rows.add(row(MptcpOptions.MPTCP_TCPINFO, MPTCP_CONNECTED)
                .since(5, 16)
                .reads(
                        "one subflow",
                        i -> i.subflows().size() == 1 && i.subflows().get(0).state() == Linux.TCP_ESTABLISHED));
        rows.add(row(MptcpOptions.MPTCP_SUBFLOW_ADDRS, MPTCP_CONNECTED)
                .since(5, 16)
                .reads(
                        "loopback",
                        i -> i.subflows().size() == 1
                                && java.util.Objects.requireNonNull(
                                                i.subflows().get(0).remote())
                                        .getAddress()
                                        .isLoopbackAddress()));
        rows.add(row(MptcpOptions.MPTCP_FULL_INFO, MPTCP_CONNECTED)
                .since(6, 5)
                .reads(
                        "one subflow",
                        i -> i.subflows().size() == 1
                                && i.info().token() != 0
                                && i.subflows().get(0).tcpInfo().state() == Linux.TCP_ESTABLISHED
                                && i.subflows().get(0).addrs().local() != null)
                .optional(built));
    }
}
