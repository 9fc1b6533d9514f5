package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import org.jspecify.annotations.Nullable;

/**
 * System calls that this process may be refused although the kernel's others work, and what there was before them. A kernel
 * that is too old says ENOSYS; so do newer container runtimes' filters, while older ones say EPERM. Each is tried until it
 * is refused, and then never again.
 *
 * <p>EPERM is a true answer of some: of sendmmsg and accept4 a firewall's. A call that can do no more than fail tells the two
 * apart.
 */
final class Refused {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final int NONE = -1;

    private static volatile boolean accept4;
    private static volatile boolean sendmmsg;
    private static volatile boolean recvmmsg;

    private Refused() {}

    /** Whether an answer is a refusal of the call itself, for a call that has no EPERM of its own. */
    static boolean is(long result) {
        return result == -Linux.ENOSYS || result == -Linux.EPERM;
    }

    /** accept4(2), Linux 2.6.28, or with the flags set afterwards: a child that is started meanwhile may inherit it. */
    static int accept(int sockfd, @Nullable Sockaddr peer, int flags) {
        long address = peer == null ? 0 : peer.address();
        long length = peer == null ? 0 : peer.lengthAddress();
        if (!accept4) {
            int accepted = LIBC.accept4(sockfd, address, length, flags);
            // without a descriptor no firewall is asked
            if (!is(accepted) || !is(LIBC.accept4(NONE, 0, 0, 0))) {
                return accepted;
            }
            accept4 = true;
        }
        int accepted = LIBC.accept(sockfd, address, length);
        if (accepted >= 0 && (flags & Linux.SOCK_CLOEXEC) != 0) {
            LIBC.fcntl(accepted, Linux.F_SETFD, Linux.FD_CLOEXEC);
        }
        if (accepted >= 0 && (flags & Linux.SOCK_NONBLOCK) != 0) {
            LIBC.fcntl(accepted, Linux.F_SETFL, Linux.O_NONBLOCK);
        }
        return accepted;
    }

    /** sendmmsg(2), Linux 3.0, or one sendmsg(2) for each message, and for one alone: that costs less. */
    static int sendAll(int sockfd, MessageBatch batch, int from, int n, int flags) {
        if (!sendmmsg && n != 1) {
            int sent = LIBC.sendmmsg(sockfd, batch.header(from), n, flags);
            if (!is(sent) || !is(LIBC.sendmmsg(sockfd, batch.header(from), 0, 0))) {
                return sent;
            }
            sendmmsg = true;
        }
        for (int i = 0; i < n; i++) {
            long sent = batch.get(from + i).sendBy(LIBC, sockfd, flags);
            if (sent < 0) {
                return i > 0 ? i : (int) sent;
            }
            batch.moved(from + i, sent);
        }
        return n;
    }

    /** Whether there is recvmmsg(2), as far as is known. */
    static boolean mayReceiveMany() {
        return !recvmmsg;
    }

    /**
     * recvmmsg(2), Linux 2.6.33, or one recvmsg(2) for each message; does not wait. For one alone, too: recvmmsg gives a pending
     * error before it looks at the flags, and recvmsg after it.
     */
    static int receiveAll(int sockfd, MessageBatch batch, int from, int n, int flags) {
        if (!recvmmsg) {
            int received = LIBC.recvmmsg(sockfd, batch.header(from), n, flags | Linux.MSG_DONTWAIT, 0);
            if (!is(received)) {
                return received;
            }
            recvmmsg = true;
        }
        for (int i = 0; i < n; i++) {
            long received = LIBC.recvmsg(sockfd, batch.header(from + i), flags | Linux.MSG_DONTWAIT);
            if (received < 0) {
                return i > 0 ? i : (int) received;
            }
            batch.moved(from + i, received);
        }
        return n;
    }
}
