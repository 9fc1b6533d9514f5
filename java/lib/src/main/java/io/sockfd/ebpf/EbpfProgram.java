package io.sockfd.ebpf;

import io.sockfd.Descriptor;
import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.BpfProgLoad;
import io.sockfd.raw.struct.BpfProgRun;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that the kernel has verified and keeps. It does nothing until it is attached: to a socket ({@link #filter}, {@link
 * #reuseport}), to the sockets of a map ({@link #attach}), or by an {@link EbpfLink}. What it is attached to has its own
 * reference, so the program may be closed earlier.
 *
 * <pre>{@code
 * EbpfCode code = EbpfAssembler.assemble("r0 = 2; exit"); // XDP_PASS
 * try (EbpfProgram program = EbpfProgram.load(EbpfType.XDP, code);
 *         EbpfLink link = EbpfLink.xdp(program, "eth0", 0)) {
 *     use(link); // it counts until it is closed
 * }
 * }</pre>
 */
public final class EbpfProgram extends Descriptor {
    private static final String NO_LICENCE = "unspecified";
    private static final int LOG = 1 << 18;
    private static final int LONGEST_LOG = 1 << 24;
    private static final int FRAME = 1 << 12; // what the kernel takes for a run

    private final EbpfType type;

    private EbpfProgram(int fd, EbpfType type) {
        super(fd, true);
        this.type = type;
    }

    /** As {@link #load(EbpfType, EbpfCode, String)} without a licence: the helpers that are for GPL only are refused. */
    public static EbpfProgram load(EbpfType type, EbpfCode code) throws IOException {
        return load(type, code, NO_LICENCE);
    }

    /**
     * Gives a program to the kernel.
     *
     * @param licence of the program: {@code GPL} or {@code Dual MIT/GPL} for instance; the kernel reserves some helpers for
     *     those
     * @throws VerifierException with the verifier's log: EACCES or EINVAL, and E2BIG for a program that is too long
     * @throws ErrnoException EPERM without the rights, see {@linkplain io.sockfd.ebpf the package}; EINVAL for a type that this
     *     kernel does not know; ENOMEM
     * @throws EbpfException when a map is missing
     * @throws ClosedChannelException when a map is closed
     */
    public static EbpfProgram load(EbpfType type, EbpfCode code, String licence) throws IOException {
        List<Hold> holds = new ArrayList<>();
        try {
            ByteBuffer instructions = code.encode();
            for (EbpfCode.Reference reference : code.references()) {
                Hold hold = code.map(reference.map()).hold();
                holds.add(hold);
                EbpfCode.link(instructions, reference, hold.fd());
            }
            return new EbpfProgram(load(type, instructions, code.length(), licence), type);
        } finally {
            holds.forEach(Hold::close);
        }
    }

    private static int load(EbpfType type, ByteBuffer instructions, int count, String licence) throws IOException {
        ByteBuffer text = Memory.allocate(licence.length() + 1);
        text.put(0, licence.getBytes(StandardCharsets.US_ASCII));
        ByteBuffer attr = Memory.allocate(BpfProgLoad.SIZE);
        BpfProgLoad.prog_type(attr, 0, type.type());
        BpfProgLoad.expected_attach_type(attr, 0, type.attach());
        BpfProgLoad.insn_cnt(attr, 0, count);
        BpfProgLoad.insns(attr, 0, Memory.address(instructions));
        BpfProgLoad.license(attr, 0, Memory.address(text));
        BpfProgLoad.prog_name(attr, 0, BpfCall.name("sockfd"));
        try {
            int result = BpfCall.raw(Linux.BPF_PROG_LOAD, attr, BpfProgLoad.SIZE);
            return result < 0 ? refused(result, attr, type, count) : result;
        } finally {
            Reference.reachabilityFence(instructions);
            Reference.reachabilityFence(text);
        }
    }

    /** Asks again for the reason; a log that is not taken costs nothing. */
    private static int refused(int result, ByteBuffer attr, EbpfType type, int count) throws IOException {
        String log = "";
        int again = result;
        for (int size = LOG; size <= LONGEST_LOG; size *= LONGEST_LOG / LOG) {
            ByteBuffer memory = Memory.allocate(size);
            BpfProgLoad.log_level(attr, 0, 1);
            BpfProgLoad.log_size(attr, 0, size);
            BpfProgLoad.log_buf(attr, 0, Memory.address(memory));
            again = BpfCall.raw(Linux.BPF_PROG_LOAD, attr, BpfProgLoad.SIZE);
            log = text(memory);
            if (again != -Linux.ENOSPC) { // the log did not fit
                break;
            }
        }
        if (again >= 0) {
            return again; // it was a state that has passed
        }
        String what = "BPF_PROG_LOAD of " + type + ", " + count + " instructions";
        IOException refusal = Errors.exception(result, "bpf", new BpfCall.Request(what));
        throw log.isEmpty() || !(refusal instanceof ErrnoException errno) ? refusal : new VerifierException(errno, log);
    }

    private static String text(ByteBuffer memory) {
        int length = 0;
        while (length < memory.capacity() && memory.get(length) != 0) {
            length++;
        }
        return StandardCharsets.UTF_8.decode(memory.slice(0, length)).toString().strip();
    }

    /** What it is for. */
    public EbpfType type() {
        return type;
    }

    // ---- sockets -------------------------------------------------------------------------------------------------

    /**
     * Lets this program decide what a socket receives: {@code SO_ATTACH_BPF}. It takes the place of a filter that is there,
     * and {@code SO_DETACH_BPF} takes it away.
     *
     * @throws ErrnoException EINVAL for a program of another type than {@link EbpfType#SOCKET_FILTER}, EPERM when the socket's
     *     filter is locked
     */
    public void filter(Socket socket) throws IOException {
        set(socket, SocketOptions.SO_ATTACH_BPF);
    }

    /**
     * Lets this program choose the socket of an SO_REUSEPORT group: {@code SO_ATTACH_REUSEPORT_EBPF}. One socket of the group
     * is enough.
     *
     * @throws ErrnoException EINVAL for a type other than {@link EbpfType#REUSEPORT} and {@link EbpfType#SOCKET_FILTER}, whose
     *     result is the socket's index, and for a socket without SO_REUSEPORT
     */
    public void reuseport(Socket socket) throws IOException {
        set(socket, SocketOptions.SO_ATTACH_REUSEPORT_EBPF);
    }

    private void set(Socket socket, io.sockfd.Option<Integer> option) throws IOException {
        int fd = enter();
        try {
            socket.setOption(option, fd);
        } finally {
            exit();
        }
    }

    // ---- sockets of a map ----------------------------------------------------------------------------------------

    /**
     * Lets this program decide over what the sockets of a map receive or send: a program of {@link EbpfType#SK_SKB_VERDICT}
     * and its like. It sees the data of sockets that are put there from now on.
     *
     * @return detaches it, when it is closed
     * @throws ErrnoException EINVAL for programs and maps of other types; EBUSY and EEXIST when there is one
     */
    public EbpfAttachment attach(EbpfMap map) throws IOException {
        return EbpfAttachment.attach(map, this);
    }

    // ---- by hand -------------------------------------------------------------------------------------------------

    /**
     * Runs the program once with a frame, without attaching it: BPF_PROG_TEST_RUN, for programs of {@link EbpfType#XDP} and
     * {@link EbpfType#SOCKET_FILTER}.
     *
     * @param frame between position and limit, which stay; it begins with an Ethernet header
     * @return what the program gave back
     * @throws ErrnoException EINVAL for a frame below 14 bytes or too long for a page; ENOTSUPP (524) for other types
     * @throws IllegalArgumentException for more than 4,096 bytes
     * @see <a href="https://docs.kernel.org/bpf/bpf_prog_run.html">BPF_PROG_RUN, in the kernel's documentation</a>
     */
    public int run(ByteBuffer frame) throws IOException {
        int length = frame.remaining();
        if (length > FRAME) {
            throw new IllegalArgumentException("a frame of " + length + " bytes: at most " + FRAME);
        }
        ByteBuffer data = Memory.allocate(FRAME);
        data.put(0, frame, frame.position(), length);
        ByteBuffer attr = Memory.allocate(BpfProgRun.SIZE);
        BpfProgRun.data_in(attr, 0, Memory.address(data));
        BpfProgRun.data_size_in(attr, 0, length);
        BpfProgRun.repeat(attr, 0, 1);
        int fd = enter();
        try {
            BpfProgRun.prog_fd(attr, 0, fd);
            int ignored = BpfCall.check(
                    Linux.BPF_PROG_TEST_RUN, attr, "BPF_PROG_TEST_RUN of " + type + ", " + length + " bytes");
            return BpfProgRun.retval(attr, 0);
        } finally {
            exit();
            Reference.reachabilityFence(data);
        }
    }
}
