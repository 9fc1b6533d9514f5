package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrNl;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A netlink address. As text {@code netlink:PID:GROUPS}, for instance {@code netlink:0:0x11}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>
 */
public final class NetlinkAddress extends LinuxAddress {
    /** The kernel's end, no groups. */
    public static final NetlinkAddress KERNEL = new NetlinkAddress(0, 0);

    private static final String FORM = "netlink:PID:GROUPS";
    private static final long serialVersionUID = 1;

    private final int pid;
    private final int groups;

    /**
     * A port id and groups.
     *
     * @param pid port id, unsigned; 0 is the kernel, and in {@code bind} a free id
     * @param groups mask of the first 32 multicast groups, bit 0 is group 1; for later ones NETLINK_ADD_MEMBERSHIP
     */
    public NetlinkAddress(int pid, int groups) {
        this.pid = pid;
        this.groups = groups;
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static NetlinkAddress parse(String text) {
        Notation n = new Notation(text, "netlink:", FORM);
        int pid = n.u32(n.until(':', "a port id"), "a port id");
        int groups = n.u32(n.rest(), "a mask of groups");
        n.finish();
        return new NetlinkAddress(pid, groups);
    }

    /** Port id, unsigned; often but not always a process id. 0 is the kernel. */
    public int pid() {
        return pid;
    }

    /** Mask of the first 32 multicast groups. */
    public int groups() {
        return groups;
    }

    static @Nullable NetlinkAddress decode(ByteBuffer b, int length) {
        return length < SockaddrNl.SIZE
                ? null
                : new NetlinkAddress(SockaddrNl.nl_pid(b, 0), SockaddrNl.nl_groups(b, 0));
    }

    @Override
    public int family() {
        return Linux.AF_NETLINK;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrNl.nl_family(b, 0, Linux.AF_NETLINK);
        SockaddrNl.nl_pid(b, 0, pid);
        SockaddrNl.nl_groups(b, 0, groups);
        return SockaddrNl.SIZE;
    }

    @Override
    String text(InterfaceText names) {
        return "netlink:" + Integer.toUnsignedString(pid) + ":0x" + Integer.toHexString(groups);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetlinkAddress that && pid == that.pid && groups == that.groups;
    }

    @Override
    public int hashCode() {
        return Objects.hash(pid, groups);
    }
}
