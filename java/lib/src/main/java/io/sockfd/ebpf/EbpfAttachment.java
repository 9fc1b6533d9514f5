package io.sockfd.ebpf;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.BpfProgAttach;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A program that decides over the sockets of a map, see {@link EbpfProgram#attach}. Closing it takes the program away. It has
 * the map and the program open, so that those may be closed earlier.
 */
public final class EbpfAttachment extends Descriptor {
    private final Descriptor program;
    private final ByteBuffer attr;

    private EbpfAttachment(int map, int program, EbpfType type) {
        super(map, true);
        this.program = Descriptor.own(program);
        attr = Memory.allocate(BpfProgAttach.SIZE);
        BpfProgAttach.target_fd(attr, 0, map);
        BpfProgAttach.attach_bpf_fd(attr, 0, program);
        BpfProgAttach.attach_type(attr, 0, type.attach());
    }

    static EbpfAttachment attach(EbpfMap map, EbpfProgram program) throws IOException {
        EbpfAttachment attached = new EbpfAttachment(copy(map), copy(program), program.type());
        int result = BpfCall.raw(Linux.BPF_PROG_ATTACH, attached.attr, BpfProgAttach.SIZE);
        if (result < 0) {
            attached.forget();
            int ignored = BpfCall.throwing(
                    result, "BPF_PROG_ATTACH of " + program.type() + " to a map of type " + map.type());
        }
        return attached;
    }

    private static int copy(Descriptor of) throws IOException {
        return (int) of.call("fcntl", fd -> Libc.get().fcntl(fd, Linux.F_DUPFD_CLOEXEC, 0));
    }

    private void forget() throws IOException {
        program.close();
        close();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        try {
            if (program.isOpen()) {
                Errors.check(BpfCall.raw(Linux.BPF_PROG_DETACH, attr, BpfProgAttach.SIZE), "bpf", "BPF_PROG_DETACH");
            }
        } finally {
            program.close();
            super.implCloseChannel();
        }
    }
}
