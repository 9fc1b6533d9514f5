package io.sockfd.ebpf;

import io.sockfd.Descriptor;
import io.sockfd.ErrnoException;
import io.sockfd.address.Interfaces;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.BpfLinkCreate;
import io.sockfd.raw.struct.BpfLinkUpdate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A program's place at an interface or in a network namespace. Closing it takes the program away, and so does the end of the
 * process. Linux 5.9.
 */
public final class EbpfLink extends Descriptor {
    private EbpfLink(int fd) {
        super(fd, true);
    }

    /**
     * Lets a program look at each frame that comes to an interface, as {@link #xdp(EbpfProgram, int, int)}.
     *
     * @param interfaceName in the calling thread's network namespace
     */
    public static EbpfLink xdp(EbpfProgram program, String interfaceName, int mode) throws IOException {
        return xdp(program, Interfaces.index(interfaceName), mode);
    }

    /**
     * Lets a program look at each frame that comes to an interface.
     *
     * @param program of {@link EbpfType#XDP}
     * @param ifindex in the calling thread's network namespace
     * @param mode {@code XDP_FLAGS_SKB_MODE}, which each interface has; {@code XDP_FLAGS_DRV_MODE}, of drivers that know it;
     *     0 for the better of them
     * @throws ErrnoException EBUSY when the interface has a program; EEXIST when it has one of the other mode; EOPNOTSUPP for a
     *     driver that does not know {@code XDP_FLAGS_DRV_MODE}; EINVAL for another type of program, and for an MTU that is too
     *     long for the driver; ENODEV, EPERM
     */
    public static EbpfLink xdp(EbpfProgram program, int ifindex, int mode) throws IOException {
        return create(program, ifindex, mode, "interface " + ifindex);
    }

    /**
     * Lets a program choose the socket for connections and datagrams that come to the calling thread's network namespace.
     * Several programs may be there: the first that gives SK_PASS with a socket, or SK_DROP, counts.
     *
     * @param program of {@link EbpfType#SK_LOOKUP}
     * @throws ErrnoException EPERM without CAP_NET_ADMIN, E2BIG when there are 64 programs
     */
    public static EbpfLink lookup(EbpfProgram program) throws IOException {
        try (Descriptor namespace = Descriptor.open(Path.of("/proc/thread-self/ns/net"), Linux.O_RDONLY)) {
            return lookup(program, namespace);
        }
    }

    /**
     * As {@link #lookup(EbpfProgram)} in another network namespace.
     *
     * @param namespace a file of {@code /run/netns} or {@code /proc/PID/ns/net}
     */
    public static EbpfLink lookup(EbpfProgram program, Descriptor namespace) throws IOException {
        try (Hold hold = namespace.hold()) {
            return create(program, hold.fd(), 0, "a network namespace");
        }
    }

    private static EbpfLink create(EbpfProgram program, int target, int flags, String where) throws IOException {
        ByteBuffer attr = Memory.allocate(BpfLinkCreate.SIZE);
        BpfLinkCreate.target_fd(attr, 0, target);
        BpfLinkCreate.attach_type(attr, 0, program.type().attach());
        BpfLinkCreate.flags(attr, 0, flags);
        try (Hold hold = program.hold()) {
            BpfLinkCreate.prog_fd(attr, 0, hold.fd());
            return new EbpfLink(BpfCall.check(
                    Linux.BPF_LINK_CREATE, attr, "BPF_LINK_CREATE of " + program.type() + " at " + where));
        }
    }

    /**
     * Puts another program in place of the one that is there, without a moment without one.
     *
     * @param program of the same type
     * @throws ErrnoException EINVAL for another type
     */
    public void update(EbpfProgram program) throws IOException {
        ByteBuffer attr = Memory.allocate(BpfLinkUpdate.SIZE);
        try (Hold hold = program.hold()) {
            BpfLinkUpdate.new_prog_fd(attr, 0, hold.fd());
            int fd = enter();
            try {
                BpfLinkUpdate.link_fd(attr, 0, fd);
                int ignored = BpfCall.check(Linux.BPF_LINK_UPDATE, attr, "BPF_LINK_UPDATE");
            } finally {
                exit();
            }
        }
    }
}
