package io.sockfd.option;

import static io.sockfd.option.Family.NETLINK;
import static io.sockfd.option.Family.PACKET;
import static io.sockfd.option.Family.PLAIN;
import static io.sockfd.option.Family.RAW4;
import static io.sockfd.option.Family.TCP4;
import static io.sockfd.option.Family.TCP4_CONNECTED;
import static io.sockfd.option.Family.TCP6;
import static io.sockfd.option.Family.UDP;
import static io.sockfd.option.Family.UDP4;
import static io.sockfd.option.Family.UDP6;
import static io.sockfd.option.Family.UNIX;
import static io.sockfd.option.Family.VSOCK;
import static io.sockfd.option.Row.row;
import static io.sockfd.option.SocketOptions.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.Errno;
import io.sockfd.option.FilterProgram.Instruction;
import io.sockfd.raw.Linux;
import java.util.List;

/** SOL_SOCKET: programs. */
final class FilterRows {
    private static final FilterProgram NONE = FilterProgram.of();
    private static final FilterProgram ALL = FilterProgram.accept(0xffff);
    private static final FilterProgram LONGER = FilterProgram.of(
            new Instruction(Linux.BPF_LD | Linux.BPF_W | Linux.BPF_LEN, 0, 0, 0),
            new Instruction(Linux.BPF_JMP | Linux.BPF_JGT | Linux.BPF_K, 0, 1, 100),
            new Instruction(Linux.BPF_RET | Linux.BPF_K, 0, 0, 0),
            new Instruction(Linux.BPF_RET | Linux.BPF_K, 0, 0, -1));
    /** Falls off its end. */
    private static final FilterProgram BROKEN =
            FilterProgram.of(new Instruction(Linux.BPF_LD | Linux.BPF_W | Linux.BPF_LEN, 0, 0, 0));
    /** No such descriptor. */
    private static final int NO_PROGRAM = -1;

    private FilterRows() {}

    static void add(List<Row<?>> rows) {
        attach(rows, "", UNIX, UDP4, UDP6, RAW4, PACKET, NETLINK, VSOCK);
        attach(rows, "CAP_NET_ADMIN", TCP4, TCP6); // since about Linux 6.18
        rows.add(row(SO_GET_FILTER, PLAIN).reads(NONE));
        others(rows);
    }

    private static void attach(List<Row<?>> rows, String capability, Family... families) {
        rows.add(row(SO_ATTACH_FILTER, families)
                .needs(capability)
                .takes(ALL)
                .then(fd -> assertEquals(ALL, SO_GET_FILTER.get(fd)))
                .takes(LONGER)
                .then(fd -> assertEquals(LONGER, SO_GET_FILTER.get(fd)))
                .refuses(BROKEN, Errno.EINVAL)
                .refuses(NONE, Errno.EINVAL));
        rows.add(row(SO_DETACH_FILTER, families)
                .needs(capability)
                .refuses(0, Errno.ENOENT)
                .then(fd -> SO_ATTACH_FILTER.set(fd, ALL))
                .takes(0)
                .then(fd -> assertEquals(NONE, SO_GET_FILTER.get(fd))));
    }

    private static void others(List<Row<?>> rows) {
        rows.add(row(SO_DETACH_BPF, UDP).refuses(0, Errno.ENOENT));
        rows.add(row(SO_LOCK_FILTER, PLAIN).reads(false).sets(true).refuses(false, Errno.EPERM));
        rows.add(row(SO_ATTACH_BPF, UNIX, TCP4, UDP4).refuses(NO_PROGRAM, Errno.EBADF));
        rows.add(row(SO_ATTACH_REUSEPORT_CBPF, UDP)
                .refuses(ALL, Errno.EINVAL)
                .then(fd -> SO_REUSEPORT.set(fd, true))
                .takes(ALL));
        rows.add(row(SO_ATTACH_REUSEPORT_EBPF, UDP).refuses(NO_PROGRAM, Errno.EBADF));
        rows.add(row(SO_DETACH_REUSEPORT_BPF, UDP)
                .refuses(0, Errno.EINVAL) // not in a group
                .then(fd -> SO_REUSEPORT.set(fd, true))
                .then(fd -> SO_ATTACH_REUSEPORT_CBPF.set(fd, ALL))
                .takes(0)
                .refuses(0, Errno.ENOENT));
        // nothing was received from a dma-buf: the kernel gives nothing back
        rows.add(row(SO_DEVMEM_DONTNEED, TCP4_CONNECTED)
                .since(6, 12)
                .takes(new DmabufToken[] {new DmabufToken(1, 1)})
                .refuses(new DmabufToken[0], Errno.EINVAL)
                .optional("a kernel with device memory TCP", Errno.ENOPROTOOPT, Errno.EOPNOTSUPP));
    }
}
