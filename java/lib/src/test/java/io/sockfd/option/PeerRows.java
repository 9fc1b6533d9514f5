package io.sockfd.option;

import static io.sockfd.option.Family.ALL;
import static io.sockfd.option.Family.NETLINK;
import static io.sockfd.option.Family.TCP4;
import static io.sockfd.option.Family.TCP4_CONNECTED;
import static io.sockfd.option.Family.UDP4;
import static io.sockfd.option.Family.UNIX;
import static io.sockfd.option.Family.UNIX_PAIR;
import static io.sockfd.option.Row.row;
import static io.sockfd.option.Row.toggle;
import static io.sockfd.option.Row.toggleOn;
import static io.sockfd.option.SocketOptions.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.Errno;
import io.sockfd.PidFd;
import io.sockfd.Ucred;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** SOL_SOCKET: who is at the other end, and what of that is received. */
final class PeerRows {
    /** A TCP peer has no identity, which the kernel says without an error. */
    private static final Ucred NOBODY = new Ucred(0, -1, -1);

    private PeerRows() {}

    static void add(List<Row<?>> rows) {
        // only where the family can do it, since Linux 6.16; before, everywhere
        rows.add(toggle(SO_PASSCRED, UNIX, NETLINK));
        rows.add(toggle(SO_PASSPIDFD, UNIX).since(6, 5));
        rows.add(toggleOn(SO_PASSRIGHTS, UNIX).since(6, 16));
        rows.add(row(SO_PASSRIGHTS, TCP4, UDP4).since(6, 16).unreadable(Errno.EOPNOTSUPP));
        rows.add(toggle(SO_PASSSEC, UNIX, NETLINK));
        // 6.18 takes it on streams and has no get
        rows.add(row(SO_INQ, UNIX).since(6, 17).takes(true).unreadable(Errno.ENOPROTOOPT));
        rows.add(row(SO_PEERCRED, UNIX_PAIR)
                .reads("this process", c -> c.pid() == ProcessHandle.current().pid() && c.uid() >= 0));
        rows.add(row(SO_PEERCRED, TCP4_CONNECTED).reads(NOBODY));
        rows.add(row(SO_PEERGROUPS, UNIX_PAIR)
                .then(fd -> assertArrayEquals(Kernel.groups(), sorted(SO_PEERGROUPS.get(fd)))));
        rows.add(row(SO_PEERGROUPS, UNIX).unreadable(Errno.ENODATA));
        rows.add(row(SO_PEERNAME, TCP4_CONNECTED)
                .reads("a sockaddr_in", a -> a.length == 16 && family(a) == Linux.AF_INET && a[4] == 127)
                .then(fd -> assertEquals(16, SO_PEERNAME.get(fd, new byte[16]).length)));
        rows.add(row(SO_PEERNAME, TCP4)
                .then(fd -> assertThrows(io.sockfd.ErrnoException.class, () -> SO_PEERNAME.get(fd))));
        rows.add(row(SO_PEERPIDFD, UNIX_PAIR).since(6, 5).then(PeerRows::owned));
        rows.add(row(SO_PEERPIDFD, UNIX).since(6, 5).unreadable(Errno.ENODATA));
        rows.add(row(SO_PEERSEC, UNIX_PAIR)
                .reads("a context", context -> !context.isEmpty())
                .optional("a security module with contexts"));
        rows.add(row(SO_PEERSEC, ALL[1]).unreadable(Errno.ENOPROTOOPT));
    }

    private static void owned(int fd) throws Exception {
        int number;
        try (PidFd pidFd = SO_PEERPIDFD.get(fd)) {
            number = pidFd.fd();
            int flags = Libc.get().fcntl(number, Linux.F_GETFD, 0);
            assertEquals(Linux.FD_CLOEXEC, flags);
            assertFalse(pidFd.hasEnded());
        }
        assertEquals(-Linux.EBADF, Libc.get().fcntl(number, Linux.F_GETFD, 0));
    }

    private static int[] sorted(int[] groups) {
        Arrays.sort(groups);
        return groups;
    }

    private static int family(byte[] sockaddr) {
        return ByteBuffer.wrap(sockaddr).order(ByteOrder.nativeOrder()).getShort(0);
    }
}
