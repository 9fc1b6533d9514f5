package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrVm;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An address between a virtual machine and its host. As text {@code vsock:CID:PORT}, for instance {@code vsock:2:1024};
 * {@code any}, {@code hypervisor}, {@code local} and {@code host} are read as a CID, {@code any} as a port; then {@code
 * ?flags=N} where that is not 0.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/vsock.7.html">vsock(7)</a>
 */
public final class VsockAddress extends LinuxAddress {
    /** CID for {@code bind}: any of mine. */
    public static final int ANY = Linux.VMADDR_CID_ANY;

    /** CID of the hypervisor; reserved. */
    public static final int HYPERVISOR = Linux.VMADDR_CID_HYPERVISOR;

    /** CID of this machine itself (Linux 5.6). */
    public static final int LOCAL = Linux.VMADDR_CID_LOCAL;

    /** CID of the host, seen from a guest. */
    public static final int HOST = Linux.VMADDR_CID_HOST;

    /** Port for {@code bind}: a free one. */
    public static final int PORT_ANY = Linux.VMADDR_PORT_ANY;

    private static final String FORM = "vsock:CID:PORT[?flags=N], CID a number, any, hypervisor, local or host";
    private static final long serialVersionUID = 1;

    private final int cid;
    private final int port;
    private final int flags;

    /**
     * Without flags.
     *
     * @param cid context id, unsigned
     * @param port unsigned
     */
    public VsockAddress(int cid, int port) {
        this(cid, port, 0);
    }

    /**
     * With flags.
     *
     * @param cid context id, unsigned
     * @param port unsigned
     * @param flags {@code VMADDR_FLAG_TO_HOST}, 0 to 255 (Linux 5.11; before, anything but 0 is EINVAL)
     * @throws IllegalArgumentException when the flags are out of their range
     */
    public VsockAddress(int cid, int port, int flags) {
        this.cid = cid;
        this.port = port;
        this.flags = Range.u8(flags, "flags");
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static VsockAddress parse(String text) {
        Notation n = new Notation(text, "vsock:", FORM);
        String word = n.until(':', "a CID");
        int cid = switch (word) {
            case "any" -> ANY;
            case "hypervisor" -> HYPERVISOR;
            case "local" -> LOCAL;
            case "host" -> HOST;
            default -> n.u32(word, "a CID");
        };
        String number = n.rest();
        int port = number.equals("any") ? PORT_ANY : n.u32(number, "a port");
        int flags = (int) n.parameter("flags", Notation.U8);
        n.finish();
        return new VsockAddress(cid, port, flags);
    }

    /** Context id, unsigned. */
    public int cid() {
        return cid;
    }

    /** Unsigned. */
    public int port() {
        return port;
    }

    /** {@code VMADDR_FLAG_*}. */
    public int flags() {
        return flags;
    }

    static @Nullable VsockAddress decode(ByteBuffer b, int length) {
        return length < SockaddrVm.SIZE
                ? null
                : new VsockAddress(SockaddrVm.svm_cid(b, 0), SockaddrVm.svm_port(b, 0), SockaddrVm.svm_flags(b, 0));
    }

    @Override
    public int family() {
        return Linux.AF_VSOCK;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrVm.svm_family(b, 0, Linux.AF_VSOCK);
        SockaddrVm.svm_port(b, 0, port);
        SockaddrVm.svm_cid(b, 0, cid);
        SockaddrVm.svm_flags(b, 0, flags);
        return SockaddrVm.SIZE;
    }

    @Override
    String text(InterfaceText names) {
        return "vsock:" + (cid == ANY ? "any" : Integer.toUnsignedString(cid)) + ":"
                + (port == PORT_ANY ? "any" : Integer.toUnsignedString(port))
                + new Parameters().hex("flags", flags);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VsockAddress that && cid == that.cid && port == that.port && flags == that.flags;
    }

    @Override
    public int hashCode() {
        return Objects.hash(cid, port, flags);
    }
}
